# Wörter des Rahmens, der Formulare und der Listen.

brand = Clientele

## Navigation
nav-label = Hauptmenü
nav-dashboard = Übersicht
nav-customers = Kunden
nav-plans = Hosting-Pakete
nav-admins = Admins
nav-php-configs = PHP-Konfigurationen
nav-mysql-servers = MySQL-Server
nav-settings = Einstellungen
nav-mail-templates = E-Mail-Vorlagen
nav-webhooks = Webhooks
nav-jobs = Aufträge
nav-audit = Protokoll
nav-account = Mein Konto
nav-group-server = Server
nav-group-system = System
skip-to-content = Zum Inhalt springen
menu-open = Menü
menu-close = Menü schließen
menu-account = Kontomenü
breadcrumbs = Sie sind hier
find-customer = Kunden suchen
sign-out = Abmelden
acting-as = Sie handeln als { $customer }.
acting-stop = Zurück zu { $admin }

## Rollen
role-server-admin = Server-Admin
role-admin = Admin
role-reseller = Reseller
role-customer = Kunde

## Darstellung
theme-light = Hell
theme-dark = Dunkel
theme-system = Wie das System

## Schaltflächen
button-add = Anlegen
button-apply = Anwenden
button-back = Zurück
button-cancel = Abbrechen
button-copy = Kopieren
button-copied = Kopiert
button-delete = Löschen
button-edit = Bearbeiten
button-export-csv = Als CSV exportieren
button-filter = Filtern
button-hide = Verbergen
button-move = Verschieben
button-reset = Zurücksetzen
button-resume = Freigeben
button-retry = Wiederholen
button-save = Speichern
button-search = Suchen
button-send = Senden
button-show = Anzeigen
button-suspend = Sperren
button-unlock = Blockierung aufheben
actions = Aktionen

## Formulare
form-invalid-title = { $count ->
    [one] Eine Angabe braucht Ihre Aufmerksamkeit
   *[other] { $count } Angaben brauchen Ihre Aufmerksamkeit
}
form-required = Mit * gekennzeichnete Felder sind Pflichtfelder.
form-stale = Dies wurde inzwischen von jemand anderem geändert, und nichts wurde gespeichert. Ihre Eingaben stehen unten; unveränderte Felder zeigen, was jetzt gespeichert ist. Nochmaliges Speichern ersetzt die andere Änderung in den hier genannten Feldern.
form-stale-field = Jemand anderes hat auch dieses Feld geändert.
form-stale-field-now = Jemand anderes hat auch dieses Feld geändert. Jetzt gespeichert: { $value }
form-to-actions = Zur Schaltfläche „Speichern“ springen
form-required-mark = Pflichtfeld
form-optional = freiwillig
form-unlimited = Unbegrenzt
form-unlimited-for = { $label }: unbegrenzt
form-unit-mib = MiB
form-unit-gib = GiB
form-choose = Bitte wählen
form-none = Keine
password-suggestion = Vorschlag
password-use-suggestion = Vorschlag übernehmen
password-show = Passwort anzeigen
password-hide = Passwort verbergen
password-rules = Ihr neues Passwort braucht
password-rule-min = { $count ->
    [one] mindestens ein Zeichen
   *[other] mindestens { $count } Zeichen
}
password-rule-lower = einen Kleinbuchstaben
password-rule-upper = einen Großbuchstaben
password-rule-digit = eine Ziffer
password-rule-special = ein Sonderzeichen
password-rule-met = erfüllt
plan-apply = Werte des Pakets eintragen
confirm-typing = Geben Sie zur Bestätigung { $word } ein.

## Felder vieler Formulare
field-loginname = Anmeldename
field-password = Passwort
field-email = E-Mail-Adresse
field-def-language = Sprache
field-theme = Darstellung

## Listen
pager = Seiten
pager-range = { $from }–{ $to } von { $total }
pager-first = Erste Seite
pager-prev = Vorherige Seite
pager-next = Nächste Seite
pager-last = Letzte Seite
pager-page = Seite { $page } von { $pages }
pager-per-page = Zeilen je Seite
sorted-asc = aufsteigend sortiert
sorted-desc = absteigend sortiert
empty-title = Hier ist noch nichts
empty-filtered-title = Keine Treffer
empty-filtered-text = Versuchen Sie andere Wörter, oder entfernen Sie einen Filter.
filter-clear = Alle Filter entfernen
filter-any = Alle

## Zustände
state-active = Aktiv
state-suspended = Gesperrt
state-locked = Blockiert
state-yes = Ja
state-no = Nein
state-never = Nie
state-unlimited = Unbegrenzt
usage-of = { $used } von { $limit }
usage-unlimited = { $used }, unbegrenzt

## Meldungen
flash-saved = Gespeichert.
flash-form-kept = Dies sind die Eingaben, die Sie nach dem Ende Ihrer Sitzung abgeschickt haben. Noch ist nichts gespeichert. Geben Sie Passwörter erneut ein.

## Anmeldung
public-tagline = Alles für Ihre Hosting-Kunden, an einem Ort.
public-point-customers = Kunden in Sekunden anlegen, ändern und finden
public-point-limits = Limits und Pakete, die eingehalten werden
public-point-audit = Jede Änderung festgehalten, mit Urheber und Zeitpunkt
