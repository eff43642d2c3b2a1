# Customers: list, forms, pages.

customers-title = Customers
customers-add = Add customer
customers-add-first = Add the first customer
customers-empty-title = No customers yet
customers-empty-text = Your customers appear here, with their limits and usage.

## List
customers-filter = Filter customers
customers-search-placeholder = Name, login name, company, city …
customers-search-help = Search tips
customers-search-help-words = Searches login name, names, company, address, e-mail address, customer number and notes. All words must match; quotation marks keep words together. To search one field, name it:
customers-search-help-contains = contains the text
customers-search-help-equals = equals the text exactly
customers-search-help-compare = more than (>) or less than (<); without a unit, disk space is in MiB and traffic is in GiB
customers-search-help-date = before (<) or after (>) a day
customers-search-help-unlimited = has no limit
customers-search-help-fields = Fields:
customers-search-faulty-title = Search not understood
customers-search-faulty-text = Correct the search above.
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
customers-add-title = Add customer
customers-add-lead = An e-mail address and a last name or company are enough. Everything else has a default.
customers-add-submit = Add customer
customers-add-shortcut = Everything below is optional.
customers-edit-title = Edit { $name }
customers-loginname-placeholder = Empty: next free number
customers-section-account = Account
customers-section-account-text = If you leave login name and password empty, they are generated.
customers-section-account-edit-text = The login name cannot be changed. A new password ends all sessions and API keys of the customer; leave it empty to keep the current one.
customers-section-contact = Contact
customers-section-contact-text = An e-mail address and a last name or company are required.
customers-section-plan = Hosting plan
customers-section-plan-text = A plan fills in limits and services. You can change every value afterwards.
customers-section-services = Services
customers-section-services-text = Limits and services of the customer.
customers-section-move = Owner
customers-section-move-text = Gives the customer to another admin.
customers-move-stays = Stays with { $owner }
customers-gender-none = Not stated
customers-gender-male = Mr
customers-gender-female = Ms
field-customers-new-loginname = Login name
field-customers-new-customer-password = Password
field-customers-sendpassword = Send the password to the customer
field-customers-gui-access = May sign in to the panel
field-customers-api-allowed = May use the API
field-customers-shell-allowed = May have a shell
field-customers-createstdsubdomain = Standard subdomain
field-customers-store-defaultindex = Default index page
field-customers-deactivated = Suspended
field-customers-suspend-reason = Reason for the suspension
hint-customers-suspend-reason = All admins of the customer see it. It is kept while the customer is suspended.
field-customers-suspend-reason-show = Show the reason to the customer at sign-in
field-customers-suspended-by = Suspended by
field-customers-confirm-below-usage = Save limits below the current usage
hint-customers-confirm-below-usage = Nothing is deleted. The customer cannot store or transfer more until the usage is below the limit.
hint-customers-deactivated = Websites, mail, databases and sign-in stop working. No data is deleted.
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
hint-customers-custom-notes = Markdown is supported.
field-customers-custom-notes-show = Show the notes to the customer
field-customers-hosting-plan-id = Plan
field-customers-move-to-admin = Move to
field-customers-adminid = New owner
field-customers-adminname = Owner
field-customers-standardsubdomain = Standard subdomain
field-customers-confirm = Login name
field-customers-delete-userfiles = Delete files and databases too

## Two at once
customers-conflict-title = This customer was changed in the meantime
customers-conflict-by = { $who } saved at { $at }.
customers-conflict-by-nobody = Somebody saved at { $at }.
customers-conflict-text = Your changes are not saved yet. The table shows the differences. Saving again replaces the stored values with yours.
customers-conflict-same = Your entries match the stored values.
customers-conflict-table = Your values and the stored ones
customers-conflict-field = Field
customers-conflict-yours = Yours
customers-conflict-theirs = Stored now
customers-conflict-discard = Discard my entries and start from what is stored

## Page of a customer
customers-act-as = Act as this customer
customers-locked-text = { $count ->
    [one] Sign-in is locked after one failed attempt. The lock ends by itself after a while.
   *[other] Sign-in is locked after { $count } failed attempts. The lock ends by itself after a while.
}
customers-suspended-by = Suspended by { $by } ({ $rank }) at { $at }.
customers-suspended-outranked = Only an admin of the same or a higher rank can resume this customer.
customers-suspend-title = Suspend { $name }
customers-suspend-text = Websites, mail, databases and sign-in stop working. No data is deleted.
customers-suspend-submit = Suspend customer
customers-suspend-reason-shown = The customer sees it at sign-in
customers-suspend-reason-hidden = For admins only
customers-suspended-text = This customer is suspended: sign-in, FTP, mail and websites do not work. No data was deleted.
customers-card-usage = Usage
customers-space-parts = Last measurement: web { $web }, mail { $mail }, databases { $mysql }
customers-card-history = Activity
customers-history-all = Show all
customers-history-none = No activity yet.
customers-card-jobs = Open jobs
customers-job-waiting = waiting
customers-job-running = running
customers-job-failed = given up
customers-event-added = Added
customers-event-updated = Changed
customers-event-suspended = Suspended
customers-event-resumed = Resumed
customers-event-unlocked = Unlocked
customers-event-moved = Moved to another admin
customers-event-password-set = Password set
customers-event-password-changed = Changed their own password
customers-event-password-changed-with-ftp = Changed their own password, for FTP too
customers-event-password-reset-requested = Requested a password reset link
customers-event-password-reset = Password reset by link
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
customers-guid = User and group id
customers-created = Added
customers-changed = Last changed

## Moving
customers-move-title = Move { $name }
customers-move-from = Current owner
customers-move-room = Remaining quota of the admins
customers-move-admin = Admin
customers-move-fits = Fits
customers-move-does-not-fit = { $name }: does not fit
customers-move-nobody-title = No other admin
customers-move-nobody-text = Add another admin first, then move the customer.

## Deleting
customers-delete-title = Delete { $name }
customers-delete-goes = The following will be permanently deleted
customers-delete-text = Customer { $name } and everything below will be permanently deleted. Only the audit trail remains.
customers-delete-submit = Delete customer
customers-delete-confirm-differs = Type { $name } to confirm.
customers-impact-domains = Domains
customers-impact-ftp = FTP users
customers-impact-mailboxes = Mailboxes
customers-impact-addresses = E-mail addresses
customers-impact-databases = Databases
customers-impact-keys = API keys
hint-customers-delete-userfiles = Otherwise the home directory and the databases stay on the servers. Databases are deleted only on MySQL servers that are managed from here.

## Messages
customers-flash-added = Customer { $name } was added. The password was not sent; pass it on yourself.
customers-flash-added-mailed = Customer { $name } was added. The password will be sent to { $email }.
customers-flash-added-unknown = Customer { $name } was added with a generated password that nobody knows. Set a new password and send it, or refer the customer to “Forgotten your password?”.
customers-flash-saved = Customer { $name } was saved.
customers-flash-unchanged = Nothing was changed for customer { $name }.
customers-flash-password-set = Customer { $name } was saved. The new password was not sent; pass it on yourself.
customers-flash-password-mailed = Customer { $name } was saved. The new password will be sent to { $email }.
customers-flash-unlocked = Customer { $name } can sign in again.
customers-flash-suspended = Customer { $name } is suspended.
customers-flash-resumed = Customer { $name } is active again.
customers-flash-moved = Customer { $name } now belongs to { $owner }.
customers-flash-deleted = Customer { $name } was deleted. The files stay on the server.
customers-flash-deleted-with-files = Customer { $name } was deleted. The files are being deleted.
