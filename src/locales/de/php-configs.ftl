# PHP-Konfigurationen.

php-configs-lead = PHP-Versionen und -Einstellungen, aus denen Kunden wählen können.
php-configs-add = PHP-Konfiguration anlegen
php-configs-edit-title = { $name } bearbeiten
php-configs-delete-title = { $name } löschen
php-configs-delete-text = Kein Kunde hat diese Konfiguration. Hosting-Pakete bieten sie dann nicht mehr an.
php-configs-col-name = PHP-Konfiguration
php-configs-col-binary = Interpreter

field-php-configs-description = Beschreibung
hint-php-configs-description = Kunden sehen diese Beschreibung, etwa „PHP 8.4“.
field-php-configs-binary = Interpreter
hint-php-configs-binary = Der volle Pfad des Programms.
field-php-configs-php-ini = Einstellungen
hint-php-configs-php-ini = Zeilen wie in der php.ini.

flash-php-configs-added = { $name } wurde angelegt.
flash-php-configs-saved = { $name } wurde gespeichert.
flash-php-configs-deleted = { $name } wurde gelöscht.
