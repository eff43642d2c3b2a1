# Limits and services of customers, in all forms and on all pages.

resource-diskspace = Disk space
resource-traffic = Traffic per month
resource-subdomains = Subdomains
resource-emails = Email addresses
resource-email-accounts = Mailboxes
resource-email-forwarders = Email forwarders
resource-email-quota = Mailbox storage
resource-ftps = FTP users
resource-mysqls = MySQL databases

## Field labels
field-diskspace = Disk space
field-traffic = Traffic per month
field-subdomains = Subdomains
field-emails = Email addresses
field-email-accounts = Mailboxes
field-email-forwarders = Email forwarders
field-email-quota = Mailbox storage
field-ftps = Additional FTP users
field-mysqls = MySQL databases
field-email-imap = IMAP
field-email-pop3 = POP3
field-phpenabled = PHP
field-perlenabled = Perl and CGI
field-dnsenabled = DNS editor
field-logviewenabled = Log file access
field-allowed-phpconfigs = PHP configurations
field-allowed-mysqlserver = MySQL servers
