# Webhooks, hooks and deliveries.

webhooks-lead = Send events about customers to your own systems over HTTP.
webhooks-add = Add webhook
webhooks-edit-title = Edit { $name }
webhooks-delete-title = Delete { $name }
webhooks-delete-text = Events will no longer be sent to this webhook, and its deliveries will be deleted.
webhooks-empty-text = Webhooks notify your own systems when a customer is added, changed, suspended, resumed, moved or deleted.
webhooks-col-label = Webhook
webhooks-col-url = Endpoint URL
webhooks-col-state = Status
webhooks-on = Active
webhooks-off = Inactive
webhooks-forbidden = Address not allowed
webhooks-failed = { $count ->
    [one] One delivery failed
   *[other] { $count } deliveries failed
}
webhooks-test = Send test event
webhooks-test-label = Send test event to { $label }
webhooks-hooks-dir = The same events also run the executables in this directory:
webhooks-secret = Signing secret
webhooks-secret-text = The secret signs all events and cannot be shown again. Renew it if it is lost or may be known to others. The current secret then becomes invalid immediately.
webhooks-secret-renew = Renew secret
webhooks-made = Signing secret of { $label }
webhooks-made-once = The secret is shown only once. Store it in the receiving system.
webhooks-made-how = The receiving system uses the secret to verify the webhook-signature header, as described by Standard Webhooks.
webhooks-made-done = I have stored the secret

field-webhooks-label = Name
field-webhooks-url = Endpoint URL
hint-webhooks-url = Must begin with https:// or http://. Redirects are not followed.
field-webhooks-events = Events
field-webhooks-enabled = Active
fault-webhook-url-invalid = Enter a URL that begins with https:// or http:// and does not contain #.
fault-webhook-url-password = The URL must not contain a user name or password. Verify the signature of the events instead.
fault-webhook-events-none = Select at least one event.
fault-webhook-label-taken = Another webhook already has this name.
fault-webhook-url-private = { $address } is not a public internet address. A server admin can allow private addresses in the settings.

event-customer-added = Customer added
event-customer-updated = Customer changed
event-customer-suspended = Customer suspended
event-customer-resumed = Customer resumed
event-customer-moved = Customer moved
event-customer-deleted = Customer deleted
event-test = Test event

deliveries-title = Deliveries
deliveries-lead = Deliveries of events to webhooks and hooks, with their responses.
deliveries-empty-text = No events have been sent yet.
deliveries-col-event = Event
deliveries-col-receiver = Endpoint
deliveries-hook = Hook { $name }
deliveries-state-waiting = Queued
deliveries-state-running = Running
deliveries-state-done = Delivered
deliveries-state-failed = Given up
deliveries-state-discarded = Discarded
deliveries-taken = Delivered
deliveries-again = Resend
deliveries-again-label = Resend: { $event } ({ $subject }) to { $receiver }
field-deliveries-webhook = Webhook
field-deliveries-state = Status

flash-webhooks-saved = Changes to webhook { $name } were saved.
flash-webhooks-deleted = Webhook { $name } was deleted.
flash-webhooks-tested = A test event is being sent to { $label }. Its status is shown below.
flash-deliveries-again = { $subject }: the event is being resent.
