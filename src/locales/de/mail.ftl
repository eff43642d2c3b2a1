# Texte der E-Mails.

mail-greeting = Guten Tag { $name },
mail-greeting-nobody = Guten Tag,
mail-closing = Mit freundlichen Grüßen
mail-automatic = Diese E-Mail wurde automatisch im Auftrag von { $provider } gesendet.

mail-field-page = Anmeldeseite
mail-field-login = Anmeldename
mail-field-password = Passwort
mail-sign-in = Anmelden
mail-change-password = Bitte ändern Sie das Passwort nach der Anmeldung und löschen Sie diese E-Mail.

## Begrüßungs-E-Mail an neue Kunden
mail-welcome-subject = Ihr Hosting-Konto bei { $provider }
mail-welcome-intro = { $provider } hat Ihr Hosting-Konto eingerichtet. Melden Sie sich mit diesen Daten an:
mail-welcome-subdomain = Bis Sie Ihre eigene Domain verbinden, ist Ihre Website unter dieser Adresse erreichbar:

## Neues Passwort vom Anbieter
mail-new-password-subject = Ihr neues Passwort bei { $provider }
mail-new-password-intro = { $provider } hat ein neues Passwort für Ihr Konto festgelegt. Das alte Passwort gilt nicht mehr. Melden Sie sich mit diesen Daten an:

## Link zum Zurücksetzen des Passworts
mail-password-reset-subject = Neues Passwort bei { $provider } festlegen
mail-password-reset-intro = für Ihr Konto { $login } bei { $provider } wurde ein neues Passwort angefordert. Legen Sie es auf dieser Seite fest:
mail-password-reset-action = Neues Passwort festlegen
mail-password-reset-validity = Der Link funktioniert nur einmal und gilt { $duration }.
mail-password-reset-duration = { $hours ->
    [one] eine Stunde
   *[other] { $hours } Stunden
}
mail-password-reset-ignore = Wenn Sie dies nicht angefordert haben, können Sie diese E-Mail ignorieren. Ihr Passwort bleibt unverändert.

## Hinweis auf ein geändertes Passwort
mail-password-changed-subject = Ihr Passwort bei { $provider } wurde geändert
mail-password-changed-intro = das Passwort Ihres Kontos { $login } bei { $provider } wurde am { $at } geändert. Alle anderen Sitzungen und API-Schlüssel des Kontos sind jetzt ungültig.
mail-password-changed-warning = Wenn Sie das Passwort nicht geändert haben, wenden Sie sich an uns und fordern Sie auf dieser Seite sofort ein neues Passwort an:
mail-password-changed-action = Neues Passwort anfordern
mail-password-changed-warning-admin = Wenn Sie das Passwort nicht geändert haben, bitten Sie sofort einen Server-Admin, ein neues Passwort festzulegen.

## Hinweis auf eine geänderte E-Mail-Adresse
mail-email-changed-subject = Die E-Mail-Adresse Ihres Kontos bei { $provider } wurde geändert
mail-email-changed-old = die E-Mail-Adresse Ihres Kontos { $login } bei { $provider } wurde am { $at } geändert. E-Mails zu diesem Konto werden nicht mehr an diese Adresse gesendet.
mail-email-changed-new = die E-Mail-Adresse Ihres Kontos { $login } bei { $provider } wurde am { $at } geändert. E-Mails zu diesem Konto werden ab jetzt an diese Adresse gesendet.
mail-email-changed-with-password = Gleichzeitig wurde das Passwort geändert. Alle anderen Sitzungen und API-Schlüssel des Kontos sind jetzt ungültig.
mail-email-changed-warning = Wenn Sie diese Änderung nicht erwartet haben, wenden Sie sich bitte sofort an uns.

## Vergessene Anmeldenamen
mail-login-names-subject = Ihre Anmeldenamen bei { $provider }
mail-login-names-intro = für diese E-Mail-Adresse wurden die Anmeldenamen bei { $provider } angefordert. Diese Konten verwenden die Adresse:
mail-login-names-more = Weitere Konten verwenden diese Adresse. Fragen Sie Ihren Anbieter nach deren Anmeldenamen.
mail-login-names-sign-in = Melden Sie sich auf dieser Seite an:
mail-login-names-password = Wenn Sie auch das Passwort vergessen haben, fordern Sie auf dieser Seite ein neues an:
mail-login-names-ignore = Wenn Sie dies nicht angefordert haben, können Sie diese E-Mail ignorieren.
mail-password-spaces = Das Passwort enthält Leerzeichen am Anfang oder am Ende oder mehrere Leerzeichen hintereinander. Diese Leerzeichen gehören zum Passwort.
