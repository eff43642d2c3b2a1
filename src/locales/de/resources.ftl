# Limits und Dienste der Kunden, in allen Formularen und auf allen Seiten.

resource-diskspace = Speicherplatz
resource-traffic = Traffic pro Monat
resource-subdomains = Subdomains
resource-emails = E-Mail-Adressen
resource-email-accounts = Postfächer
resource-email-forwarders = E-Mail-Weiterleitungen
resource-email-quota = Postfachspeicher
resource-ftps = FTP-Benutzer
resource-mysqls = MySQL-Datenbanken

## Feldbeschriftungen
field-diskspace = Speicherplatz
field-traffic = Traffic pro Monat
field-subdomains = Subdomains
field-emails = E-Mail-Adressen
field-email-accounts = Postfächer
field-email-forwarders = E-Mail-Weiterleitungen
field-email-quota = Postfachspeicher
field-ftps = Zusätzliche FTP-Benutzer
field-mysqls = MySQL-Datenbanken
field-email-imap = IMAP
field-email-pop3 = POP3
field-phpenabled = PHP
field-perlenabled = Perl und CGI
field-dnsenabled = DNS-Editor
field-logviewenabled = Zugriff auf Logdateien
field-allowed-phpconfigs = PHP-Konfigurationen
field-allowed-mysqlserver = MySQL-Server
