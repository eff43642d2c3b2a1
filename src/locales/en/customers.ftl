# Customers: list, forms, pages.

customers-title = Customers
customers-add = Add customer
customers-add-first = Add the first customer
customers-empty-title = No customers yet
customers-empty-text = Your customers will appear here with their limits and usage.

## List
customers-filter = Filter customers
customers-search-placeholder = Name, company, login name…
customers-search-help = Search tips
customers-search-help-words = The search covers login name, names, company, address, email address, customer number and notes. All words must match. Put a phrase in quotation marks. To search a single field, name it:
customers-search-help-contains = contains the text
customers-search-help-equals = matches the text exactly
customers-search-help-compare = more than (>) or less than (<); without a unit, disk space is in MiB and traffic in GiB
customers-search-help-date = before (<) or after (>) a date
customers-search-help-unlimited = is unlimited
customers-search-help-fields = Searchable fields:
customers-search-faulty-title = Invalid search
customers-search-faulty-text = Correct the search above and try again.
customers-status = Status
customers-tab-all = All
customers-tab-active = Active
customers-tab-suspended = Suspended
customers-tab-locked = Locked
customers-col-name = Name
customers-col-email = Email
customers-col-owner = Owner
customers-col-plan = Plan
customers-col-traffic = Traffic
customers-col-last-sign-in = Last sign-in
customers-usage-of = { $what } of { $name }
customers-edit-of = Edit { $name }
customers-more-of = More actions for { $name }
field-customers-owner = Owner
field-customers-plan = Plan
field-customers-language = Language

## Forms
customers-add-title = Add customer
customers-add-lead = An email address and a last name or company are enough. All other fields are optional or have a default.
customers-add-submit = Add customer
customers-add-shortcut = The fields below are optional.
customers-edit-title = Edit { $name }
customers-loginname-placeholder = Next free number
customers-section-account = Account
customers-section-account-text = If you leave the login name or the password empty, it is generated.
customers-section-account-edit-text = The login name cannot be changed. A new password ends all sessions and revokes all API keys of the customer. Leave the field empty to keep the current password.
customers-section-contact = Contact
customers-section-contact-text = An email address and a last name or company are required.
customers-section-plan = Hosting plan
customers-section-plan-text = A plan fills in limits and services. You can change each value afterwards.
customers-section-services = Services
customers-section-services-text = Limits and services available to the customer.
customers-section-move = Owner
customers-section-move-text = Moves the customer to another admin.
customers-move-stays = Keep { $owner }
customers-gender-none = Not specified
customers-gender-male = Mr
customers-gender-female = Ms
field-customers-new-loginname = Login name
field-customers-new-customer-password = Password
field-customers-sendpassword = Email the password to the customer
field-customers-gui-access = Panel access
field-customers-api-allowed = API access
field-customers-shell-allowed = Shell access
field-customers-createstdsubdomain = Standard subdomain
field-customers-store-defaultindex = Default index page
field-customers-deactivated = Suspended
field-customers-suspend-reason = Reason for suspension
hint-customers-suspend-reason = Visible to all admins with access to the customer. The reason is kept until the customer is resumed.
field-customers-suspend-reason-show = Show the reason to the customer at sign-in
field-customers-suspended-by = Suspended by
field-customers-confirm-below-usage = Save limits below the current usage
hint-customers-confirm-below-usage = No data is deleted. If the servers enforce the limit, the customer cannot store or transfer more data until the usage is below it.
hint-customers-deactivated = Websites, email, FTP, databases and sign-in stop working. No data is deleted.
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
hint-customers-custom-notes = You can use Markdown.
field-customers-custom-notes-show = Show the notes to the customer
field-customers-hosting-plan-id = Plan
field-customers-move-to-admin = New owner
field-customers-adminid = New owner
field-customers-adminname = Owner
field-customers-standardsubdomain = Standard subdomain
field-customers-confirm = Confirmation
field-customers-delete-userfiles = Also delete files and databases

## Edit conflicts
customers-conflict-title = This customer was changed in the meantime
customers-conflict-by = { $who } saved changes on { $at }.
customers-conflict-by-nobody = Someone else saved changes on { $at }.
customers-conflict-text = Your changes have not been saved. The table shows the differences. If you save again, your values replace the stored values.
customers-conflict-same = Your entries are the same as the stored values.
customers-conflict-table = Comparison of your values and the stored values
customers-conflict-field = Field
customers-conflict-yours = Your value
customers-conflict-theirs = Stored value
customers-conflict-discard = Discard my entries and load the stored values

## Page of a customer
customers-act-as = Act as this customer
customers-locked-text = { $count ->
    [one] Sign-in is locked after one failed attempt. The lock expires automatically.
   *[other] Sign-in is locked after { $count } failed attempts. The lock expires automatically.
}
customers-suspended-by = Suspended by { $by } ({ $rank }) on { $at }.
customers-suspended-outranked = Only an admin of the same or a higher rank can resume this customer.
customers-suspend-title = Suspend { $name }
customers-suspend-text = Websites, email, FTP, databases and sign-in will stop working. No data will be deleted.
customers-suspend-submit = Suspend customer
customers-suspend-reason-shown = Shown to the customer at sign-in
customers-suspend-reason-hidden = Visible to admins only
customers-suspended-text = This customer is suspended. Websites, email, FTP, databases and sign-in do not work. No data was deleted.
customers-card-usage = Usage
customers-space-parts = Last measurement: files { $web }, email { $mail }, databases { $mysql }
customers-card-history = Activity
customers-history-all = Show all
customers-history-none = No activity yet.
customers-card-jobs = Open jobs
customers-job-waiting = queued
customers-job-running = running
customers-job-failed = given up
customers-event-added = Added
customers-event-updated = Changed
customers-event-suspended = Suspended
customers-event-resumed = Resumed
customers-event-unlocked = Unlocked
customers-event-moved = Moved to another admin
customers-event-password-set = Password set by an admin
customers-event-password-changed = Own password changed
customers-event-password-changed-with-ftp = Own password changed, including FTP
customers-event-password-reset-requested = Password reset link requested
customers-event-password-reset = Password reset with link
customers-event-api-key-added = API key created
customers-event-api-key-updated = API key changed
customers-event-api-key-revoked = API key revoked
customers-event-impersonated = An admin acted as this customer
customers-event-deleted = Deleted
customers-event-deleted-with-files = Deleted with files and databases
customers-notes-shown = visible to the customer
customers-notes-hidden = visible to admins only
customers-last-sign-in = Last sign-in
customers-last-failure = Last failed sign-in
customers-failures = { $count ->
    [one] one failed attempt
   *[other] { $count } failed attempts
}
customers-standard-subdomain = Standard subdomain
customers-home = Home directory
customers-guid = User and group ID
customers-created = Added
customers-changed = Last changed

## Moving
customers-move-title = Move { $name }
customers-move-from = Current owner
customers-move-room = Remaining quota per admin
customers-move-admin = Admin
customers-move-fits = Move possible
customers-move-does-not-fit = { $name } (move not possible)
customers-move-unlimited = Unlimited for the customer, but limited for this admin: { $names }
customers-move-nobody-title = No other admins
customers-move-nobody-text = Add another admin before you move the customer.

## Deleting
customers-delete-title = Delete { $name }
customers-delete-goes = The following will be permanently deleted
customers-delete-text = Customer { $name } and all entries listed here will be deleted from the panel. Entries in the audit log are kept.
customers-delete-submit = Delete customer
customers-delete-confirm-differs = Type { $name } to confirm.
customers-impact-domains = Domains
customers-impact-ftp = FTP users
customers-impact-mailboxes = Mailboxes
customers-impact-addresses = Email addresses
customers-impact-databases = Databases
customers-impact-keys = API keys
hint-customers-delete-userfiles = If not selected, the home directory and databases remain on the servers. Databases are deleted only on MySQL servers that are administered from this panel.

## Messages
customers-flash-added = Customer { $name } was added. The password was not sent. Give it to the customer yourself.
customers-flash-added-mailed = Customer { $name } was added. The password will be emailed to { $email }.
customers-flash-added-unknown = Customer { $name } was added with a generated password that nobody knows. Set a new password and email it, or refer the customer to “Forgot your password?”.
customers-flash-saved = Changes to customer { $name } were saved.
customers-flash-unchanged = No changes were made to customer { $name }.
customers-flash-password-set = Changes to customer { $name } were saved. The new password was not sent. Give it to the customer yourself.
customers-flash-password-mailed = Changes to customer { $name } were saved. The new password will be emailed to { $email }.
customers-flash-unlocked = Customer { $name } can sign in again.
customers-flash-suspended = Customer { $name } was suspended.
customers-flash-resumed = Customer { $name } was resumed.
customers-flash-moved = Customer { $name } was moved to { $owner }.
customers-flash-deleted = Customer { $name } was deleted. Files and databases remain on the servers.
customers-flash-deleted-with-files = Customer { $name } was deleted. The files and the databases on administered MySQL servers are being deleted.
