# Hosting plans.

plans-lead = Ready-made limits and services. Choosing a plan fills in the form of a customer; every value can be changed afterwards.
plans-add = Add plan
plans-edit-title = Edit { $name }
plans-delete-title = Delete { $name }
plans-search = Find a plan
plans-search-placeholder = Name or description
plans-empty-title = No hosting plans yet
plans-empty-text = With a plan, a new customer gets all limits in one step.
plans-col-name = Plan
plans-col-owner = Owner
plans-col-databases = Databases
plans-updated = Last changed
plans-customers = { $count ->
    [0] no customers
    [one] one customer
   *[other] { $count } customers
}
plans-delete-text = { $count ->
    [0] No customer has this plan.
    [one] One customer has this plan. They keep their limits and services, but no longer have a plan.
   *[other] { $count } customers have this plan. They keep their limits and services, but no longer have a plan.
}

plans-section-plan = Plan
plans-section-plan-text = Customers see the name.
plans-section-limits = Limits
plans-section-limits-text = How much a customer with this plan can use.
plans-section-services = Services
plans-section-services-text = Services of a customer with this plan.
plans-section-use = Customers

field-plans-name = Name
field-plans-description = Description

flash-plans-added = Plan { $name } was added.
flash-plans-saved = Plan { $name } was saved.
flash-plans-deleted = Plan { $name } was deleted.
