# Hosting plans.

plans-lead = Ready-made sets of limits and services. Picking one fills in a customer’s form; every value can still be changed.
plans-add = Add plan
plans-edit-title = Edit { $name }
plans-delete-title = Delete { $name }
plans-search = Find a plan
plans-search-placeholder = Name or description
plans-empty-title = No hosting plans yet
plans-empty-text = With a plan, a new customer has all limits in one step.
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
    [one] One customer has this plan. He keeps what he was given, but no plan is shown with him any more.
   *[other] { $count } customers have this plan. They keep what they were given, but no plan is shown with them any more.
}

plans-section-plan = Plan
plans-section-plan-text = What you find it by. Customers see the name.
plans-section-limits = Limits
plans-section-limits-text = How much of each a customer with this plan may use.
plans-section-services = Services
plans-section-services-text = What is switched on for a customer with this plan.
plans-section-use = In use

field-plans-name = Name
field-plans-description = Description

flash-plan-added = Plan { $name } was added.
flash-plan-saved = Plan { $name } was saved.
flash-plan-deleted = Plan { $name } was deleted.
