# Webhooks, Hooks und Zustellungen.

webhooks-lead = Senden Sie Ereignisse zu Kunden per HTTP an Ihre eigenen Systeme.
webhooks-add = Webhook anlegen
webhooks-edit-title = { $name } bearbeiten
webhooks-delete-title = { $name } löschen
webhooks-delete-text = An diesen Webhook werden keine Ereignisse mehr gesendet, und seine Zustellungen werden gelöscht.
webhooks-empty-text = Webhooks benachrichtigen Ihre eigenen Systeme, wenn ein Kunde angelegt, geändert, gesperrt, freigegeben, verschoben oder gelöscht wird.
webhooks-col-label = Webhook
webhooks-col-url = Endpunkt-URL
webhooks-col-state = Status
webhooks-on = Aktiv
webhooks-off = Inaktiv
webhooks-forbidden = Adresse nicht erlaubt
webhooks-failed = { $count ->
    [one] Eine Zustellung fehlgeschlagen
   *[other] { $count } Zustellungen fehlgeschlagen
}
webhooks-test = Testereignis senden
webhooks-test-label = Testereignis senden: { $label }
webhooks-hooks-dir = Bei denselben Ereignissen werden auch die Programme in diesem Verzeichnis ausgeführt:
webhooks-secret = Signatur-Secret
webhooks-secret-text = Das Secret signiert alle Ereignisse und lässt sich nicht noch einmal anzeigen. Erneuern Sie es, wenn es verloren ist oder anderen bekannt sein könnte. Das aktuelle Secret wird dann sofort ungültig.
webhooks-secret-renew = Secret erneuern
webhooks-made = Signatur-Secret von { $label }
webhooks-made-once = Das Secret wird nur einmal angezeigt. Hinterlegen Sie es im empfangenden System.
webhooks-made-how = Das empfangende System prüft mit dem Secret den Header webhook-signature, wie in „Standard Webhooks“ beschrieben.
webhooks-made-done = Ich habe das Secret gespeichert

field-webhooks-label = Name
field-webhooks-url = Endpunkt-URL
hint-webhooks-url = Muss mit https:// oder http:// beginnen. Weiterleitungen werden nicht verfolgt.
field-webhooks-events = Ereignisse
field-webhooks-enabled = Aktiv
fault-webhook-url-invalid = Geben Sie eine URL ein, die mit https:// oder http:// beginnt und kein # enthält.
fault-webhook-url-password = Die URL darf weder Benutzernamen noch Passwort enthalten. Prüfen Sie stattdessen die Signatur der Ereignisse.
fault-webhook-events-none = Wählen Sie mindestens ein Ereignis.
fault-webhook-label-taken = Ein anderer Webhook hat bereits diesen Namen.
fault-webhook-url-private = { $address } ist keine öffentliche Internetadresse. Ein Server-Admin kann private Adressen in den Einstellungen erlauben.

event-customer-added = Kunde angelegt
event-customer-updated = Kunde geändert
event-customer-suspended = Kunde gesperrt
event-customer-resumed = Kunde freigegeben
event-customer-moved = Kunde verschoben
event-customer-deleted = Kunde gelöscht
event-test = Testereignis

deliveries-title = Zustellungen
deliveries-lead = Zustellungen von Ereignissen an Webhooks und Hooks mit deren Antworten.
deliveries-empty-text = Es wurden noch keine Ereignisse gesendet.
deliveries-col-event = Ereignis
deliveries-col-receiver = Endpunkt
deliveries-hook = Hook { $name }
deliveries-state-waiting = Wartend
deliveries-state-running = In Ausführung
deliveries-state-done = Zugestellt
deliveries-state-failed = Aufgegeben
deliveries-state-discarded = Verworfen
deliveries-taken = Zugestellt
deliveries-again = Erneut senden
deliveries-again-label = Erneut senden: { $event } ({ $subject }) an { $receiver }
field-deliveries-webhook = Webhook
field-deliveries-state = Status

flash-webhooks-saved = Die Änderungen am Webhook { $name } wurden gespeichert.
flash-webhooks-deleted = Der Webhook { $name } wurde gelöscht.
flash-webhooks-tested = Ein Testereignis wird an { $label } gesendet. Der Status wird unten angezeigt.
flash-deliveries-again = { $subject }: Das Ereignis wird erneut gesendet.
