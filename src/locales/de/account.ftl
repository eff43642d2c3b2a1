# Was jeder an sich selbst ändert.

account-title = Mein Konto
account-who = Wer Sie sind
account-who-note = Stimmt hier etwas nicht? Ihr Anbieter kann es ändern.
account-name = Name
account-password = Passwort
account-password-note = Alle Ihre anderen Sitzungen und alle Ihre API-Schlüssel enden, und eine E-Mail teilt Ihnen mit, dass Ihr Passwort geändert wurde.
account-password-acting = Nur der Kunde selbst kann hier sein Passwort ändern.
account-password-button = Passwort ändern
account-language = Sprache
account-language-button = Diese Sprache verwenden
account-theme = Darstellung
account-theme-button = Diese Darstellung verwenden
field-old-password = Jetziges Passwort
field-account-ftp-password = Dieses Passwort auch für meinen Haupt-FTP-Zugang setzen
hint-account-def-language = Für diese Seiten und für die E-Mails, die Sie bekommen.
flash-language-set = Von nun an auf Deutsch.
flash-theme-set = So sieht es von nun an aus.
flash-password-changed = Ihr Passwort wurde geändert. Alle Ihre anderen Sitzungen und Ihre API-Schlüssel sind beendet.
flash-password-changed-with-ftp = Ihr Passwort wurde geändert, auch für Ihren Haupt-FTP-Zugang. Alle Ihre anderen Sitzungen und Ihre API-Schlüssel sind beendet.
