# Settings that all users change for themselves.

account-title = My account
account-who = Account details
account-who-note = To correct these details, contact your provider.
account-name = Name
account-password = Password
account-password-note = Changing the password ends all your other sessions and revokes all your API keys. We confirm the change by email.
account-password-acting = Only the customer can change this password here.
account-password-button = Change password
account-language = Language
account-language-button = Change language
account-theme = Theme
account-theme-button = Change theme
field-old-password = Current password
field-account-ftp-password = Use this password for my main FTP account too
hint-account-def-language = Applies to the panel and to emails to you.
flash-language-set = The panel language is now English.
flash-theme-set = The theme was changed.
flash-password-changed = Your password was changed. All your other sessions were ended and your API keys were revoked.
flash-password-changed-with-ftp = Your password was changed for the panel and your main FTP account. All your other sessions were ended and your API keys were revoked.
