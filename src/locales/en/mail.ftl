# Texts of emails.

mail-greeting = Hello { $name },
mail-greeting-nobody = Hello,
mail-closing = Kind regards
mail-automatic = This is an automatic email sent on behalf of { $provider }.

mail-field-page = Sign-in page
mail-field-login = Login name
mail-field-password = Password
mail-sign-in = Sign in
mail-change-password = Change the password after you sign in, and delete this email.

## Welcome email to a new customer
mail-welcome-subject = Your hosting account at { $provider }
mail-welcome-intro = { $provider } has set up your hosting account. Sign in with these details:
mail-welcome-subdomain = Until you connect your own domain, your website is available at this address:

## New password set by the provider
mail-new-password-subject = Your new password at { $provider }
mail-new-password-intro = { $provider } has set a new password for your account. The old password no longer works. Sign in with these details:

## Password reset link
mail-password-reset-subject = Set a new password at { $provider }
mail-password-reset-intro = We received a request for a new password for your account { $login } at { $provider }. Set the new password on this page:
mail-password-reset-action = Set a new password
mail-password-reset-validity = The link works only once and is valid for { $duration }.
mail-password-reset-duration = { $hours ->
    [one] one hour
   *[other] { $hours } hours
}
mail-password-reset-ignore = If you did not request this, you can ignore this email. Your password stays the same.

## Notice of a changed password
mail-password-changed-subject = Your password at { $provider } was changed
mail-password-changed-intro = The password of your account { $login } at { $provider } was changed on { $at }. All other sessions and API keys of the account are no longer valid.
mail-password-changed-warning = If you did not change the password, contact us and immediately request a new one on this page:
mail-password-changed-action = Request a new password
mail-password-changed-warning-admin = If you did not change the password, immediately ask a server admin to set a new one.

## Notice of a changed email address
mail-email-changed-subject = The email address of your account at { $provider } was changed
mail-email-changed-old = The email address of your account { $login } at { $provider } was changed on { $at }. Emails about the account are no longer sent to this address.
mail-email-changed-new = The email address of your account { $login } at { $provider } was changed on { $at }. Emails about the account are now sent to this address.
mail-email-changed-with-password = The password was changed at the same time. All other sessions and API keys of the account are no longer valid.
mail-email-changed-warning = If you did not expect this change, contact us immediately.

## Forgotten login names
mail-login-names-subject = Your login names at { $provider }
mail-login-names-intro = We received a request for the login names of this email address at { $provider }. The following accounts use this address:
mail-login-names-more = More accounts use this address. Ask your provider for their login names.
mail-login-names-sign-in = Sign in on this page:
mail-login-names-password = If you forgot your password too, request a new one on this page:
mail-login-names-ignore = If you did not request this, you can ignore this email.
mail-password-spaces = The password contains spaces at the beginning or end, or several consecutive spaces. They are part of the password.
