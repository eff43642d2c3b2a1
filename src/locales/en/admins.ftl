# Admins and resellers.

admins-lead = Those who look after customers: server admins, admins and resellers.
admins-add = Add admin
admins-edit-title = Edit { $name }
admins-delete = Delete this admin
admins-delete-title = Delete { $name }
admins-search = Find an admin
admins-search-placeholder = Login name, name, e-mail address
admins-his-customers = Customers
admins-col-name = Admin
admins-col-role = Role
admins-col-last-sign-in = Last sign-in
admins-col-status = Status
admins-created = Added
admins-failures = Failed sign-ins
admins-last-failure = (last { $at })

## Sections
admins-section-account = Account
admins-section-account-text = How the admin signs in, and how the panel greets him.
admins-section-account-edit-text = The login name { $loginname } cannot be changed. Leave the password empty to keep it; a new one ends his sessions and API keys.
admins-section-person = Person
admins-section-person-text = Whom messages of the panel go to. The address must not belong to another admin or a customer.
admins-section-rights = Rights
admins-section-rights-text = Without any of them this is a reseller: he sees his own customers only.
admins-section-allowance = Allowance
admins-section-allowance-text = What the admin may hand out to customers of his own, all together.
admins-allowance-lead = handed out to customers
admins-section-sign-in = Sign-ins

## Fields
field-admins-new-loginname = Login name
field-admins-admin-password = Password
field-admins-name = Name
field-admins-custom-notes = Notes
field-admins-custom-notes-show = The admin sees these notes
field-admins-gui-access = May use the panel
field-admins-api-allowed = May use the API
field-admins-deactivated = Suspended
hint-admins-deactivated = A suspended admin is signed out at once. His customers go on working.
admins-section-grants = Services they may hand out
admins-section-grants-text = The admin can give these to their customers, and to nobody anything else.
admins-every = All, including those added later
field-admins-shell-allowed = May hand out shells
field-admins-perlenabled = May hand out Perl and CGI
field-admins-change-serversettings = Server admin
hint-admins-change-serversettings = Changes settings of the server, manages admins and moves customers.
field-admins-customers-see-all = Sees every customer
hint-admins-customers-see-all = And every hosting plan. Without this he is a reseller with customers of his own.
field-admins-caneditphpsettings = May change PHP settings of domains
field-admins-customers = Customers
field-admins-domains = Domains

## Deleting
admins-delete-lead = Possible once no customer belongs to the admin any more.
admins-delete-text = With the admin goes what is his alone:
admins-delete-plans = { $count ->
    [0] no hosting plans
    [one] one hosting plan; customers keep what they were given
   *[other] { $count } hosting plans; customers keep what they were given
}
admins-delete-access = his sessions and API keys
delete-cannot-be-undone = This cannot be undone
field-confirm = Confirmation

## Messages
flash-admin-added = Admin { $loginname } was added.
flash-admin-saved = Admin { $loginname } was saved.
flash-admin-deleted = Admin { $loginname } was deleted.
flash-admin-unlocked = Admin { $loginname } can sign in again.
