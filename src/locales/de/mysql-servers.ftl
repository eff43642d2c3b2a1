# MySQL-Server.

mysql-servers-lead = Server für Kundendatenbanken. Kunden verwenden den Standardserver, sofern Sie ihnen keine anderen Server erlauben.
mysql-servers-add = MySQL-Server anlegen
mysql-servers-edit-title = { $name } bearbeiten
mysql-servers-delete-title = { $name } löschen
mysql-servers-delete-text = Kein Kunde verwendet diesen Server. Datenbanken auf dem Server werden nicht gelöscht.
mysql-servers-col-name = MySQL-Server
mysql-servers-col-host = Adresse
mysql-servers-default = Standard
mysql-servers-col-access = Client-Hosts
mysql-servers-col-admin = Verwaltung
mysql-servers-set = Eingerichtet
mysql-servers-set-text = Eine Verwaltungs-URL ist gespeichert. Lassen Sie das Feld leer, um sie zu behalten.
mysql-servers-not-set = Nicht eingerichtet
mysql-servers-test-title = Verbindungstest
mysql-servers-test-text = Der Test meldet sich mit der gespeicherten Verwaltungs-URL an und prüft, ob sich Konten verwalten lassen.
mysql-servers-test = Verbindung testen

field-mysql-servers-name = Name
field-mysql-servers-host = Host
hint-mysql-servers-host = Hostname oder IP-Adresse.
field-mysql-servers-port = Port
field-mysql-servers-access-hosts = Client-Hosts
hint-mysql-servers-access-hosts = Hosts, von denen aus sich Kunden verbinden können: localhost, IP-Adressen oder Hostnamen, mit % als Platzhalter. Durch Kommas oder Zeilenumbrüche getrennt.
field-mysql-servers-admin-url = Verwaltungs-URL
field-mysql-servers-administered = Über dieses Panel verwaltet
hint-mysql-servers-admin-url = mysql://user:password@host:port mit einem Benutzer, der Konten verwalten darf. Die URL ist erforderlich, um Kundenkonten auf diesem Server anzulegen. Ein Server auf einem anderen Rechner muss TLS mit gültigem Zertifikat anbieten. Verwenden Sie ?ssl-ca=/Pfad für eine eigene Zertifizierungsstelle oder ?ssl-mode=disabled, um TLS auszuschalten. Die URL wird verschlüsselt gespeichert und nicht wieder angezeigt.
field-mysql-servers-admin-url-remove = Verwaltungs-URL entfernen (Konten auf dem Server bleiben erhalten)

flash-mysql-servers-answers = Verbindung erfolgreich. Serverversion: { $version }.
flash-mysql-servers-silent = { $reason }
flash-mysql-servers-added = Der MySQL-Server { $name } wurde angelegt.
flash-mysql-servers-saved = Die Änderungen am MySQL-Server { $name } wurden gespeichert.
flash-mysql-servers-deleted = Der MySQL-Server { $name } wurde gelöscht.
