# Aufträge im Hintergrund.

jobs-title = Aufträge
jobs-lead = Hintergrundaufträge für E-Mails, Home-Verzeichnisse, MySQL-Konten, Importe, Webhooks und Hooks.
jobs-states = Status
jobs-state-all = Alle
jobs-state-waiting = Wartend
jobs-state-running = In Ausführung
jobs-state-failed = Aufgegeben
jobs-state-done = Erledigt
jobs-empty-title = Keine Aufträge
jobs-empty-text = Für diese Ansicht gibt es keine Aufträge.
jobs-col-what = Auftrag
jobs-col-state = Status
jobs-col-when = Zeitpunkt
jobs-col-attempts = Versuche
jobs-why = Grund
jobs-since = Angelegt
jobs-next = Nächster Versuch
jobs-ended = Beendet
jobs-run-label = Erneut versuchen: { $what } ({ $subject })
jobs-discard = Auftrag verwerfen
jobs-discard-label = Verwerfen: { $what } ({ $subject })
jobs-discard-text = Der Auftrag wird nicht mehr ausgeführt. Daten im Auftrag, zum Beispiel ein Passwort, werden gelöscht.
job-create-home = Home-Verzeichnis anlegen
job-remove-home = Home-Verzeichnis löschen
job-send-welcome = Begrüßungs-E-Mail senden
job-send-new-password = Neues Passwort senden
job-send-password-reset = Link zum Zurücksetzen des Passworts senden
job-send-password-changed = Hinweis auf geändertes Passwort senden
job-send-email-changed = Hinweis auf geänderte E-Mail-Adresse senden
job-send-login-names = Anmeldenamen senden
job-sync-mysql-account = MySQL-Konto aktualisieren
job-set-home-quota = Dateisystem-Quota festlegen
job-check-import = Importdatei prüfen
job-add-import = Kunden aus Importdatei anlegen
job-measure-usage = Nutzung messen
job-sync-mysql-server = Alle Konten auf MySQL-Server prüfen
job-drop-mysql-databases = Datenbanken löschen
job-deliver-webhook = Ereignis an Webhook senden
job-find-hooks = Hooks suchen
job-run-hook = Hook ausführen
flash-job-runs = { $subject }: Der Auftrag wird jetzt ausgeführt.
flash-job-discarded = { $subject }: Der Auftrag wurde verworfen.
jobs-run-failed = Alle aufgegebenen Aufträge dieses Typs erneut versuchen
field-jobs-kind = Typ
flash-jobs-run = { $count ->
    [one] Ein Auftrag wird jetzt ausgeführt.
   *[other] { $count } Aufträge werden jetzt ausgeführt.
}
