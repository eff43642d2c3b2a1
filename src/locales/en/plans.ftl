# Hosting plans.

plans-lead = Predefined limits and services for customers. A plan fills in the customer form, and you can change each value afterwards.
plans-add = Add plan
plans-edit-title = Edit { $name }
plans-delete-title = Delete { $name }
plans-search = Search plans
plans-search-placeholder = Name or description
plans-empty-title = No hosting plans yet
plans-empty-text = Add a plan to set all limits and services of a new customer in one step.
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
    [one] One customer has this plan. The customer keeps their limits and services but will no longer have a plan.
   *[other] { $count } customers have this plan. They keep their limits and services but will no longer have a plan.
}

plans-section-plan = Plan
plans-section-plan-text = Customers see the name of their plan.
plans-section-limits = Limits
plans-section-limits-text = Limits for customers with this plan.
plans-section-services = Services
plans-section-services-text = Services for customers with this plan.
plans-section-use = Details

field-plans-name = Name
field-plans-description = Description

flash-plans-added = Plan { $name } was added.
flash-plans-saved = Changes to plan { $name } were saved.
flash-plans-deleted = Plan { $name } was deleted.
