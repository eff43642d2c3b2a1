# Webhooks und Hooks: anderen sagen, was geschieht.

webhooks-lead = Ereignisse über Kunden per HTTP an Ihre eigenen Systeme senden.
webhooks-add = Webhook anlegen
webhooks-edit-title = { $name } bearbeiten
webhooks-delete-title = { $name } löschen
webhooks-delete-text = An diesen Webhook werden keine Ereignisse mehr gesendet, und seine Zustellungen werden gelöscht.
webhooks-empty-text = Ein Webhook sagt Ihrem Webserver, DNS oder Mailsystem, dass ein Kunde angelegt, geändert, gesperrt, verschoben oder gelöscht wurde.
webhooks-col-label = Webhook
webhooks-col-url = URL
webhooks-col-state = Zustand
webhooks-on = An
webhooks-off = Aus
webhooks-forbidden = Adresse nicht erlaubt
webhooks-failed = { $count ->
    [one] Eine Zustellung fehlgeschlagen
   *[other] { $count } Zustellungen fehlgeschlagen
}
webhooks-test = Testereignis senden
webhooks-test-label = Testereignis senden an { $label }
webhooks-hooks-dir = Für dieselben Ereignisse werden Programme ausgeführt aus dem Verzeichnis
webhooks-secret = Geheimnis
webhooks-secret-text = Das Geheimnis signiert Ereignisse und lässt sich nicht noch einmal anzeigen. Ist es verloren oder könnte es jemand anderes kennen, erneuern Sie es. Das bisherige wird ungültig.
webhooks-secret-renew = Geheimnis erneuern
webhooks-made = Geheimnis von { $label }
webhooks-made-once = Dieses Geheimnis wird nur einmal angezeigt. Hinterlegen Sie es im empfangenden System.
webhooks-made-how = Damit prüft das empfangende System den Header webhook-signature, wie „Standard Webhooks“ es beschreibt.
webhooks-made-done = Ich habe das Geheimnis gespeichert

field-webhooks-label = Name
field-webhooks-url = URL
hint-webhooks-url = Beginnt mit https:// oder http://. Weiterleitungen wird nicht gefolgt.
field-webhooks-events = Ereignisse
field-webhooks-enabled = Aktiv
fault-webhook-url-invalid = Geben Sie eine Adresse ein, die mit https:// oder http:// beginnt und kein # hat.
fault-webhook-url-password = Eine Adresse mit Benutzername oder Passwort bleibt nicht geheim. Ereignisse sind signiert: Prüfen Sie stattdessen die Signatur.
fault-webhook-events-none = Wählen Sie mindestens ein Ereignis.
fault-webhook-label-taken = Ein anderer Webhook hat diesen Namen.
fault-webhook-url-private = { $address } liegt nicht im öffentlichen Internet. Ein Server-Admin kann solche Adressen in den Einstellungen erlauben.

event-customer-added = Kunde angelegt
event-customer-updated = Kunde geändert
event-customer-suspended = Kunde gesperrt
event-customer-resumed = Kunde freigegeben
event-customer-moved = Kunde verschoben
event-customer-deleted = Kunde gelöscht
event-test = Test

deliveries-title = Zustellungen
deliveries-lead = An Webhooks und Hooks gesendete Ereignisse und die Antworten darauf.
deliveries-empty-text = Es wurden noch keine Ereignisse gesendet.
deliveries-col-event = Ereignis
deliveries-col-receiver = Empfänger
deliveries-hook = Hook { $name }
deliveries-state-waiting = Wartend
deliveries-state-running = Laufend
deliveries-state-done = Zugestellt
deliveries-state-failed = Aufgegeben
deliveries-state-discarded = Verworfen
deliveries-taken = Angenommen
deliveries-again = Erneut senden
deliveries-again-label = Erneut senden: { $event } ({ $subject }) an { $receiver }
field-deliveries-webhook = Webhook
field-deliveries-state = Zustand

flash-webhooks-saved = { $name } wurde gespeichert.
flash-webhooks-deleted = { $name } wurde gelöscht.
flash-webhooks-tested = Ein Testereignis ist unterwegs zu { $label }. Der Zustand steht unten.
flash-deliveries-again = { $subject }: Das Ereignis wird erneut gesendet.
