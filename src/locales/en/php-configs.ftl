# PHP configurations.

php-configs-lead = PHP versions and settings that you can offer to customers.
php-configs-add = Add PHP configuration
php-configs-edit-title = Edit { $name }
php-configs-delete-title = Delete { $name }
php-configs-delete-text = No customer uses this configuration. It will be removed from all hosting plans.
php-configs-col-name = PHP configuration
php-configs-col-binary = Interpreter

field-php-configs-description = Description
hint-php-configs-description = Visible to customers, for example “PHP 8.4”.
field-php-configs-binary = Interpreter
hint-php-configs-binary = Full path of the PHP executable.
field-php-configs-php-ini = Settings
hint-php-configs-php-ini = Directives in php.ini format.

flash-php-configs-added = PHP configuration { $name } was added.
flash-php-configs-saved = Changes to PHP configuration { $name } were saved.
flash-php-configs-deleted = PHP configuration { $name } was deleted.
