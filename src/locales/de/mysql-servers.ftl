# MySQL-Server.

mysql-servers-lead = Server für die Datenbanken der Kunden. Kunden benutzen den Standardserver, solange ihnen kein anderer erlaubt ist.
mysql-servers-add = MySQL-Server anlegen
mysql-servers-edit-title = { $name } bearbeiten
mysql-servers-delete-title = { $name } löschen
mysql-servers-delete-text = Kein Kunde benutzt diesen Server. Datenbanken darauf bleiben unberührt.
mysql-servers-col-name = MySQL-Server
mysql-servers-col-host = Adresse
mysql-servers-default = Standard
mysql-servers-col-access = Kunden verbinden sich von
mysql-servers-col-admin = Verwaltung
mysql-servers-set = eingerichtet
mysql-servers-set-text = Eine Verwaltungs-URL ist gespeichert.
mysql-servers-not-set = nicht eingerichtet
mysql-servers-test-title = Verbindung
mysql-servers-test-text = Meldet sich mit der gespeicherten Verwaltungs-URL an und prüft, ob Konten verwaltet werden können.
mysql-servers-test = Verbindung prüfen

field-mysql-servers-name = Name
field-mysql-servers-host = Host
hint-mysql-servers-host = Ein Hostname oder eine IP-Adresse.
field-mysql-servers-port = Port
field-mysql-servers-access-hosts = Kunden verbinden sich von
hint-mysql-servers-access-hosts = Hosts, einer je Zeile oder durch Kommas getrennt: localhost, eine Adresse, ein Name, mit % für beliebige Teile.
field-mysql-servers-admin-url = Verwaltungs-URL
field-mysql-servers-administered = Von hier verwaltet
hint-mysql-servers-admin-url = mysql://user:password@host:port eines Benutzers, der Konten verwalten darf. Damit bekommen Kunden Konten auf diesem Server. Ein Server auf einem anderen Rechner muss TLS mit einem gültigen Zertifikat anbieten: ?ssl-ca=/Pfad nennt dessen Zertifizierungsstelle, ?ssl-mode=disabled verzichtet auf TLS. Die URL wird verschlüsselt gespeichert und nie wieder angezeigt; lassen Sie das Feld leer, um sie zu behalten.
field-mysql-servers-admin-url-remove = Verwaltungs-URL entfernen; Konten auf dem Server bleiben, wie sie sind

flash-mysql-servers-answers = Der Server antwortet: Version { $version }.
flash-mysql-servers-silent = { $reason }
flash-mysql-servers-added = { $name } wurde angelegt.
flash-mysql-servers-saved = { $name } wurde gespeichert.
flash-mysql-servers-deleted = { $name } wurde gelöscht.
