# PHP configurations.

php-configs-lead = Versions and settings of PHP that customers can be allowed to choose from.
php-configs-add = Add PHP configuration
php-configs-edit-title = Edit { $name }
php-configs-delete-title = Delete { $name }
php-configs-delete-text = No customer has this configuration. Hosting plans that offer it will offer it no longer.
php-configs-col-name = PHP configuration
php-configs-col-binary = Interpreter

field-php-configs-description = Description
hint-php-configs-description = What customers read, such as “PHP 8.4”.
field-php-configs-binary = Interpreter
hint-php-configs-binary = The full path of the program.
field-php-configs-php-ini = Settings
hint-php-configs-php-ini = Lines as in php.ini.

flash-php-configs-added = { $name } was added.
flash-php-configs-saved = { $name } was saved.
flash-php-configs-deleted = { $name } was deleted.
