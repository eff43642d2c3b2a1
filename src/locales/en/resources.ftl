# What customers are given: limits and switches, in every form and on every page.

resource-diskspace = Disk space
resource-traffic = Traffic per month
resource-subdomains = Subdomains
resource-emails = E-mail addresses
resource-email-accounts = Mailboxes
resource-email-forwarders = E-mail forwarders
resource-email-quota = Mailbox storage
resource-ftps = FTP users
resource-mysqls = MySQL databases

## The same as labels of fields
field-diskspace = Disk space
field-traffic = Traffic per month
field-subdomains = Subdomains
field-emails = E-mail addresses
field-email-accounts = Mailboxes
field-email-forwarders = E-mail forwarders
field-email-quota = Mailbox storage
field-ftps = Additional FTP users
field-mysqls = MySQL databases
field-email-imap = IMAP
field-email-pop3 = POP3
field-phpenabled = PHP
field-perlenabled = Perl and CGI
field-dnsenabled = DNS editor
field-logviewenabled = Access to log files
field-allowed-phpconfigs = PHP configurations
field-allowed-mysqlserver = MySQL servers
