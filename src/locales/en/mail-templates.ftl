mail-templates-title = Mail texts
mail-templates-lead = How mails to your customers are worded. Greeting and closing are added by the panel.
mail-templates-mail = Mail
mail-templates-own = Your words
mail-templates-default = The panel's words
mail-templates-words = Your words
mail-templates-words-text = They stand between the greeting and the closing. An empty line begins a paragraph. These names are filled in:
mail-templates-reset = Back to the panel's words
flash-mail-template-reset = The mail is back to the panel's words.
field-mail-templates-subject = Subject
field-mail-templates-body = Text
mail-kind-welcome = Welcome
mail-kind-welcome-hint = To a new customer, with his password
mail-kind-new-password = New password
mail-kind-new-password-hint = When you set a customer's password and have it sent
mail-kind-password-reset = Lost password
mail-kind-password-reset-hint = The link to choose a new one
mail-kind-password-changed = Password changed
mail-kind-password-changed-hint = Notice after a customer changed it
mail-starter-welcome-subject = Your hosting account at {"{"}PROVIDER{"}"}
mail-starter-welcome =
    your hosting account is ready.

    Sign in here:
    {"{"}LINK{"}"}

    Login name: {"{"}USERNAME{"}"}
    Password: {"{"}PASSWORD{"}"}

    Please change the password after your first visit.
mail-starter-new-password-subject = Your new password at {"{"}PROVIDER{"}"}
mail-starter-new-password =
    we have set a new password for your account.

    Login name: {"{"}USERNAME{"}"}
    Password: {"{"}PASSWORD{"}"}

    Sign in here:
    {"{"}LINK{"}"}
mail-starter-password-reset-subject = Choose a new password
mail-starter-password-reset =
    with this link you can choose a new password for {"{"}USERNAME{"}"}. It holds for {"{"}HOURS{"}"} hours and works once.

    {"{"}LINK{"}"}
mail-starter-password-changed-subject = Your password was changed
mail-starter-password-changed =
    the password of {"{"}USERNAME{"}"} was changed just now. If that was not you, please write to us.
fault-variable-unknown = There is nothing called { $name } that could be filled in here.
fault-variable-missing = Without { $name } this mail would be of no use.
