# PHP-Konfigurationen.

php-configs-lead = PHP-Versionen und -Einstellungen, die Sie Kunden anbieten können.
php-configs-add = PHP-Konfiguration anlegen
php-configs-edit-title = { $name } bearbeiten
php-configs-delete-title = { $name } löschen
php-configs-delete-text = Kein Kunde verwendet diese Konfiguration. Sie wird aus allen Hosting-Paketen entfernt.
php-configs-col-name = PHP-Konfiguration
php-configs-col-binary = Interpreter

field-php-configs-description = Beschreibung
hint-php-configs-description = Für Kunden sichtbar, zum Beispiel „PHP 8.4“.
field-php-configs-binary = Interpreter
hint-php-configs-binary = Vollständiger Pfad des PHP-Programms.
field-php-configs-php-ini = Einstellungen
hint-php-configs-php-ini = Direktiven im Format der php.ini.

flash-php-configs-added = Die PHP-Konfiguration { $name } wurde angelegt.
flash-php-configs-saved = Die Änderungen an der PHP-Konfiguration { $name } wurden gespeichert.
flash-php-configs-deleted = Die PHP-Konfiguration { $name } wurde gelöscht.
