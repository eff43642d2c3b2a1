# Customers: list, forms, pages.

customers-title = Customers
customers-add = Add customer
customers-add-first = Add the first customer
customers-empty-title = No customers yet
customers-empty-text = Customers you add will be listed here, with what they have and use.

## List
customers-filter = Filter customers
customers-search-placeholder = Name, login name, company, city …
customers-search-help = How to search
customers-search-help-words = Words are looked for in login name, names, company, address, e-mail, customer number and notes. All of them must occur; quotation marks keep words together. A field can be asked for by name:
customers-search-help-contains = contains this
customers-search-help-equals = is exactly this
customers-search-help-compare = more (>) or less (<); without a unit, sizes are in MiB and traffic is in GiB
customers-search-help-date = before (<) or after (>) a day
customers-search-help-unlimited = has no limit
customers-search-help-fields = Fields:
customers-search-faulty-title = The search could not be understood
customers-search-faulty-text = Please correct the search above; nothing was looked for.
customers-status = Status
customers-scope-all = All
customers-scope-active = Active
customers-scope-suspended = Suspended
customers-scope-locked = Locked
customers-col-name = Name
customers-col-email = E-mail
customers-col-owner = Owner
customers-col-plan = Plan
customers-col-traffic = Traffic
customers-col-last-sign-in = Last sign-in
customers-usage-of = { $what } of { $name }
customers-edit-of = Edit { $name }
customers-more-of = More actions for { $name }
field-customers-q = Search
field-customers-owner = Owner
field-customers-plan = Plan
field-customers-language = Language

## Forms
customers-add-title = Add a customer
customers-add-lead = An e-mail address and a name or company are enough; everything else can stay as it is.
customers-add-submit = Add customer
customers-edit-title = Edit { $name }
customers-loginname-placeholder = Empty: next free number
customers-section-account = Account
customers-section-account-text = How the customer signs in. Leave login name and password empty to have them made.
customers-section-account-edit-text = How the customer signs in. The login name cannot be changed; an empty password leaves the old one, a new one ends his sessions and API keys.
customers-section-contact = Contact
customers-section-contact-text = A last name or a company is needed.
customers-section-plan = Hosting plan
customers-section-plan-text = A plan fills in limits and services. Every value can be changed afterwards.
customers-section-services = Services
customers-section-services-text = What the customer may use, and how much of it.
customers-section-move = Owner
customers-section-move-text = Gives the customer to another admin, with everything that belongs to him.
customers-move-stays = Stays with { $owner }
customers-gender-none = Not stated
customers-gender-male = Mr
customers-gender-female = Ms
field-customers-new-loginname = Login name
field-customers-new-customer-password = Password
field-customers-sendpassword = Mail the password to the customer
field-customers-gui-access = May sign in to the panel
field-customers-api-allowed = May use the API
field-customers-shell-allowed = May have a shell
field-customers-createstdsubdomain = Standard subdomain
field-customers-store-defaultindex = Default index page
field-customers-deactivated = Suspended
hint-customers-deactivated = Nothing of a suspended customer works, and nothing of it is lost.
field-customers-name = Last name
field-customers-firstname = First name
field-customers-company = Company
field-customers-gender = Form of address
field-customers-street = Street and number
field-customers-zipcode = Postal code
field-customers-city = City
field-customers-phone = Phone
field-customers-fax = Fax
field-customers-customernumber = Customer number
field-customers-custom-notes = Notes
hint-customers-custom-notes = Markdown is understood.
field-customers-custom-notes-show = Show the notes to the customer
field-customers-hosting-plan-id = Plan
field-customers-move-to-admin = Move to
field-customers-adminid = New owner
field-customers-adminname = Owner
field-customers-standardsubdomain = Standard subdomain
field-customers-confirm = Login name
field-customers-delete-userfiles = Remove files and databases too

## Two at once
customers-conflict-title = This customer was changed in the meantime
customers-conflict-by = { $who } saved at { $at }.
customers-conflict-by-nobody = Somebody saved at { $at }.
customers-conflict-text = Nothing of yours was saved yet. This is what differs; saving again puts your values in place of theirs.
customers-conflict-same = What you typed is what is stored now; nothing differs.
customers-conflict-table = Your values and the stored ones
customers-conflict-field = Field
customers-conflict-yours = Yours
customers-conflict-theirs = Stored now
customers-conflict-discard = Discard my entries and start from what is stored

## Page of a customer
customers-act-as = Act as this customer
customers-locked-text = { $count ->
    [one] Sign-in is locked after one failed try. It opens by itself after a while, or at once here.
   *[other] Sign-in is locked after { $count } failed tries. It opens by itself after a while, or at once here.
}
customers-suspended-text = This customer is suspended: no sign-in, no FTP, no mail, no websites. Resuming brings everything back as it was.
customers-card-usage = What is used
customers-space-parts = Measured last: web { $web }, mail { $mail }, databases { $mysql }
customers-card-history = Recent history
customers-history-all = Show all
customers-history-none = Nothing has happened yet.
customers-card-jobs = Waiting to be done
customers-job-waiting = waiting
customers-job-running = running
customers-job-failed = given up
customers-job-create-home = Make the home directory
customers-job-set-home-quota = Hold the home to its disk space
customers-job-remove-home = Remove the home directory
customers-job-send-welcome = Mail the first password
customers-job-send-new-password = Mail the new password
customers-job-sync-mysql-account = Bring the MySQL account up to date
customers-job-drop-mysql-databases = Remove the databases
customers-event-added = Added
customers-event-updated = Changed
customers-event-suspended = Suspended
customers-event-resumed = Resumed
customers-event-unlocked = Unlocked
customers-event-moved = Moved to another admin
customers-event-password-set = Password set
customers-event-password-changed = Changed the password himself
customers-event-password-changed-with-ftp = Changed the password himself, for FTP too
customers-event-password-reset-requested = Asked for a link to replace a lost password
customers-event-password-reset = Lost password replaced
customers-event-api-key-added = API key made
customers-event-api-key-updated = API key changed
customers-event-api-key-revoked = API key revoked
customers-event-impersonated = An admin acted as this customer
customers-event-deleted = Deleted
customers-event-deleted-with-files = Deleted with all files
customers-notes-shown = the customer sees them
customers-notes-hidden = for admins only
customers-last-sign-in = Last sign-in
customers-last-failure = Last failed sign-in
customers-failures = { $count ->
    [one] one failure
   *[other] { $count } failures
}
customers-standard-subdomain = Standard subdomain
customers-home = Home directory
customers-guid = User and group id
customers-created = Added
customers-changed = Last changed

## Moving
customers-move-title = Move { $name }
customers-move-from = Owner now
customers-move-room = What the admins have left
customers-move-admin = Admin
customers-move-fits = Fits
customers-move-does-not-fit = { $name }: does not fit
customers-move-nobody-title = Nobody to move to
customers-move-nobody-text = There is no other admin. Add one first.

## Deleting
customers-delete-title = Delete { $name }
customers-delete-goes = This is what goes
customers-delete-text = Customer { $name } and everything below is removed for good. Only the audit trail remains.
customers-delete-submit = Delete for good
customers-delete-confirm-differs = Please type { $name } to confirm.
customers-impact-domains = Domains
customers-impact-ftp = FTP users
customers-impact-mailboxes = Mailboxes
customers-impact-addresses = E-mail addresses
customers-impact-databases = Databases
customers-impact-keys = API keys
hint-customers-delete-userfiles = Without this the home directory and the databases stay on the servers. Databases go only on MySQL servers that are administered from here.

## Messages
customers-flash-added = Customer { $name } was added. The password was not mailed; please pass it on.
customers-flash-added-mailed = Customer { $name } was added. The password will be mailed to { $email }.
customers-flash-added-unknown = Customer { $name } was added with a generated password that nobody has been told. Set a new one and have it mailed, or send the customer to “Forgotten your password?”.
customers-flash-saved = Customer { $name } was saved.
customers-flash-unchanged = Nothing was changed for customer { $name }.
customers-flash-password-set = Customer { $name } was saved. The new password was not mailed; please pass it on.
customers-flash-password-mailed = Customer { $name } was saved. The new password will be mailed to { $email }.
customers-flash-unlocked = Customer { $name } can sign in again.
customers-flash-suspended = Customer { $name } is suspended.
customers-flash-resumed = Customer { $name } is active again, with everything as it was.
customers-flash-moved = Customer { $name } now belongs to { $owner }.
customers-flash-deleted = Customer { $name } was deleted. The files stay on the server.
customers-flash-deleted-with-files = Customer { $name } was deleted. The files are being removed.
