# Sign-in, forgotten passwords and forgotten login names.

sign-in-title = Sign in
sign-in-lead = Welcome back.
sign-in-ended = Your session has ended. Sign in again to continue.
sign-in-ended-kept = Your session has ended. Sign in again within one hour to keep your entries. Passwords are not kept.
sign-in-button = Sign in
sign-in-forgot = Forgot your password?
sign-in-back = Back to sign-in
sign-in-refused = Sign-in failed. Check your login name and password. After several failed attempts, wait a few minutes before you try again.
sign-in-suspended = This account is suspended. Contact your provider.
sign-in-suspended-contact = This account is suspended. Contact your provider ({ $contact }).
sign-in-suspended-reason = Reason: { $reason }

forgot-title = Forgot your password?
forgot-lead = Enter the login name and email address of your account. We will email you a link to set a new password.
forgot-lead-customers = Enter the login name and email address of your customer account. We will email you a link to set a new password.
forgot-admins = Admins cannot reset their password by email. A server admin can set a new password for them.
forgot-button = Send link
forgot-sent-title = Check your inbox
forgot-sent-text = If the login name and the email address belong to the same account, we have emailed you a link.
forgot-sent-text-customers = If the login name and the email address belong to the same customer account, we have emailed you a link.
forgot-sent-hint = If you receive nothing within a few minutes, check your spam folder or contact your provider.

reset-title = Set a new password
reset-lead = Set a new password for { $loginname }. This ends all sessions and revokes all API keys of the account.
reset-button = Set password
reset-gone-title = Link no longer valid
reset-gone-text = A link works only once and for a limited time. A newer link replaces it.
reset-gone-again = Request a new link
field-new-password = New password
field-new-password-confirm = Confirm new password
flash-password-reset = Your password was changed. Sign in with the new password.
names-title = Forgot your login name?
names-lead = Enter the email address of your account. We will email you the login names of all accounts with this address.
names-button = Send login names
names-link = Forgot your login name?
names-sent-title = Check your inbox
names-sent-text = If any accounts use this address, we have emailed you their login names.
