# Webhooks and hooks: telling others what happens.

webhooks-lead = Send events about customers to your own systems over HTTP.
webhooks-add = Add webhook
webhooks-edit-title = Edit { $name }
webhooks-delete-title = Delete { $name }
webhooks-delete-text = No more events are sent to this webhook, and its deliveries are deleted.
webhooks-empty-text = A webhook tells your web server, DNS or mail system that a customer was added, changed, suspended, moved or deleted.
webhooks-col-label = Webhook
webhooks-col-url = URL
webhooks-col-state = State
webhooks-on = On
webhooks-off = Off
webhooks-forbidden = Address not allowed
webhooks-failed = { $count ->
    [one] One delivery failed
   *[other] { $count } deliveries failed
}
webhooks-test = Send test event
webhooks-test-label = Send test event to { $label }
webhooks-hooks-dir = For the same events, executables are run from the directory
webhooks-secret = Secret
webhooks-secret-text = The secret signs events and cannot be shown again. If it is lost or someone else may know it, renew it. The current one becomes invalid.
webhooks-secret-renew = Renew secret
webhooks-made = Secret of { $label }
webhooks-made-once = This secret is shown only once. Store it at the receiving system.
webhooks-made-how = The receiving system uses it to check the header webhook-signature, as described by Standard Webhooks.
webhooks-made-done = I have stored the secret

field-webhooks-label = Name
field-webhooks-url = URL
hint-webhooks-url = Begins with https:// or http://. Redirects are not followed.
field-webhooks-events = Events
field-webhooks-enabled = Active
fault-webhook-url-invalid = Enter an address that begins with https:// or http:// and has no #.
fault-webhook-url-password = An address with a user name or password cannot be kept secret. Events are signed: check the signature instead.
fault-webhook-events-none = Choose at least one event.
fault-webhook-label-taken = Another webhook has this name.
fault-webhook-url-private = { $address } is not on the public internet. A server admin can allow such addresses in the settings.

event-customer-added = Customer added
event-customer-updated = Customer changed
event-customer-suspended = Customer suspended
event-customer-resumed = Customer resumed
event-customer-moved = Customer moved
event-customer-deleted = Customer deleted
event-test = Test

deliveries-title = Deliveries
deliveries-lead = Events sent to webhooks and hooks, and their responses.
deliveries-empty-text = No events have been sent yet.
deliveries-col-event = Event
deliveries-col-receiver = Receiver
deliveries-hook = Hook { $name }
deliveries-state-waiting = Waiting
deliveries-state-running = Running
deliveries-state-done = Delivered
deliveries-state-failed = Given up
deliveries-state-discarded = Discarded
deliveries-taken = Accepted
deliveries-again = Send again
deliveries-again-label = Send again: { $event } ({ $subject }) to { $receiver }
field-deliveries-webhook = Webhook
field-deliveries-state = State

flash-webhooks-saved = { $name } was saved.
flash-webhooks-deleted = { $name } was deleted.
flash-webhooks-tested = A test event is on its way to { $label }. Its state is shown below.
flash-deliveries-again = { $subject }: the event is being sent again.
