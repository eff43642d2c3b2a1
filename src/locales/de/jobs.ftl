# Arbeit im Hintergrund.

jobs-title = Aufträge
jobs-lead = Arbeit im Hintergrund nach Änderungen: E-Mails, Home-Verzeichnisse, MySQL-Konten, Webhooks und Hooks.
jobs-states = Zustand
jobs-state-all = Alle
jobs-state-waiting = Wartend
jobs-state-running = Laufend
jobs-state-failed = Aufgegeben
jobs-state-done = Erledigt
jobs-empty-title = Keine Aufträge
jobs-empty-text = Kein Auftrag ist in diesem Zustand.
jobs-col-what = Auftrag
jobs-col-state = Zustand
jobs-col-when = Zeitpunkt
jobs-col-attempts = Versuche
jobs-why = Grund
jobs-since = Angelegt
jobs-next = Nächster Versuch
jobs-ended = Beendet
jobs-run-label = Wiederholen: { $what } ({ $subject })
jobs-discard = Verwerfen
jobs-discard-label = Verwerfen: { $what } ({ $subject })
jobs-discard-text = Der Auftrag wird nie ausgeführt. Daten, die er mitführt, etwa ein Passwort, werden gelöscht.
job-create-home = Home-Verzeichnis anlegen
job-remove-home = Home-Verzeichnis löschen
job-send-welcome = Begrüßung per E-Mail senden
job-send-new-password = Neues Passwort per E-Mail senden
job-send-password-reset = Link für ein neues Passwort senden
job-send-password-changed = Hinweis auf das geänderte Passwort senden
job-send-email-changed = E-Mail über eine geänderte E-Mail-Adresse
job-send-login-names = E-Mail mit Anmeldenamen
job-sync-mysql-account = MySQL-Konto aktualisieren
job-set-home-quota = Dateisystem-Quota setzen
job-check-import = Importdatei prüfen
job-add-import = Kunden einer Importdatei anlegen
job-measure-usage = Nutzung messen
job-sync-mysql-server = Alle Konten auf einem MySQL-Server prüfen
job-drop-mysql-databases = Datenbanken löschen
job-deliver-webhook = Ereignis an einen Webhook senden
job-find-hooks = Hooks suchen
job-run-hook = Hook ausführen
flash-job-runs = { $subject }: Der Auftrag wird jetzt ausgeführt.
flash-job-discarded = { $subject }: Der Auftrag wurde verworfen.
jobs-run-failed = Alle aufgegebenen Aufträge dieser Art wiederholen
field-jobs-kind = Art
flash-jobs-run = { $count ->
    [one] Ein Auftrag wird jetzt ausgeführt.
   *[other] { $count } Aufträge werden jetzt ausgeführt.
}
