mail-templates-title = E-Mail-Vorlagen
mail-templates-lead = Betreff und Text der E-Mails an Ihre Kunden.
mail-templates-mail = E-Mail
mail-templates-own = Angepasst
mail-templates-default = Standard
mail-templates-words = Inhalt
mail-templates-words-text = Das Panel ergänzt Anrede und Grußformel. Eine Leerzeile beginnt einen neuen Absatz. Verfügbare Platzhalter:
mail-templates-reset = Auf Standard zurücksetzen
flash-mail-template-reset = Die E-Mail-Vorlage wurde auf den Standard zurückgesetzt.
field-mail-templates-subject = Betreff
field-mail-templates-body = Text
mail-kind-welcome = Willkommen
mail-kind-welcome-hint = Wird einem neuen Kunden mit dem Passwort gesendet.
mail-kind-new-password = Neues Passwort
mail-kind-new-password-hint = Wird gesendet, wenn Sie das Passwort eines Kunden festlegen und per E-Mail senden lassen.
mail-kind-password-reset = Passwort zurücksetzen
mail-kind-password-reset-hint = Wird gesendet, wenn ein Link zum Zurücksetzen des Passworts angefordert wird.
mail-kind-password-changed = Passwort geändert
mail-kind-password-changed-hint = Wird gesendet, nachdem das Passwort eines Kunden geändert wurde.
mail-starter-welcome-subject = Ihr Hosting-Konto bei {"{"}PROVIDER{"}"}
mail-starter-welcome =
    Ihr Hosting-Konto ist bereit.

    Hier melden Sie sich an:
    {"{"}LINK{"}"}

    Anmeldename: {"{"}USERNAME{"}"}
    Passwort: {"{"}PASSWORD{"}"}

    Bitte ändern Sie das Passwort nach Ihrer ersten Anmeldung.
mail-starter-new-password-subject = Ihr neues Passwort bei {"{"}PROVIDER{"}"}
mail-starter-new-password =
    wir haben ein neues Passwort für Ihr Konto festgelegt.

    Anmeldename: {"{"}USERNAME{"}"}
    Passwort: {"{"}PASSWORD{"}"}

    Hier melden Sie sich an:
    {"{"}LINK{"}"}
mail-starter-password-reset-subject = Neues Passwort festlegen
mail-starter-password-reset =
    über diesen Link können Sie ein neues Passwort für {"{"}USERNAME{"}"} festlegen. Der Link gilt {"{"}DURATION{"}"} und funktioniert nur einmal.

    {"{"}LINK{"}"}
mail-starter-password-changed-subject = Ihr Passwort wurde geändert
mail-starter-password-changed =
    das Passwort von {"{"}USERNAME{"}"} wurde soeben geändert. Wenn Sie es nicht geändert haben, wenden Sie sich bitte umgehend an uns.
fault-variable-unknown = Der Platzhalter {"{"}{ $name }{"}"} ist in dieser Vorlage nicht verfügbar. Entfernen Sie ihn.
fault-variable-missing = Der Text muss den Platzhalter {"{"}{ $name }{"}"} enthalten.
