mail-templates-title = Email templates
mail-templates-lead = Subject and text of the emails to your customers.
mail-templates-mail = Email
mail-templates-own = Custom
mail-templates-default = Default
mail-templates-words = Content
mail-templates-words-text = The panel adds the greeting and the closing. A blank line starts a new paragraph. Available placeholders:
mail-templates-reset = Reset to default
flash-mail-template-reset = The email template was reset to the default.
field-mail-templates-subject = Subject
field-mail-templates-body = Text
mail-kind-welcome = Welcome
mail-kind-welcome-hint = Sent to a new customer with their password.
mail-kind-new-password = New password
mail-kind-new-password-hint = Sent when you set a customer’s password and choose to email it.
mail-kind-password-reset = Password reset
mail-kind-password-reset-hint = Sent when a password reset link is requested.
mail-kind-password-changed = Password changed
mail-kind-password-changed-hint = Sent after a customer’s password was changed.
mail-starter-welcome-subject = Your hosting account at {"{"}PROVIDER{"}"}
mail-starter-welcome =
    Your hosting account is ready.

    Sign in here:
    {"{"}LINK{"}"}

    Login name: {"{"}USERNAME{"}"}
    Password: {"{"}PASSWORD{"}"}

    Change the password after your first sign-in.
mail-starter-new-password-subject = Your new password at {"{"}PROVIDER{"}"}
mail-starter-new-password =
    We have set a new password for your account.

    Login name: {"{"}USERNAME{"}"}
    Password: {"{"}PASSWORD{"}"}

    Sign in here:
    {"{"}LINK{"}"}
mail-starter-password-reset-subject = Set a new password
mail-starter-password-reset =
    Use this link to set a new password for {"{"}USERNAME{"}"}. It is valid for {"{"}DURATION{"}"} and works only once.

    {"{"}LINK{"}"}
mail-starter-password-changed-subject = Your password was changed
mail-starter-password-changed =
    The password of {"{"}USERNAME{"}"} was just changed. If you did not change it, contact us immediately.
fault-variable-unknown = The placeholder {"{"}{ $name }{"}"} is not available in this template. Remove it.
fault-variable-missing = The text must contain the placeholder {"{"}{ $name }{"}"}.
