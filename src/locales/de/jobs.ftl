# Arbeit im Hintergrund.

jobs-title = Aufträge
jobs-lead = Was nach einer Änderung zu tun ist: E-Mails, Home-Verzeichnisse, MySQL-Konten, Webhooks und Hooks.
jobs-states = Zustand
jobs-state-all = Alle
jobs-state-waiting = Wartend
jobs-state-running = Laufend
jobs-state-failed = Aufgegeben
jobs-state-done = Erledigt
jobs-empty-title = Hier ist nichts
jobs-empty-text = Kein Auftrag ist in diesem Zustand.
jobs-col-what = Auftrag
jobs-col-state = Zustand
jobs-col-when = Wann
jobs-col-attempts = Versuche
jobs-why = Warum es nicht ging
jobs-since = Seit
jobs-next = Nächster Versuch
jobs-ended = Beendet
jobs-run-label = Jetzt versuchen: { $what } ({ $subject })
jobs-discard = Verwerfen
jobs-discard-label = Verwerfen: { $what } ({ $subject })
jobs-discard-text = Der Auftrag wird nie ausgeführt, und was er mitführt, etwa ein Passwort, wird gelöscht.
job-create-home = Home-Verzeichnis anlegen
job-remove-home = Home-Verzeichnis entfernen
job-send-welcome = Begrüßungsmail mit dem Passwort
job-send-new-password = E-Mail mit dem neuen Passwort
job-send-password-reset = E-Mail mit dem Link für ein vergessenes Passwort
job-send-password-changed = E-Mail über ein geändertes Passwort
job-send-email-changed = E-Mail über eine geänderte E-Mail-Adresse
job-send-login-names = E-Mail mit Anmeldenamen
job-sync-mysql-account = MySQL-Konto auf den Stand bringen
job-set-home-quota = Home-Verzeichnis an seinen Speicherplatz binden
job-check-import = Importdatei prüfen
job-add-import = Kunden einer Importdatei anlegen
job-measure-usage = Verbrauch messen
job-sync-mysql-server = Alle Konten auf einem MySQL-Server prüfen
job-drop-mysql-databases = Datenbanken entfernen
job-deliver-webhook = Webhook benachrichtigen
job-find-hooks = Auszuführende Hooks suchen
job-run-hook = Hook ausführen
flash-job-runs = { $subject }: wird jetzt versucht.
flash-job-discarded = { $subject }: verworfen.
jobs-run-failed = Alle aufgegebenen dieser Art noch einmal versuchen
field-jobs-kind = Art
flash-jobs-run = { $count ->
    [one] Ein Job wird jetzt versucht.
   *[other] { $count } Jobs werden jetzt versucht.
}
