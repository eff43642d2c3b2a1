# What everybody changes of himself.

account-title = My account
account-who = Account details
account-who-note = If something is wrong here, ask your provider to change it.
account-name = Name
account-password = Password
account-password-note = All your other sessions and all your API keys end. A mail confirms the change.
account-password-acting = Only the customer can change their password here.
account-password-button = Change password
account-language = Language
account-language-button = Use this language
account-theme = Appearance
account-theme-button = Use this appearance
field-old-password = Current password
field-account-ftp-password = Set this password for my main FTP account as well
hint-account-def-language = For the panel and for mails to you.
flash-language-set = The panel is now in English.
flash-theme-set = The appearance was changed.
flash-password-changed = Your password was changed. All your other sessions and your API keys have ended.
flash-password-changed-with-ftp = Your password was changed, also for your main FTP account. All your other sessions and your API keys have ended.
