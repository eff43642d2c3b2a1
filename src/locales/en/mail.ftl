# What mails say.

mail-greeting = Hello { $name },
mail-greeting-nobody = Hello,
mail-closing = Kind regards
mail-automatic = This mail was sent automatically on behalf of { $provider }.

mail-field-page = Sign-in page
mail-field-login = Login name
mail-field-password = Password
mail-sign-in = Sign in
mail-change-password = Please change the password after you have signed in, and delete this mail.

## To a new customer
mail-welcome-subject = Your hosting account at { $provider }
mail-welcome-intro = { $provider } has set up your hosting account. With this you sign in:
mail-welcome-subdomain = Until your own domain is connected, your web space answers at this address:

## When the provider has set a new password
mail-new-password-subject = Your new password at { $provider }
mail-new-password-intro = { $provider } has set a new password for your account; the old one no longer works. With this you sign in:

## For a lost password
mail-password-reset-subject = Choose a new password at { $provider }
mail-password-reset-intro = Somebody, probably you, asked for a new password for the account { $login } at { $provider }. On this page you choose it:
mail-password-reset-action = Choose a new password
mail-password-reset-validity = The link works once, within the next { $hours ->
        [one] hour
       *[other] { $hours } hours
    }.
mail-password-reset-ignore = If it was not you, you need not do anything: your password stays as it is.

## When a password was changed
mail-password-changed-subject = Your password at { $provider } was changed
mail-password-changed-intro = The password of your account { $login } at { $provider } was changed on { $at }. All other sessions and the API keys of the account have ended.
mail-password-changed-warning = If it was not you, set a new password on this page at once, and let us know:

## When an e-mail address was changed
mail-email-changed-subject = The e-mail address of your account at { $provider } was changed
mail-email-changed-old = The e-mail address of your account { $login } at { $provider } was changed on { $at }. Mails about the account no longer go to this address.
mail-email-changed-new = The e-mail address of your account { $login } at { $provider } was changed on { $at }. From now on, mails about the account go to this address.
mail-email-changed-with-password = The password was changed at the same time. All other sessions and the API keys of the account have ended.
mail-email-changed-warning = If you did not expect this, contact us at once.

## For a forgotten login name
mail-login-names-subject = Your login names at { $provider }
mail-login-names-intro = Somebody, probably you, asked for the login names of this e-mail address at { $provider }. These accounts have it:
mail-login-names-more = More accounts have this address. Ask your provider for their login names.
mail-login-names-sign-in = Sign in on this page:
mail-login-names-password = If you forgot the password as well, ask for a new one on this page:
mail-login-names-ignore = If it was not you, you need not do anything.
mail-password-spaces = Mind the spaces of the password: those at its beginning, at its end or in a row belong to it.
