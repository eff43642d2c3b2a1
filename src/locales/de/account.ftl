# Was jeder an sich selbst ändert.

account-title = Mein Konto
account-who = Kontodaten
account-who-note = Wenn hier etwas nicht stimmt, bitten Sie Ihren Anbieter um eine Änderung.
account-name = Name
account-password = Passwort
account-password-note = Alle Ihre anderen Sitzungen und alle Ihre API-Schlüssel enden. Eine E-Mail bestätigt die Änderung.
account-password-acting = Nur der Kunde selbst kann dieses Passwort ändern.
account-password-button = Passwort ändern
account-language = Sprache
account-language-button = Diese Sprache verwenden
account-theme = Darstellung
account-theme-button = Diese Darstellung verwenden
field-old-password = Jetziges Passwort
field-account-ftp-password = Dieses Passwort auch für meinen Haupt-FTP-Zugang setzen
hint-account-def-language = Für das Panel und für E-Mails an Sie.
flash-language-set = Das Panel ist jetzt auf Deutsch.
flash-theme-set = Die Darstellung wurde geändert.
flash-password-changed = Ihr Passwort wurde geändert. Alle Ihre anderen Sitzungen und Ihre API-Schlüssel sind beendet.
flash-password-changed-with-ftp = Ihr Passwort wurde geändert, auch für Ihren Haupt-FTP-Zugang. Alle Ihre anderen Sitzungen und Ihre API-Schlüssel sind beendet.
