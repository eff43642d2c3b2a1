# Einstellungen, die alle Benutzer für sich selbst ändern.

account-title = Mein Konto
account-who = Kontodaten
account-who-note = Wenden Sie sich an Ihren Anbieter, um diese Angaben zu korrigieren.
account-name = Name
account-password = Passwort
account-password-note = Wenn Sie das Passwort ändern, werden alle Ihre anderen Sitzungen beendet und alle Ihre API-Schlüssel widerrufen. Wir bestätigen die Änderung per E-Mail.
account-password-acting = Nur der Kunde kann dieses Passwort hier ändern.
account-password-button = Passwort ändern
account-language = Sprache
account-language-button = Sprache ändern
account-theme = Darstellung
account-theme-button = Darstellung ändern
field-old-password = Aktuelles Passwort
field-account-ftp-password = Dieses Passwort auch für meinen Haupt-FTP-Zugang verwenden
hint-account-def-language = Gilt für das Panel und für E-Mails an Sie.
flash-language-set = Die Sprache des Panels ist jetzt Deutsch.
flash-theme-set = Die Darstellung wurde geändert.
flash-password-changed = Ihr Passwort wurde geändert. Alle Ihre anderen Sitzungen wurden beendet und Ihre API-Schlüssel widerrufen.
flash-password-changed-with-ftp = Ihr Passwort wurde für das Panel und Ihren Haupt-FTP-Zugang geändert. Alle Ihre anderen Sitzungen wurden beendet und Ihre API-Schlüssel widerrufen.
