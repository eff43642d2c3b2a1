# PHP configurations.

php-configs-lead = PHP versions and settings that customers can choose from.
php-configs-add = Add PHP configuration
php-configs-edit-title = Edit { $name }
php-configs-delete-title = Delete { $name }
php-configs-delete-text = No customer has this configuration. Hosting plans no longer offer it.
php-configs-col-name = PHP configuration
php-configs-col-binary = Interpreter

field-php-configs-description = Description
hint-php-configs-description = Shown to customers, such as “PHP 8.4”.
field-php-configs-binary = Interpreter
hint-php-configs-binary = The full path of the program.
field-php-configs-php-ini = Settings
hint-php-configs-php-ini = Lines as in php.ini.

flash-php-configs-added = { $name } was added.
flash-php-configs-saved = { $name } was saved.
flash-php-configs-deleted = { $name } was deleted.
