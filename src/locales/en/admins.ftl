# Admins and resellers.

admins-lead = Server admins, admins and resellers.
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
admins-section-account-text = How the admin signs in, and the language and appearance of their panel.
admins-section-account-edit-text = The login name { $loginname } cannot be changed. A new password ends all sessions and API keys of the admin; leave it empty to keep the current one.
admins-section-person = Person
admins-section-person-text = The panel sends messages to this address. It must not belong to another admin or a customer.
admins-section-rights = Permissions
admins-section-rights-text = Without permissions, the admin is a reseller and sees only their own customers.
admins-section-allowance = Quota
admins-section-allowance-text = The total that the admin can assign to customers.
admins-allowance-lead = assigned to customers
admins-section-sign-in = Sign-ins
admins-section-confirm = Confirmation
admins-section-confirm-text = Changing a password or an e-mail address needs your own current password. The owner of the account is told by mail.
admins-section-confirm-add-text = Adding a server admin, or an admin who sees every customer, needs your own current password.
field-admins-current-password = Your current password

## Fields
field-admins-new-loginname = Login name
field-admins-admin-password = Password
field-admins-name = Name
field-admins-custom-notes = Notes
field-admins-custom-notes-show = The admin sees these notes
field-admins-gui-access = May sign in to the panel
field-admins-api-allowed = May use the API
field-admins-deactivated = Suspended
admins-section-grants = Assignable services
admins-section-grants-text = The admin can assign only these services to customers.
admins-every = All, including later ones
field-admins-shell-allowed = Can assign shell access
field-admins-perlenabled = Can assign Perl and CGI
hint-admins-deactivated = A suspended admin is signed out at once. Nothing changes for their customers.
field-admins-change-serversettings = Server admin
hint-admins-change-serversettings = Changes server settings, manages admins and moves customers.
field-admins-customers-see-all = Sees every customer
hint-admins-customers-see-all = Also sees all hosting plans. Otherwise the admin is a reseller and sees only their own customers.
field-admins-caneditphpsettings = May change PHP settings of domains
field-admins-customers = Customers
field-admins-domains = Domains

## Deleting
admins-delete-lead = Possible once the admin has no customers.
admins-delete-text = The following will be permanently deleted with the admin:
admins-delete-plans = { $count ->
    [0] no hosting plans
    [one] one hosting plan; customers keep their limits and services
   *[other] { $count } hosting plans; customers keep their limits and services
}
admins-delete-access = sessions and API keys of the admin
delete-cannot-be-undone = This cannot be undone
field-confirm = Confirmation

## Messages
flash-admin-added = Admin { $loginname } was added.
flash-admin-saved = Admin { $loginname } was saved.
flash-admin-deleted = Admin { $loginname } was deleted.
flash-admin-unlocked = Admin { $loginname } can sign in again.
