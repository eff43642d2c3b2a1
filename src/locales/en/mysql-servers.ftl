# MySQL servers.

mysql-servers-lead = Where the databases of customers are. Customers use the default server unless they are allowed another.
mysql-servers-add = Add MySQL server
mysql-servers-edit-title = Edit { $name }
mysql-servers-delete-title = Delete { $name }
mysql-servers-delete-text = No customer uses this server. Databases on it are not touched.
mysql-servers-col-name = MySQL server
mysql-servers-col-host = Address
mysql-servers-default = Default

field-mysql-servers-name = Name
field-mysql-servers-host = Host
hint-mysql-servers-host = A host name or an IP address.
field-mysql-servers-port = Port

flash-mysql-servers-added = { $name } was added.
flash-mysql-servers-saved = { $name } was saved.
flash-mysql-servers-deleted = { $name } was deleted.
