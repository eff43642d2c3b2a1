# The first page of each role.

dashboard-welcome = Welcome, { $name }
dashboard-manager-lead = What your customers are doing, and what needs you.
dashboard-customer-lead = What you have, and how much of it you use.

## Admins and resellers
dashboard-add-customer = Add a customer
dashboard-customers = Customers
dashboard-active = Active
dashboard-suspended = Suspended
dashboard-locked = Locked out
dashboard-admins = Admins
dashboard-newest = Newest customers
dashboard-all-customers = All customers
dashboard-no-customers = No customers yet
dashboard-no-customers-text = Add the first one: an e-mail address and a name are enough.
dashboard-allowance = What you have handed out
dashboard-recent = Lately
dashboard-all-entries = All entries
dashboard-stuck = { $count ->
    [one] One job has been waiting since { $since }.
   *[other] { $count } jobs are waiting, the oldest since { $since }.
}
dashboard-failed = { $count ->
    [one] One job was given up.
   *[other] { $count } jobs were given up.
}
dashboard-to-jobs = See why

## Customers
dashboard-to-account = Password and language
dashboard-notes = From your provider
dashboard-usage = Used so far
dashboard-usage-none = Nothing has been set up for you yet.
dashboard-account = Your account
dashboard-plan = Hosting plan
dashboard-subdomain = Standard subdomain
dashboard-domains = Domains
dashboard-domains-none = None yet
dashboard-home = Home directory
dashboard-services = Services
dashboard-provider = Your provider
dashboard-provider-name = Name
dashboard-provider-contact = Contact
dashboard-reseller = Looks after you
