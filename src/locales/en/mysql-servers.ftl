# MySQL servers.

mysql-servers-lead = Servers for customer databases. Customers use the default server unless you allow them other servers.
mysql-servers-add = Add MySQL server
mysql-servers-edit-title = Edit { $name }
mysql-servers-delete-title = Delete { $name }
mysql-servers-delete-text = No customer uses this server. Databases on it are not deleted.
mysql-servers-col-name = MySQL server
mysql-servers-col-host = Address
mysql-servers-default = Default
mysql-servers-col-access = Client hosts
mysql-servers-col-admin = Administration
mysql-servers-set = Set up
mysql-servers-set-text = An administration URL is stored. Leave the field empty to keep it.
mysql-servers-not-set = Not set up
mysql-servers-test-title = Connection test
mysql-servers-test-text = The test signs in with the stored administration URL and checks that accounts can be managed.
mysql-servers-test = Test connection

field-mysql-servers-name = Name
field-mysql-servers-host = Host
hint-mysql-servers-host = Host name or IP address.
field-mysql-servers-port = Port
field-mysql-servers-access-hosts = Client hosts
hint-mysql-servers-access-hosts = Hosts from which customers can connect: localhost, IP addresses or host names, with % as a wildcard. Separate them by commas or line breaks.
field-mysql-servers-admin-url = Administration URL
field-mysql-servers-administered = Administered by this panel
hint-mysql-servers-admin-url = mysql://user:password@host:port, with a user who can manage accounts. The URL is required to create customer accounts on this server. A server on another machine must offer TLS with a valid certificate. Use ?ssl-ca=/path for a custom certificate authority, or ?ssl-mode=disabled to turn off TLS. The URL is stored encrypted and never shown again.
field-mysql-servers-admin-url-remove = Remove the administration URL (accounts on the server are kept)

flash-mysql-servers-answers = Connection successful. Server version: { $version }.
flash-mysql-servers-silent = { $reason }
flash-mysql-servers-added = MySQL server { $name } was added.
flash-mysql-servers-saved = Changes to MySQL server { $name } were saved.
flash-mysql-servers-deleted = MySQL server { $name } was deleted.
