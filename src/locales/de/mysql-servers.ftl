# MySQL-Server.

mysql-servers-lead = Wo die Datenbanken der Kunden liegen. Kunden benutzen den Standardserver, solange ihnen kein anderer erlaubt ist.
mysql-servers-add = MySQL-Server hinzufügen
mysql-servers-edit-title = { $name } bearbeiten
mysql-servers-delete-title = { $name } löschen
mysql-servers-delete-text = Kein Kunde benutzt diesen Server. Datenbanken darauf bleiben unberührt.
mysql-servers-col-name = MySQL-Server
mysql-servers-col-host = Adresse
mysql-servers-default = Standard

field-mysql-servers-name = Name
field-mysql-servers-host = Host
hint-mysql-servers-host = Ein Hostname oder eine IP-Adresse.
field-mysql-servers-port = Port

flash-mysql-servers-added = { $name } wurde hinzugefügt.
flash-mysql-servers-saved = { $name } wurde gespeichert.
flash-mysql-servers-deleted = { $name } wurde gelöscht.
