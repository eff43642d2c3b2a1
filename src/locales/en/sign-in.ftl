# Signing in, and lost passwords.

sign-in-title = Sign in
sign-in-lead = Welcome back.
sign-in-ended = Your session has ended. Sign in again to continue.
sign-in-ended-kept = Your session has ended. Sign in again within an hour: your entries are kept, passwords excepted.
sign-in-button = Sign in
sign-in-forgot = Forgotten your password?
sign-in-back = Back to signing in
sign-in-refused = That did not work. Please check login name and password; after several failures, wait a while before the next try.
sign-in-suspended = This account is suspended. Please contact your provider.
sign-in-suspended-contact = This account is suspended. Please contact your provider: { $contact }
sign-in-suspended-reason = Reason: { $reason }

forgot-title = Forgotten your password?
forgot-lead = Tell us your login name and the e-mail address of your account. We send you a link with which you can choose a new password.
forgot-button = Send the link
forgot-sent-title = Look into your mailbox
forgot-sent-text = If this account exists and the address belongs to it, a mail with a link is on its way.
forgot-sent-hint = Nothing there after a few minutes? Look into the spam folder, or ask your provider.

reset-title = Choose a new password
reset-lead = For the account { $loginname }. Its sessions and API keys end.
reset-button = Set the password
reset-gone-title = This link no longer works
reset-gone-text = Links work once and for a limited time, and only the newest one counts.
reset-gone-again = Ask for a new link
field-new-password = New password
field-new-password-confirm = Repeat the new password
flash-password-reset = Your password has been set. Please sign in with it.
names-title = Forgotten your login name?
names-lead = Enter the e-mail address of your account. We send the login names of all accounts with this address to it.
names-button = Send the login names
names-link = Forgotten your login name?
names-sent-title = Look into your mailbox
names-sent-text = If accounts with this address exist, a mail with their login names is on its way.
