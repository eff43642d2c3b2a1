# What everybody changes of himself.

account-title = My account
account-who = Who you are
account-who-note = Something is wrong here? Your provider can change it.
account-name = Name
account-password = Password
account-password-note = All your other sessions and all your API keys end, and a mail tells you that your password was changed.
account-password-acting = Only the customer himself can change his password here.
account-password-button = Change password
account-language = Language
account-language-button = Use this language
account-theme = Appearance
account-theme-button = Use this appearance
field-old-password = Current password
field-account-ftp-password = Set this password for my main FTP account as well
hint-account-def-language = For these pages and for the mails you get.
flash-language-set = From now on in English.
flash-theme-set = This is how it looks from now on.
flash-password-changed = Your password was changed. All your other sessions and your API keys have ended.
flash-password-changed-with-ftp = Your password was changed, also for your main FTP account. All your other sessions and your API keys have ended.
