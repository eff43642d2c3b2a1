mail-templates-title = Mail templates
mail-templates-lead = The wording of mails to your customers. The panel adds greeting and closing.
mail-templates-mail = Mail
mail-templates-own = Customised
mail-templates-default = Default
mail-templates-words = Wording
mail-templates-words-text = The text stands between greeting and closing. An empty line starts a paragraph. These placeholders are filled in:
mail-templates-reset = Reset to the default text
flash-mail-template-reset = The mail template was reset to the default text.
field-mail-templates-subject = Subject
field-mail-templates-body = Text
mail-kind-welcome = Welcome
mail-kind-welcome-hint = Sent to a new customer with their password
mail-kind-new-password = New password
mail-kind-new-password-hint = Sent when you set the password of a customer and choose to send it
mail-kind-password-reset = Password reset
mail-kind-password-reset-hint = Sent with the link to choose a new password
mail-kind-password-changed = Password changed
mail-kind-password-changed-hint = Sent after a customer changed their password
mail-starter-welcome-subject = Your hosting account at {"{"}PROVIDER{"}"}
mail-starter-welcome =
    Your hosting account is ready.

    Sign in here:
    {"{"}LINK{"}"}

    Login name: {"{"}USERNAME{"}"}
    Password: {"{"}PASSWORD{"}"}

    Please change the password after your first visit.
mail-starter-new-password-subject = Your new password at {"{"}PROVIDER{"}"}
mail-starter-new-password =
    We have set a new password for your account.

    Login name: {"{"}USERNAME{"}"}
    Password: {"{"}PASSWORD{"}"}

    Sign in here:
    {"{"}LINK{"}"}
mail-starter-password-reset-subject = Choose a new password
mail-starter-password-reset =
    With this link you can choose a new password for {"{"}USERNAME{"}"}. It is valid for {"{"}HOURS{"}"} hours and works once.

    {"{"}LINK{"}"}
mail-starter-password-changed-subject = Your password was changed
mail-starter-password-changed =
    The password of {"{"}USERNAME{"}"} was changed just now. If that was not you, please write to us.
fault-variable-unknown = The placeholder { $name } does not exist here.
fault-variable-missing = The text must contain { $name }.
