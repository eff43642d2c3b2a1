# Admins and resellers.

admins-lead = Accounts of server admins, admins and resellers.
admins-add = Add admin
admins-edit-title = Edit { $name }
admins-delete = Delete admin
admins-delete-title = Delete { $name }
admins-search = Search admins
admins-search-placeholder = Name, login name or email
admins-own-customers = Customers
admins-col-name = Admin
admins-col-role = Role
admins-col-last-sign-in = Last sign-in
admins-col-status = Status
admins-created = Added
admins-failures = Failed sign-ins
admins-last-failure = (last on { $at })
admins-notes-shown = visible to the admin
admins-notes-hidden = visible to server admins only

## Sections
admins-section-account = Account
admins-section-account-text = Sign-in details, language and theme of the admin.
admins-section-account-edit-text = The login name { $loginname } cannot be changed. A new password ends all sessions and revokes all API keys of the admin. Leave the field empty to keep the current password.
admins-section-person = Contact
admins-section-person-text = The panel sends messages to this email address. No other admin and no customer can use it.
admins-section-rights = Permissions
admins-section-rights-text = Access to server settings, customers and PHP settings. Without the first two permissions, the admin is a reseller.
admins-section-quota = Quota
admins-section-quota-text = The total that the admin can assign to customers.
admins-quota-lead = assigned to customers
admins-section-sign-in = Sign-ins
admins-section-confirm = Confirmation
admins-section-confirm-text = To change a password, an email address, a permission, or panel or API access, enter your own current password. The panel notifies the account owner by email of a new password or email address.
admins-section-confirm-add-text = To add a server admin or an admin with access to all customers, enter your own current password.
field-admins-current-password = Your current password

## Fields
field-admins-new-loginname = Login name
field-admins-admin-password = Password
field-admins-name = Name
field-admins-custom-notes = Notes
field-admins-custom-notes-show = Show the notes to the admin
field-admins-gui-access = Panel access
field-admins-api-allowed = API access
field-admins-deactivated = Suspended
admins-section-grants = Assignable services
admins-section-grants-text = The services that the admin can assign to customers.
admins-every = All, including future ones
field-admins-shell-allowed = Can assign shell access
field-admins-perlenabled = Can assign Perl and CGI
hint-admins-deactivated = A suspended admin is signed out immediately. Their customers are not affected.
field-admins-change-serversettings = Server admin
hint-admins-change-serversettings = Can change server settings, manage admins and move customers.
field-admins-customers-see-all = Access to all customers
hint-admins-customers-see-all = Includes all hosting plans. Without this access, the admin sees only their own customers and plans.
field-admins-caneditphpsettings = Can change PHP settings of domains
field-admins-customers = Customers
field-admins-domains = Domains

## Deleting
admins-delete-lead = An admin can be deleted only if they have no customers.
admins-delete-text = The following will be permanently deleted with the admin:
admins-delete-plans = { $count ->
    [one] one hosting plan (customers keep their limits and services)
   *[other] { $count } hosting plans (customers keep their limits and services)
}
admins-delete-access = all sessions and API keys of the admin
delete-cannot-be-undone = This action cannot be undone
field-confirm = Confirmation

## Messages
flash-admin-added = Admin { $loginname } was added.
flash-admin-saved = Changes to admin { $loginname } were saved.
flash-admin-deleted = Admin { $loginname } was deleted.
flash-admin-unlocked = Admin { $loginname } can sign in again.
