# Die Übersicht jeder Rolle.

dashboard-welcome = Willkommen, { $name }
dashboard-manager-lead = Ihre Kunden im Überblick.
dashboard-customer-lead = Ihr Hosting-Konto im Überblick.

## Admins und Reseller
dashboard-add-customer = Kunde anlegen
dashboard-customers = Kunden
dashboard-active = Aktiv
dashboard-suspended = Gesperrt
dashboard-locked = Blockiert
dashboard-admins = Admins
dashboard-newest = Neueste Kunden
dashboard-all-customers = Alle Kunden
dashboard-no-customers = Noch keine Kunden
dashboard-no-customers-text = Legen Sie Ihren ersten Kunden an. Eine E-Mail-Adresse und ein Nachname oder eine Firma genügen.
dashboard-quota = Vergebenes Kontingent
dashboard-recent = Aktivität
dashboard-all-entries = Alle anzeigen
dashboard-stuck = { $count ->
    [one] Ein Auftrag wartet seit { $since } auf die Ausführung.
   *[other] { $count } Aufträge warten auf die Ausführung, der älteste seit { $since }.
}
dashboard-failed = { $count ->
    [one] Ein Auftrag wurde aufgegeben.
   *[other] { $count } Aufträge wurden aufgegeben.
}
dashboard-to-jobs = Aufträge anzeigen

## Kunden
dashboard-to-account = Passwort und Sprache
dashboard-notes = Notizen Ihres Anbieters
dashboard-usage = Nutzung
dashboard-usage-none = Für Ihr Konto sind noch keine Dienste eingerichtet.
dashboard-account = Ihr Konto
dashboard-plan = Hosting-Paket
dashboard-subdomain = Standard-Subdomain
dashboard-domains = Domains
dashboard-domains-none = Keine
dashboard-home = Home-Verzeichnis
dashboard-services = Dienste
dashboard-provider = Ihr Anbieter
dashboard-provider-name = Name
dashboard-provider-contact = Kontakt
dashboard-reseller = Ihr Ansprechpartner
