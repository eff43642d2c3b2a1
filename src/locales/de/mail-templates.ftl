mail-templates-title = E-Mail-Vorlagen
mail-templates-lead = Der Wortlaut von E-Mails an Ihre Kunden. Anrede und Gruß setzt das Panel dazu.
mail-templates-mail = E-Mail
mail-templates-own = Angepasst
mail-templates-default = Standard
mail-templates-words = Wortlaut
mail-templates-words-text = Der Text steht zwischen Anrede und Gruß. Eine Leerzeile beginnt einen Absatz. Diese Platzhalter werden ausgefüllt:
mail-templates-reset = Auf den Standardtext zurücksetzen
flash-mail-template-reset = Die E-Mail-Vorlage wurde auf den Standardtext zurückgesetzt.
field-mail-templates-subject = Betreff
field-mail-templates-body = Text
mail-kind-welcome = Willkommen
mail-kind-welcome-hint = An einen neuen Kunden, mit dem Passwort
mail-kind-new-password = Neues Passwort
mail-kind-new-password-hint = Wenn Sie das Passwort eines Kunden setzen und senden lassen
mail-kind-password-reset = Neues Passwort per Link
mail-kind-password-reset-hint = Mit dem Link, um ein neues Passwort zu wählen
mail-kind-password-changed = Passwort geändert
mail-kind-password-changed-hint = Nachdem ein Kunde das Passwort geändert hat
mail-starter-welcome-subject = Ihr Hosting-Konto bei {"{"}PROVIDER{"}"}
mail-starter-welcome =
    Ihr Hosting-Konto ist bereit.

    Hier melden Sie sich an:
    {"{"}LINK{"}"}

    Anmeldename: {"{"}USERNAME{"}"}
    Passwort: {"{"}PASSWORD{"}"}

    Bitte ändern Sie das Passwort nach Ihrem ersten Besuch.
mail-starter-new-password-subject = Ihr neues Passwort bei {"{"}PROVIDER{"}"}
mail-starter-new-password =
    wir haben ein neues Passwort für Ihr Konto gesetzt.

    Anmeldename: {"{"}USERNAME{"}"}
    Passwort: {"{"}PASSWORD{"}"}

    Hier melden Sie sich an:
    {"{"}LINK{"}"}
mail-starter-password-reset-subject = Wählen Sie ein neues Passwort
mail-starter-password-reset =
    mit diesem Link können Sie ein neues Passwort für {"{"}USERNAME{"}"} wählen. Er gilt {"{"}HOURS{"}"} Stunden und funktioniert einmal.

    {"{"}LINK{"}"}
mail-starter-password-changed-subject = Ihr Passwort wurde geändert
mail-starter-password-changed =
    das Passwort von {"{"}USERNAME{"}"} wurde soeben geändert. Wenn Sie das nicht waren, schreiben Sie uns bitte.
fault-variable-unknown = Den Platzhalter { $name } gibt es hier nicht.
fault-variable-missing = Der Text muss { $name } enthalten.
