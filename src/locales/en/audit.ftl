# Who changed what.

audit-title = Audit
audit-lead = Every change, with who made it and when. Entries cannot be changed or removed.
audit-search-hint = Name, login name or action
audit-empty-text = Changes appear here.
audit-col-what = Action
audit-col-target = Changed
audit-col-who = Changed by
audit-col-from = Origin
audit-col-when = Time
audit-col-field = Field
audit-col-before = Before
audit-col-after = After
field-audit-kind = Kind
audit-changes = { $count ->
    [one] One value
   *[other] { $count } values
}
audit-actor-system = The system
audit-secret = changed, not shown
audit-id-gone = No. { $id } (deleted)

## Doors
audit-door-web = Panel
audit-door-api = API
audit-door-cli = Command line
audit-door-worker = Worker

## What entries speak of
audit-target-customer = Customer
audit-target-admin = Admin
audit-target-plan = Hosting plan
audit-target-php-config = PHP configuration
audit-target-mysql-server = MySQL server
audit-target-mail-template = Mail template
audit-target-job = Job
audit-target-webhook = Webhook
audit-target-system = Installation
audit-system-settings = Settings
audit-system-default-index = Default index page
audit-system-froxlor = Import from Froxlor
audit-system-demo = Demo data
field-audit-customers = Customers
field-audit-jobs = Jobs
field-audit-panel-settings = Settings
field-audit-panel-admins = Admins
field-audit-panel-customers = Customers
field-audit-panel-phpconfigs = PHP configurations
field-audit-panel-plans = Hosting plans
field-audit-panel-domains = Domains
field-audit-ftp-users = FTP users
field-audit-ftp-groups = FTP groups
field-audit-mail-users = Mailboxes
field-audit-mail-virtual = E-mail addresses
field-audit-panel-databases = Databases
field-audit-api-keys = API keys
field-audit-panel-diskspace = Disk space measurements
field-audit-panel-traffic = Traffic measurements

## What was done
audit-action-customer-added = Customer added
audit-action-customer-updated = Customer changed
audit-action-customer-suspended = Customer suspended
audit-action-customer-resumed = Customer resumed
audit-action-customer-unlocked = Customer unlocked
audit-action-customer-moved = Customer moved
audit-action-customer-deleted = Customer deleted
audit-action-customer-deleted-with-files = Customer deleted with files and databases
audit-action-customer-impersonated = Acted as the customer
audit-action-customer-password-set = Password set by an admin
audit-action-customer-password-changed = Own password changed
audit-action-customer-password-changed-with-ftp = Own password changed, FTP too
audit-action-customer-password-reset-requested = Password reset link sent
audit-action-customer-password-reset = Password reset by link
audit-action-customer-api-key-added = API key created
audit-action-customer-api-key-updated = API key changed
audit-action-customer-api-key-revoked = API key revoked
audit-action-admin-added = Admin added
audit-action-admin-updated = Admin changed
audit-action-admin-suspended = Admin suspended
audit-action-admin-resumed = Admin resumed
audit-action-admin-unlocked = Admin unlocked
audit-action-admin-deleted = Admin deleted
audit-action-admin-password-set = Password set by another admin
audit-action-admin-password-changed = Own password changed
audit-action-admin-password-reset-requested = Password reset link sent
audit-action-admin-password-reset = Password reset by link
audit-action-admin-api-key-added = API key created
audit-action-admin-api-key-updated = API key changed
audit-action-admin-api-key-revoked = API key revoked
audit-action-plan-added = Hosting plan added
audit-action-plan-updated = Hosting plan changed
audit-action-plan-deleted = Hosting plan deleted
audit-action-php-config-added = PHP configuration added
audit-action-php-config-updated = PHP configuration changed
audit-action-php-config-deleted = PHP configuration deleted
audit-action-mysql-server-added = MySQL server added
audit-action-mysql-server-updated = MySQL server changed
audit-action-mysql-server-deleted = MySQL server deleted
audit-action-mail-template-changed = Mail template changed
audit-action-settings-updated = Settings changed
audit-action-import-froxlor = Import from Froxlor
audit-action-job-run-now = Job retried
audit-action-job-all-run-now = Failed jobs retried
audit-action-job-discarded = Job discarded
audit-action-webhook-added = Webhook added
audit-action-webhook-updated = Webhook changed
audit-action-webhook-secret-renewed = Webhook secret renewed
audit-action-webhook-deleted = Webhook deleted
audit-action-webhook-tested = Test event sent
audit-action-webhook-sent-again = Event sent again
audit-action-default-index-changed = Default index page changed
audit-action-default-index-reset = Default index page reset
audit-action-demo-loaded = Demo customers added
