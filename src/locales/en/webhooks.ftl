# Webhooks and hooks: telling others what happens.

webhooks-lead = Programs of yours that are told over HTTP what happens to customers.
webhooks-add = Add webhook
webhooks-edit-title = Edit { $label }
webhooks-delete-title = Delete { $label }
webhooks-delete-text = Nothing more is sent to it, and what was sent is forgotten.
webhooks-empty-text = A webhook tells your web server, DNS or mail system that a customer was added, changed, suspended, moved or deleted.
webhooks-col-label = Webhook
webhooks-col-url = Address
webhooks-col-state = State
webhooks-on = On
webhooks-off = Off
webhooks-forbidden = Address not allowed
webhooks-failed = { $count ->
    [one] One not delivered
   *[other] { $count } not delivered
}
webhooks-test = Try
webhooks-test-label = Try: send { $label } a test event
webhooks-hooks-dir = Executables are run for the same events from the directory
webhooks-secret = Secret
webhooks-secret-text = It signs what is sent. Nobody can read it again; if it is lost, or somebody else may have it, make another. The one it has signs nothing any more then.
webhooks-secret-renew = Make another secret
webhooks-made = The secret of { $label }
webhooks-made-once = This secret is shown only now. Put it where the receiver keeps it.
webhooks-made-how = With it the receiver checks the header webhook-signature, as Standard Webhooks describe it.
webhooks-made-done = I have it

field-webhooks-label = Name
field-webhooks-url = Address
hint-webhooks-url = Begins with https:// or http://. Redirects are not followed.
field-webhooks-events = Events
field-webhooks-enabled = Switched on
fault-webhook-url-invalid = Please enter an address that begins with https:// or http:// and has no #.
fault-webhook-url-password = An address with a user name or password cannot be kept secret. What is sent is signed; check that instead.
fault-webhook-events-none = Please choose at least one event.
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
deliveries-lead = What was told to webhooks and hooks, and what they answered.
deliveries-empty-text = Nothing was sent so far.
deliveries-col-event = Event
deliveries-col-receiver = Receiver
deliveries-hook = Hook { $name }
deliveries-state-waiting = Waiting
deliveries-state-running = Under way
deliveries-state-done = Delivered
deliveries-state-failed = Given up
deliveries-state-discarded = Discarded
deliveries-taken = Taken
deliveries-again = Send again
deliveries-again-label = Send again: { $event } ({ $subject }) to { $receiver }
field-deliveries-webhook = Webhook
field-deliveries-state = State

flash-webhooks-saved = { $label } was saved.
flash-webhooks-deleted = { $label } was deleted.
flash-webhooks-tested = A test event is on its way to { $label }. Its state is below.
flash-deliveries-again = { $subject }: sent again.
