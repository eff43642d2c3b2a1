# Wer was geändert hat.

audit-title = Protokoll
audit-lead = Wer was wann geändert hat. Nichts hiervon lässt sich ändern oder entfernen.
audit-search-hint = Name, Anmeldename oder Aktion
audit-empty-text = Jede Änderung wird hier vermerkt.
audit-col-what = Was
audit-col-target = Woran
audit-col-who = Durch wen
audit-col-from = Woher
audit-col-when = Wann
audit-col-field = Feld
audit-col-before = Vorher
audit-col-after = Nachher
field-audit-kind = Betrifft
audit-changes = { $count ->
    [one] Ein Wert
   *[other] { $count } Werte
}

## Türen
audit-door-web = Panel
audit-door-api = API
audit-door-cli = Kommandozeile
audit-door-worker = Worker

## Wovon Einträge handeln
audit-target-customer = Kunde
audit-target-admin = Admin
audit-target-plan = Hosting-Paket
audit-target-php-config = PHP-Konfiguration
audit-target-mysql-server = MySQL-Server
audit-target-mail-template = Mailvorlage
audit-target-job = Auftrag
audit-target-webhook = Webhook
audit-target-system = Installation

## Was getan wurde
audit-action-customer-added = Kunde angelegt
audit-action-customer-updated = Kunde geändert
audit-action-customer-suspended = Kunde gesperrt
audit-action-customer-resumed = Sperre des Kunden aufgehoben
audit-action-customer-unlocked = Anmeldesperre aufgehoben
audit-action-customer-moved = Kunde verschoben
audit-action-customer-deleted = Kunde gelöscht
audit-action-customer-deleted-with-files = Kunde mit Dateien gelöscht
audit-action-customer-impersonated = Als Kunde gehandelt
audit-action-customer-password-set = Passwort durch Admin gesetzt
audit-action-customer-password-changed = Eigenes Passwort geändert
audit-action-customer-password-changed-with-ftp = Eigenes Passwort geändert, auch für FTP
audit-action-customer-password-reset-requested = Link für vergessenes Passwort versandt
audit-action-customer-password-reset = Vergessenes Passwort per Link ersetzt
audit-action-customer-api-key-added = API-Schlüssel erzeugt
audit-action-customer-api-key-updated = API-Schlüssel geändert
audit-action-customer-api-key-revoked = API-Schlüssel widerrufen
audit-action-admin-added = Admin angelegt
audit-action-admin-updated = Admin geändert
audit-action-admin-suspended = Admin gesperrt
audit-action-admin-resumed = Sperre des Admins aufgehoben
audit-action-admin-unlocked = Anmeldesperre eines Admins aufgehoben
audit-action-admin-deleted = Admin gelöscht
audit-action-admin-password-set = Passwort durch anderen Admin gesetzt
audit-action-admin-password-changed = Eigenes Passwort geändert
audit-action-admin-password-reset-requested = Link für vergessenes Passwort versandt
audit-action-admin-password-reset = Vergessenes Passwort per Link ersetzt
audit-action-admin-api-key-added = API-Schlüssel erzeugt
audit-action-admin-api-key-updated = API-Schlüssel geändert
audit-action-admin-api-key-revoked = API-Schlüssel widerrufen
audit-action-plan-added = Hosting-Paket angelegt
audit-action-plan-updated = Hosting-Paket geändert
audit-action-plan-deleted = Hosting-Paket gelöscht
audit-action-php-config-added = PHP-Konfiguration angelegt
audit-action-php-config-updated = PHP-Konfiguration geändert
audit-action-php-config-deleted = PHP-Konfiguration gelöscht
audit-action-mysql-server-added = MySQL-Server angelegt
audit-action-mysql-server-updated = MySQL-Server geändert
audit-action-mysql-server-deleted = MySQL-Server gelöscht
audit-action-mail-template-changed = Mailvorlage geändert
audit-action-settings-updated = Einstellungen geändert
audit-action-import-froxlor = Übernahme aus Froxlor
audit-action-job-run-now = Auftrag sofort versucht
audit-action-job-all-run-now = Aufgegebene Aufträge einer Art erneut versucht
audit-action-job-discarded = Auftrag verworfen
audit-action-webhook-added = Webhook hinzugefügt
audit-action-webhook-updated = Webhook geändert
audit-action-webhook-secret-renewed = Webhook mit neuem Geheimnis
audit-action-webhook-deleted = Webhook gelöscht
audit-action-webhook-tested = Webhook versucht
audit-action-webhook-sent-again = Ereignis noch einmal gesandt
audit-action-default-index-changed = Standard-Startseite geändert
audit-action-default-index-reset = Standard-Startseite zurückgesetzt
audit-action-account-signed-in = Angemeldet
audit-action-account-sign-in-failed = Anmeldung fehlgeschlagen
audit-action-account-locked = Nach fehlgeschlagenen Anmeldungen gesperrt
audit-action-request-forbidden = Anfrage abgelehnt: nicht erlaubt
audit-action-request-forged = Formular abgelehnt: kam nicht von einer Seite des Panels
field-user-agent = Browser oder Programm
field-request = Anfrage
