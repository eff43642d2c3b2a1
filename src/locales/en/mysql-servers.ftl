# MySQL servers.

mysql-servers-lead = Servers for customer databases. Customers use the default server unless they are allowed another.
mysql-servers-add = Add MySQL server
mysql-servers-edit-title = Edit { $name }
mysql-servers-delete-title = Delete { $name }
mysql-servers-delete-text = No customer uses this server. Databases on it are not touched.
mysql-servers-col-name = MySQL server
mysql-servers-col-host = Address
mysql-servers-default = Default
mysql-servers-col-access = Customers connect from
mysql-servers-col-admin = Administration
mysql-servers-set = set
mysql-servers-set-text = An administration URL is stored.
mysql-servers-not-set = not set
mysql-servers-test-title = Connection
mysql-servers-test-text = Signs in with the stored administration URL and checks that accounts can be managed.
mysql-servers-test = Test the connection

field-mysql-servers-name = Name
field-mysql-servers-host = Host
hint-mysql-servers-host = A host name or an IP address.
field-mysql-servers-port = Port
field-mysql-servers-access-hosts = Customers connect from
hint-mysql-servers-access-hosts = Hosts, one a line or separated by commas: localhost, an address, a name, with % for any part.
field-mysql-servers-admin-url = Administration URL
field-mysql-servers-administered = Administered from here
hint-mysql-servers-admin-url = mysql://user:password@host:port of a user who can manage accounts. With it, customers get accounts on this server. A server on another machine must offer TLS with a valid certificate: ?ssl-ca=/path names its authority, ?ssl-mode=disabled does without TLS. The URL is stored encrypted and never shown again; leave the field empty to keep it.
field-mysql-servers-admin-url-remove = Remove the administration URL; accounts on the server stay as they are

flash-mysql-servers-answers = The server answers: version { $version }.
flash-mysql-servers-silent = { $reason }
flash-mysql-servers-added = { $name } was added.
flash-mysql-servers-saved = { $name } was saved.
flash-mysql-servers-deleted = { $name } was deleted.
