# Die erste Seite jeder Rolle.

dashboard-welcome = Willkommen, { $name }
dashboard-manager-lead = Was sich bei Ihren Kunden tut, und was auf Sie wartet.
dashboard-customer-lead = Was Sie haben, und wie viel Sie davon nutzen.

## Admins und Reseller
dashboard-add-customer = Kunden anlegen
dashboard-customers = Kunden
dashboard-active = Aktiv
dashboard-suspended = Gesperrt
dashboard-locked = Ausgesperrt
dashboard-admins = Admins
dashboard-newest = Neueste Kunden
dashboard-all-customers = Alle Kunden
dashboard-no-customers = Noch keine Kunden
dashboard-no-customers-text = Legen Sie den ersten an: E-Mail-Adresse und Name genügen.
dashboard-allowance = Was Sie vergeben haben
dashboard-recent = Zuletzt
dashboard-all-entries = Alle Einträge
dashboard-stuck = { $count ->
    [one] Ein Auftrag wartet seit { $since }.
   *[other] { $count } Aufträge warten, der älteste seit { $since }.
}
dashboard-failed = { $count ->
    [one] Ein Auftrag wurde aufgegeben.
   *[other] { $count } Aufträge wurden aufgegeben.
}
dashboard-to-jobs = Nachsehen, warum

## Kunden
dashboard-to-account = Passwort und Sprache
dashboard-notes = Von Ihrem Anbieter
dashboard-usage = Bisher genutzt
dashboard-usage-none = Für Sie ist noch nichts eingerichtet.
dashboard-account = Ihr Konto
dashboard-plan = Hosting-Paket
dashboard-subdomain = Standard-Subdomain
dashboard-domains = Domains
dashboard-domains-none = Noch keine
dashboard-home = Home-Verzeichnis
dashboard-services = Dienste
dashboard-provider = Ihr Anbieter
dashboard-provider-name = Name
dashboard-provider-contact = Kontakt
dashboard-reseller = Betreut Sie
