# Webhooks und Hooks: anderen sagen, was geschieht.

webhooks-lead = Programme von Ihnen, denen über HTTP gesagt wird, was mit Kunden geschieht.
webhooks-add = Webhook hinzufügen
webhooks-edit-title = { $label } bearbeiten
webhooks-delete-title = { $label } löschen
webhooks-delete-text = Es wird nichts mehr dorthin gesandt, und was gesandt wurde, wird vergessen.
webhooks-empty-text = Ein Webhook sagt Ihrem Webserver, DNS oder Mailsystem, dass ein Kunde angelegt, geändert, gesperrt, verschoben oder gelöscht wurde.
webhooks-col-label = Webhook
webhooks-col-url = Adresse
webhooks-col-state = Zustand
webhooks-on = An
webhooks-off = Aus
webhooks-forbidden = Adresse nicht erlaubt
webhooks-failed = { $count ->
    [one] Eine Zustellung aufgegeben
   *[other] { $count } Zustellungen aufgegeben
}
webhooks-test = Versuchen
webhooks-test-label = Versuchen: { $label } ein Testereignis senden
webhooks-hooks-dir = Für dieselben Ereignisse werden Programme ausgeführt aus dem Verzeichnis
webhooks-secret = Geheimnis
webhooks-secret-text = Damit wird unterschrieben, was gesandt wird. Niemand kann es noch einmal lesen; ist es verloren oder könnte es ein anderer haben, machen Sie ein neues. Das bisherige gilt dann nicht mehr.
webhooks-secret-renew = Neues Geheimnis machen
webhooks-made = Das Geheimnis von { $label }
webhooks-made-once = Dieses Geheimnis wird nur jetzt gezeigt. Legen Sie es dort ab, wo der Empfänger es hält.
webhooks-made-how = Damit prüft der Empfänger den Header webhook-signature, so wie es „Standard Webhooks“ beschreibt.
webhooks-made-done = Ich habe es

field-webhooks-label = Name
field-webhooks-url = Adresse
hint-webhooks-url = Beginnt mit https:// oder http://. Weiterleitungen wird nicht gefolgt.
field-webhooks-events = Ereignisse
field-webhooks-enabled = Eingeschaltet
fault-webhook-url-invalid = Bitte geben Sie eine Adresse ein, die mit https:// oder http:// beginnt und kein # hat.
fault-webhook-url-password = Eine Adresse mit Benutzername oder Passwort bleibt nicht geheim. Was gesandt wird, ist unterschrieben; prüfen Sie stattdessen das.
fault-webhook-events-none = Bitte wählen Sie mindestens ein Ereignis.
fault-webhook-label-taken = Ein anderer Webhook hat diesen Namen.
fault-webhook-url-private = { $address } liegt nicht im öffentlichen Internet. Solche Adressen lassen sich in den Einstellungen erlauben.

event-customer-added = Kunde angelegt
event-customer-updated = Kunde geändert
event-customer-suspended = Kunde gesperrt
event-customer-resumed = Kunde entsperrt
event-customer-moved = Kunde verschoben
event-customer-deleted = Kunde gelöscht
event-test = Test

deliveries-title = Zustellungen
deliveries-lead = Was Webhooks und Hooks gesagt wurde, und was sie geantwortet haben.
deliveries-empty-text = Bisher wurde nichts gesandt.
deliveries-col-event = Ereignis
deliveries-col-receiver = Empfänger
deliveries-hook = Hook { $name }
deliveries-state-waiting = Wartend
deliveries-state-running = Unterwegs
deliveries-state-done = Zugestellt
deliveries-state-failed = Aufgegeben
deliveries-state-discarded = Verworfen
deliveries-taken = Angenommen
deliveries-again = Noch einmal senden
deliveries-again-label = Noch einmal senden: { $event } ({ $subject }) an { $receiver }
field-deliveries-webhook = Webhook
field-deliveries-state = Zustand

flash-webhooks-saved = { $label } wurde gespeichert.
flash-webhooks-deleted = { $label } wurde gelöscht.
flash-webhooks-tested = Ein Testereignis ist unterwegs zu { $label }. Sein Zustand steht unten.
flash-deliveries-again = { $subject }: noch einmal gesandt.
