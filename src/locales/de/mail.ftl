# Was E-Mails sagen.

mail-greeting = Guten Tag { $name },
mail-greeting-nobody = Guten Tag,
mail-closing = Mit freundlichen Grüßen
mail-automatic = Diese E-Mail wurde automatisch im Auftrag von { $provider } versandt.

mail-field-page = Anmeldeseite
mail-field-login = Anmeldename
mail-field-password = Passwort
mail-sign-in = Anmelden
mail-change-password = Bitte ändern Sie das Passwort nach der Anmeldung, und löschen Sie diese E-Mail.

## An neue Kunden
mail-welcome-subject = Ihr Hosting-Konto bei { $provider }
mail-welcome-intro = { $provider } hat Ihr Hosting-Konto eingerichtet. Damit melden Sie sich an:
mail-welcome-subdomain = Bis Ihre eigene Domain verbunden ist, erreichen Sie Ihren Webspace unter dieser Adresse:

## Wenn der Anbieter ein neues Passwort gesetzt hat
mail-new-password-subject = Ihr neues Passwort bei { $provider }
mail-new-password-intro = { $provider } hat für Ihr Konto ein neues Passwort gesetzt; das alte gilt nicht mehr. Damit melden Sie sich an:

## Bei verlorenem Passwort
mail-password-reset-subject = Neues Passwort bei { $provider } wählen
mail-password-reset-intro = Jemand, vermutlich Sie, hat für das Konto { $login } bei { $provider } ein neues Passwort angefordert. Auf dieser Seite wählen Sie es:
mail-password-reset-action = Neues Passwort wählen
mail-password-reset-validity = Der Link gilt einmal, und zwar innerhalb der nächsten { $hours ->
        [one] Stunde
       *[other] { $hours } Stunden
    }.
mail-password-reset-ignore = Falls Sie das nicht waren, brauchen Sie nichts zu tun: Ihr Passwort bleibt, wie es ist.

## Wenn ein Passwort geändert wurde
mail-password-changed-subject = Ihr Passwort bei { $provider } wurde geändert
mail-password-changed-intro = Das Passwort Ihres Kontos { $login } bei { $provider } wurde am { $at } geändert. Alle anderen Sitzungen und die API-Schlüssel des Kontos wurden beendet.
mail-password-changed-warning = Falls Sie das nicht waren, setzen Sie auf dieser Seite sofort ein neues Passwort, und geben Sie uns Bescheid:

## Wenn eine E-Mail-Adresse geändert wurde
mail-email-changed-subject = Die E-Mail-Adresse Ihres Kontos bei { $provider } wurde geändert
mail-email-changed-old = Die E-Mail-Adresse Ihres Kontos { $login } bei { $provider } wurde am { $at } geändert. E-Mails zu diesem Konto gehen nicht mehr an diese Adresse.
mail-email-changed-new = Die E-Mail-Adresse Ihres Kontos { $login } bei { $provider } wurde am { $at } geändert. E-Mails zu diesem Konto gehen ab jetzt an diese Adresse.
mail-email-changed-with-password = Gleichzeitig wurde das Passwort geändert. Alle anderen Sitzungen und die API-Schlüssel des Kontos wurden beendet.
mail-email-changed-warning = Falls Sie das nicht erwartet haben, melden Sie sich bitte sofort bei uns.

## Bei vergessenem Anmeldenamen
mail-login-names-subject = Ihre Anmeldenamen bei { $provider }
mail-login-names-intro = Jemand, vermutlich Sie, hat nach den Anmeldenamen zu dieser E-Mail-Adresse bei { $provider } gefragt. Diese Konten gehören dazu:
mail-login-names-more = Zu dieser Adresse gehören weitere Konten. Fragen Sie Ihren Anbieter nach deren Anmeldenamen.
mail-login-names-sign-in = Auf dieser Seite melden Sie sich an:
mail-login-names-password = Falls Sie auch das Passwort vergessen haben, fordern Sie auf dieser Seite ein neues an:
mail-login-names-ignore = Falls Sie das nicht waren, brauchen Sie nichts zu tun.
mail-password-spaces = Achten Sie auf die Leerzeichen des Passworts: Auch die am Anfang, am Ende oder hintereinander gehören dazu.
