# Words of the frame, of forms and of lists.

brand = Clientele

## Navigation
nav-label = Main
nav-dashboard = Dashboard
nav-customers = Customers
nav-plans = Hosting plans
nav-admins = Admins
nav-php-configs = PHP configurations
nav-mysql-servers = MySQL servers
nav-settings = Settings
nav-mail-templates = Mail templates
nav-webhooks = Webhooks
nav-jobs = Jobs
nav-audit = Audit
nav-account = My account
nav-group-server = Server
nav-group-system = System
skip-to-content = Skip to content
menu-open = Menu
menu-close = Close menu
menu-account = Account menu
breadcrumbs = You are here
find-customer = Find a customer
sign-out = Sign out
acting-as = You are acting as { $customer }.
acting-stop = Back to { $admin }

## Roles
role-server-admin = Server admin
role-admin = Admin
role-reseller = Reseller
role-customer = Customer

## Themes
theme-light = Light
theme-dark = Dark
theme-system = Follow the system

## Buttons
button-add = Add
button-apply = Apply
button-back = Back
button-cancel = Cancel
button-copy = Copy
button-copied = Copied
button-delete = Delete
button-edit = Edit
button-export-csv = Export as CSV
button-filter = Filter
button-hide = Hide
button-move = Move
button-reset = Reset
button-resume = Resume
button-retry = Retry
button-save = Save
button-search = Search
button-send = Send
button-show = Show
button-suspend = Suspend
button-unlock = Unlock
actions = Actions

## Forms
form-invalid-title = { $count ->
    [one] One entry needs your attention
   *[other] { $count } entries need your attention
}
form-required = Fields marked with * are required.
form-stale = This was changed by somebody else in the meantime, and nothing was saved. Your entries are below; fields you did not change hold what is stored now. Saving once more replaces the other change of the fields named here.
form-stale-field = Somebody else changed this field, too.
form-stale-field-now = Somebody else changed this field, too. Stored now: { $value }
form-to-actions = Skip to the save button
form-required-mark = required
form-optional = optional
form-unlimited = Unlimited
form-unlimited-for = { $label }: unlimited
form-unit-mib = MiB
form-unit-gib = GiB
form-choose = Please choose
form-none = None
password-suggestion = Suggestion
password-use-suggestion = Use suggestion
password-show = Show password
password-hide = Hide password
password-rules = Your new password needs
password-rule-min = { $count ->
    [one] at least one character
   *[other] at least { $count } characters
}
password-rule-lower = a lower-case letter
password-rule-upper = an upper-case letter
password-rule-digit = a digit
password-rule-special = a special character
password-rule-met = met
plan-apply = Fill in the plan’s values
confirm-typing = Type { $word } to confirm.

## Fields that many forms share
field-loginname = Login name
field-password = Password
field-email = E-mail address
field-def-language = Language
field-theme = Appearance

## Lists
pager = Pages
pager-range = { $from }–{ $to } of { $total }
pager-first = First page
pager-prev = Previous page
pager-next = Next page
pager-last = Last page
pager-page = Page { $page } of { $pages }
pager-per-page = Rows per page
sorted-asc = sorted ascending
sorted-desc = sorted descending
empty-title = Nothing here yet
empty-filtered-title = No results
empty-filtered-text = Try other words or remove a filter.
filter-clear = Clear all filters
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
flash-saved = Saved.
flash-form-kept = These are the entries you sent after your session had ended. Nothing has been saved yet. Enter passwords again.

## Signing in
public-tagline = Manage all your hosting customers in one place.
public-point-customers = Add, change and find customers in seconds
public-point-limits = Limits and plans that are enforced
public-point-audit = Every change recorded, with who made it and when
