# Was Kunden bekommen: Grenzen und Schalter, in jedem Formular und auf jeder Seite.

resource-diskspace = Speicherplatz
resource-traffic = Traffic pro Monat
resource-subdomains = Subdomains
resource-emails = E-Mail-Adressen
resource-email-accounts = Postfächer
resource-email-forwarders = E-Mail-Weiterleitungen
resource-email-quota = Postfach-Speicher
resource-ftps = FTP-Benutzer
resource-mysqls = MySQL-Datenbanken

## Dasselbe als Beschriftung von Feldern
field-diskspace = Speicherplatz
field-traffic = Traffic pro Monat
field-subdomains = Subdomains
field-emails = E-Mail-Adressen
field-email-accounts = Postfächer
field-email-forwarders = E-Mail-Weiterleitungen
field-email-quota = Postfach-Speicher
field-ftps = Zusätzliche FTP-Benutzer
field-mysqls = MySQL-Datenbanken
field-email-imap = IMAP
field-email-pop3 = POP3
field-phpenabled = PHP
field-perlenabled = Perl und CGI
field-dnsenabled = DNS-Editor
field-logviewenabled = Zugriff auf Protokolldateien
field-allowed-phpconfigs = PHP-Konfigurationen
field-allowed-mysqlserver = MySQL-Server
