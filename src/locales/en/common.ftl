# Navigation, buttons, forms and lists that all pages share.

brand = Clientele

## Navigation
nav-label = Main navigation
nav-dashboard = Dashboard
nav-customers = Customers
nav-plans = Hosting plans
nav-admins = Admins
nav-php-configs = PHP configurations
nav-mysql-servers = MySQL servers
nav-settings = Settings
nav-mail-templates = Email templates
nav-webhooks = Webhooks
nav-jobs = Jobs
nav-audit = Audit log
nav-account = My account
nav-group-server = Server
nav-group-system = System
skip-to-content = Skip to content
menu-open = Menu
menu-close = Close menu
menu-account = Account menu
breadcrumbs = Breadcrumbs
find-customer = Search customers
sign-out = Sign out
acting-as = You are acting as { $customer }.
acting-stop = Return to { $admin }

## Roles
role-server-admin = Server admin
role-admin = Admin
role-reseller = Reseller
role-customer = Customer

## Themes
theme-light = Light
theme-dark = Dark
theme-system = System default

## Buttons
button-apply = Apply
button-back = Back
button-cancel = Cancel
button-copy = Copy
button-copied = Copied
button-delete = Delete
button-edit = Edit
button-export-csv = Export as CSV
button-filter = Filter
button-move = Move
button-resume = Resume
button-retry = Retry
button-save = Save
button-search = Search
button-show = Show
button-suspend = Suspend
button-unlock = Unlock
actions = Actions

## Forms
form-invalid-title = { $count ->
    [one] Check the following entry
   *[other] Check the following { $count } entries
}
form-required = Fields marked with * are required.
form-stale = Someone else changed this in the meantime. Your changes have not been saved. Your entries are kept below, and all other fields show the stored values. If you save again, your entries replace the other changes in the fields listed here.
form-stale-field = Someone else changed this field too.
form-stale-field-now = Someone else changed this field too. Stored value: { $value }
form-to-actions = Skip to the end of the form
form-required-mark = required
form-unlimited = Unlimited
form-unlimited-for = { $label }: unlimited
form-unit-mib = MiB
form-unit-gib = GiB
form-choose = Select an option
form-none = None
password-suggestion = Suggested password
password-use-suggestion = Use suggested password
password-show = Show password
password-rules = Password requirements
password-rule-min = { $count ->
    [one] at least one character
   *[other] at least { $count } characters
}
password-rule-lower = a lowercase letter
password-rule-upper = an uppercase letter
password-rule-digit = a digit
password-rule-special = a special character
password-rule-met = met
plan-apply = Apply plan
confirm-typing = Type { $word } to confirm.

## Fields that many forms share
field-loginname = Login name
field-password = Password
field-email = Email address
field-def-language = Language
field-q = Search
field-theme = Theme

## Lists
pager = Pagination
pager-range = { $from }–{ $to } of { $total }
pager-first = First page
pager-prev = Previous page
pager-next = Next page
pager-last = Last page
pager-page = Page { $page } of { $pages }
pager-per-page = Rows per page
empty-title = Nothing here yet
empty-filtered-title = No results
empty-filtered-text = Try different search terms or remove a filter.
filter-clear = Clear filters
filter-any = Any

## States
state-active = Active
state-suspended = Suspended
state-locked = Locked
state-yes = Yes
state-no = No
state-never = Never
state-unlimited = Unlimited
usage-of = { $used } of { $limit }
usage-unlimited = { $used }, unlimited

## Messages
flash-saved = Your changes were saved.
flash-form-kept = Your session had ended when you submitted this form. Nothing has been saved yet. Check your entries, enter any passwords again and save.

## Signing in
public-tagline = Manage all your hosting customers in one place.
public-point-customers = Add, edit and find customers in seconds
public-point-limits = Hosting plans and enforced limits
public-point-audit = An audit log of every change
