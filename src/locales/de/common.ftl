# Navigation, Schaltflächen, Formulare und Listen aller Seiten.

brand = Clientele

## Navigation
nav-label = Hauptnavigation
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
breadcrumbs = Navigationspfad
find-customer = Kunden suchen
sign-out = Abmelden
acting-as = Sie arbeiten im Konto von { $customer }.
acting-stop = Zurück zu { $admin }

## Rollen
role-server-admin = Server-Admin
role-admin = Admin
role-reseller = Reseller
role-customer = Kunde

## Darstellung
theme-light = Hell
theme-dark = Dunkel
theme-system = System

## Schaltflächen
button-apply = Anwenden
button-back = Zurück
button-cancel = Abbrechen
button-copy = Kopieren
button-copied = Kopiert
button-delete = Löschen
button-edit = Bearbeiten
button-export-csv = Als CSV exportieren
button-filter = Filtern
button-move = Verschieben
button-resume = Freigeben
button-retry = Erneut versuchen
button-save = Speichern
button-search = Suchen
button-show = Anzeigen
button-suspend = Sperren
button-unlock = Blockierung aufheben
actions = Aktionen

## Formulare
form-invalid-title = { $count ->
    [one] Prüfen Sie die folgende Angabe
   *[other] Prüfen Sie die folgenden { $count } Angaben
}
form-required = Mit * gekennzeichnete Felder sind Pflichtfelder.
form-stale = Jemand anderes hat dies inzwischen geändert. Ihre Änderungen wurden nicht gespeichert. Ihre Eingaben bleiben unten erhalten; alle anderen Felder zeigen die gespeicherten Werte. Wenn Sie erneut speichern, ersetzen Ihre Eingaben die anderen Änderungen in den hier genannten Feldern.
form-stale-field = Jemand anderes hat dieses Feld ebenfalls geändert.
form-stale-field-now = Jemand anderes hat dieses Feld ebenfalls geändert. Gespeicherter Wert: { $value }
form-to-actions = Zum Ende des Formulars springen
form-required-mark = Pflichtfeld
form-unlimited = Unbegrenzt
form-unlimited-for = { $label }: unbegrenzt
form-unit-mib = MiB
form-unit-gib = GiB
form-choose = Bitte auswählen
form-none = Nicht zugewiesen
password-suggestion = Vorgeschlagenes Passwort
password-use-suggestion = Vorschlag übernehmen
password-show = Passwort anzeigen
password-rules = Anforderungen an das Passwort
password-rule-min = { $count ->
    [one] mindestens ein Zeichen
   *[other] mindestens { $count } Zeichen
}
password-rule-lower = ein Kleinbuchstabe
password-rule-upper = ein Großbuchstabe
password-rule-digit = eine Ziffer
password-rule-special = ein Sonderzeichen
password-rule-met = erfüllt
plan-apply = Paket übernehmen
confirm-typing = Geben Sie zur Bestätigung { $word } ein.

## Felder vieler Formulare
field-loginname = Anmeldename
field-password = Passwort
field-email = E-Mail-Adresse
field-def-language = Sprache
field-q = Suche
field-theme = Darstellung

## Listen
pager = Seiten
pager-range = { $from }–{ $to } von { $total }
pager-first = Erste Seite
pager-prev = Vorherige Seite
pager-next = Nächste Seite
pager-last = Letzte Seite
pager-page = Seite { $page } von { $pages }
pager-per-page = Zeilen pro Seite
empty-title = Noch keine Einträge
empty-filtered-title = Keine Ergebnisse
empty-filtered-text = Verwenden Sie andere Suchbegriffe oder entfernen Sie einen Filter.
filter-clear = Filter zurücksetzen
filter-any = Alle

## Status
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
flash-saved = Ihre Änderungen wurden gespeichert.
flash-form-kept = Ihre Sitzung war bereits beendet, als Sie dieses Formular abgeschickt haben. Es wurde noch nichts gespeichert. Prüfen Sie Ihre Eingaben, geben Sie Passwörter erneut ein und speichern Sie.

## Anmeldung
public-tagline = Alle Ihre Hosting-Kunden zentral verwalten.
public-point-customers = Kunden in Sekunden anlegen, bearbeiten und finden
public-point-limits = Hosting-Pakete und verbindliche Limits
public-point-audit = Protokoll aller Änderungen
