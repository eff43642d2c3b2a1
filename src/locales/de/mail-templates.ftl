mail-templates-title = Mailtexte
mail-templates-lead = So sind Mails an Ihre Kunden formuliert. Anrede und Gruß setzt das Panel dazu.
mail-templates-mail = Mail
mail-templates-own = Ihre Worte
mail-templates-default = Worte des Panels
mail-templates-words = Ihre Worte
mail-templates-words-text = Sie stehen zwischen Anrede und Gruß. Eine Leerzeile beginnt einen Absatz. Diese Namen werden ausgefüllt:
mail-templates-reset = Zurück zu den Worten des Panels
flash-mail-template-reset = Die Mail spricht wieder die Worte des Panels.
field-mail-templates-subject = Betreff
field-mail-templates-body = Text
mail-kind-welcome = Willkommen
mail-kind-welcome-hint = An einen neuen Kunden, mit seinem Passwort
mail-kind-new-password = Neues Passwort
mail-kind-new-password-hint = Wenn Sie das Passwort eines Kunden setzen und senden lassen
mail-kind-password-reset = Passwort vergessen
mail-kind-password-reset-hint = Der Link, um ein neues zu wählen
mail-kind-password-changed = Passwort geändert
mail-kind-password-changed-hint = Hinweis, nachdem ein Kunde es geändert hat
mail-starter-welcome-subject = Ihr Hosting-Konto bei {"{"}PROVIDER{"}"}
mail-starter-welcome =
    Ihr Hosting-Konto ist bereit.

    Hier melden Sie sich an:
    {"{"}LINK{"}"}

    Benutzername: {"{"}USERNAME{"}"}
    Passwort: {"{"}PASSWORD{"}"}

    Bitte ändern Sie das Passwort nach Ihrem ersten Besuch.
mail-starter-new-password-subject = Ihr neues Passwort bei {"{"}PROVIDER{"}"}
mail-starter-new-password =
    wir haben ein neues Passwort für Ihr Konto gesetzt.

    Benutzername: {"{"}USERNAME{"}"}
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
fault-variable-unknown = Hier gibt es nichts namens { $name }, das ausgefüllt werden könnte.
fault-variable-missing = Ohne { $name } wäre diese Mail nutzlos.
