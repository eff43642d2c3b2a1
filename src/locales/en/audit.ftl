# Who changed what.

audit-title = Audit
audit-lead = Who changed what, and when. Nothing here can be changed or removed.
audit-search-hint = Name, login name or action
audit-empty-text = Every change will be noted here.
audit-col-what = What
audit-col-target = Of whom or what
audit-col-who = By whom
audit-col-from = From where
audit-col-when = When
audit-col-field = Field
audit-col-before = Before
audit-col-after = After
field-audit-kind = Concerns
audit-changes = { $count ->
    [one] One value
   *[other] { $count } values
}

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

## What was done
audit-action-customer-added = Customer added
audit-action-customer-updated = Customer changed
audit-action-customer-suspended = Customer suspended
audit-action-customer-resumed = Customer resumed
audit-action-customer-unlocked = Sign-in lock lifted
audit-action-customer-moved = Customer moved
audit-action-customer-deleted = Customer deleted
audit-action-customer-deleted-with-files = Customer deleted with his files
audit-action-customer-impersonated = Acted as the customer
audit-action-customer-password-set = Password set by an admin
audit-action-customer-password-changed = Own password changed
audit-action-customer-password-changed-with-ftp = Own password changed, FTP too
audit-action-customer-password-reset-requested = Link for a lost password sent
audit-action-customer-password-reset = Lost password replaced by link
audit-action-customer-api-key-added = API key made
audit-action-customer-api-key-updated = API key changed
audit-action-customer-api-key-revoked = API key revoked
audit-action-admin-added = Admin added
audit-action-admin-updated = Admin changed
audit-action-admin-suspended = Admin suspended
audit-action-admin-resumed = Admin resumed
audit-action-admin-unlocked = Sign-in lock of an admin lifted
audit-action-admin-deleted = Admin deleted
audit-action-admin-password-set = Password set by another admin
audit-action-admin-password-changed = Own password changed
audit-action-admin-password-reset-requested = Link for a lost password sent
audit-action-admin-password-reset = Lost password replaced by link
audit-action-admin-api-key-added = API key made
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
audit-action-job-run-now = Job tried at once
audit-action-job-all-run-now = Given up jobs of a kind tried again
audit-action-job-discarded = Job discarded
audit-action-webhook-added = Webhook added
audit-action-webhook-updated = Webhook changed
audit-action-webhook-secret-renewed = Webhook got another secret
audit-action-webhook-deleted = Webhook deleted
audit-action-webhook-tested = Webhook tried
audit-action-webhook-sent-again = Event sent again
audit-action-default-index-changed = Default index page changed
audit-action-default-index-reset = Default index page reset
audit-action-account-signed-in = Signed in
audit-action-account-sign-in-failed = Sign-in failed
audit-action-account-locked = Locked after failed sign-ins
audit-action-request-forbidden = Request refused: not allowed
audit-action-request-forged = Form refused: not sent from a page of the panel
field-user-agent = Browser or program
field-request = Request
