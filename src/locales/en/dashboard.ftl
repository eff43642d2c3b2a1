# The dashboard of each role.

dashboard-welcome = Welcome, { $name }
dashboard-manager-lead = An overview of your customers.
dashboard-customer-lead = An overview of your hosting account.

## Admins and resellers
dashboard-add-customer = Add customer
dashboard-customers = Customers
dashboard-active = Active
dashboard-suspended = Suspended
dashboard-locked = Locked
dashboard-admins = Admins
dashboard-newest = Newest customers
dashboard-all-customers = All customers
dashboard-no-customers = No customers yet
dashboard-no-customers-text = Add your first customer. An email address and a last name or company are enough.
dashboard-quota = Assigned quota
dashboard-recent = Activity
dashboard-all-entries = Show all
dashboard-stuck = { $count ->
    [one] One job has been queued since { $since }.
   *[other] { $count } jobs are queued, the oldest since { $since }.
}
dashboard-failed = { $count ->
    [one] One job was given up.
   *[other] { $count } jobs were given up.
}
dashboard-to-jobs = Show jobs

## Customers
dashboard-to-account = Password and language
dashboard-notes = Notes from your provider
dashboard-usage = Usage
dashboard-usage-none = No services have been set up for you yet.
dashboard-account = Your account
dashboard-plan = Hosting plan
dashboard-subdomain = Standard subdomain
dashboard-domains = Domains
dashboard-domains-none = None
dashboard-home = Home directory
dashboard-services = Services
dashboard-provider = Your provider
dashboard-provider-name = Name
dashboard-provider-contact = Contact
dashboard-reseller = Your contact person
