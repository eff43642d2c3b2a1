# Wer was geändert hat.

audit-title = Protokoll
audit-lead = Jede Änderung, mit Urheber und Zeitpunkt. Einträge lassen sich weder ändern noch entfernen.
audit-search-hint = Name, Anmeldename oder Aktion
audit-empty-text = Hier erscheinen Änderungen.
audit-col-what = Aktion
audit-col-target = Geändert
audit-col-who = Geändert von
audit-col-from = Herkunft
audit-col-when = Zeitpunkt
audit-col-field = Feld
audit-col-before = Vorher
audit-col-after = Nachher
field-audit-kind = Art
audit-changes = { $count ->
    [one] Ein Wert
   *[other] { $count } Werte
}
audit-actor-system = Das System
audit-secret = geändert, nicht angezeigt
audit-id-gone = Nr. { $id } (gelöscht)

## Türen
audit-door-web = Panel
audit-door-api = API
audit-door-cli = Kommandozeile
audit-door-worker = Hintergrunddienst

## Wovon Einträge handeln
audit-target-customer = Kunde
audit-target-admin = Admin
audit-target-plan = Hosting-Paket
audit-target-php-config = PHP-Konfiguration
audit-target-mysql-server = MySQL-Server
audit-target-mail-template = E-Mail-Vorlage
audit-target-job = Auftrag
audit-target-webhook = Webhook
audit-target-system = Installation
audit-system-settings = Einstellungen
audit-system-default-index = Standard-Startseite
audit-system-froxlor = Import aus Froxlor
audit-system-demo = Beispieldaten
field-audit-customers = Kunden
field-audit-jobs = Aufträge
field-audit-panel-settings = Einstellungen
field-audit-panel-admins = Admins
field-audit-panel-customers = Kunden
field-audit-panel-phpconfigs = PHP-Konfigurationen
field-audit-panel-plans = Hosting-Pakete
field-audit-panel-domains = Domains
field-audit-ftp-users = FTP-Benutzer
field-audit-ftp-groups = FTP-Gruppen
field-audit-mail-users = Postfächer
field-audit-mail-virtual = E-Mail-Adressen
field-audit-panel-databases = Datenbanken
field-audit-api-keys = API-Schlüssel
field-audit-panel-diskspace = Messwerte zum Speicherplatz
field-audit-panel-traffic = Messwerte zum Traffic

## Was getan wurde
audit-action-customer-added = Kunde angelegt
audit-action-customer-updated = Kunde geändert
audit-action-customer-suspended = Kunde gesperrt
audit-action-customer-resumed = Kunde freigegeben
audit-action-customer-unlocked = Blockierung aufgehoben
audit-action-customer-moved = Kunde verschoben
audit-action-customer-deleted = Kunde gelöscht
audit-action-customer-deleted-with-files = Kunde mit Dateien und Datenbanken gelöscht
audit-action-customer-impersonated = Als Kunde gehandelt
audit-action-customer-password-set = Passwort durch Admin gesetzt
audit-action-customer-password-changed = Eigenes Passwort geändert
audit-action-customer-password-changed-with-ftp = Eigenes Passwort geändert, auch für FTP
audit-action-customer-password-reset-requested = Link für ein neues Passwort gesendet
audit-action-customer-password-reset = Passwort per Link neu gesetzt
audit-action-customer-api-key-added = API-Schlüssel erzeugt
audit-action-customer-api-key-updated = API-Schlüssel geändert
audit-action-customer-api-key-revoked = API-Schlüssel widerrufen
audit-action-admin-added = Admin angelegt
audit-action-admin-updated = Admin geändert
audit-action-admin-suspended = Admin gesperrt
audit-action-admin-resumed = Admin freigegeben
audit-action-admin-unlocked = Blockierung eines Admins aufgehoben
audit-action-admin-deleted = Admin gelöscht
audit-action-admin-password-set = Passwort durch anderen Admin gesetzt
audit-action-admin-password-changed = Eigenes Passwort geändert
audit-action-admin-password-reset-requested = Link für ein neues Passwort gesendet
audit-action-admin-password-reset = Passwort per Link neu gesetzt
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
audit-action-mail-template-changed = E-Mail-Vorlage geändert
audit-action-settings-updated = Einstellungen geändert
audit-action-import-froxlor = Import aus Froxlor
audit-action-job-run-now = Auftrag erneut versucht
audit-action-job-all-run-now = Aufgegebene Aufträge erneut versucht
audit-action-job-discarded = Auftrag verworfen
audit-action-webhook-added = Webhook angelegt
audit-action-webhook-updated = Webhook geändert
audit-action-webhook-secret-renewed = Geheimnis des Webhooks erneuert
audit-action-webhook-deleted = Webhook gelöscht
audit-action-webhook-tested = Testereignis gesendet
audit-action-webhook-sent-again = Ereignis erneut gesendet
audit-action-default-index-changed = Standard-Startseite geändert
audit-action-default-index-reset = Standard-Startseite zurückgesetzt
audit-action-demo-loaded = Beispielkunden angelegt
