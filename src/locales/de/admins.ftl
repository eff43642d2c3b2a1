# Admins und Reseller.

admins-lead = Server-Admins, Admins und Reseller.
admins-add = Admin anlegen
admins-edit-title = { $name } bearbeiten
admins-delete = Diesen Admin löschen
admins-delete-title = { $name } löschen
admins-search = Admin suchen
admins-search-placeholder = Anmeldename, Name, E-Mail-Adresse
admins-his-customers = Kunden
admins-col-name = Admin
admins-col-role = Rolle
admins-col-last-sign-in = Letzte Anmeldung
admins-col-status = Status
admins-created = Angelegt
admins-failures = Fehlgeschlagene Anmeldungen
admins-last-failure = (zuletzt { $at })

## Abschnitte
admins-section-account = Konto
admins-section-account-text = Wie sich der Admin anmeldet, und Sprache und Darstellung des Panels.
admins-section-account-edit-text = Der Anmeldename { $loginname } lässt sich nicht ändern. Ein neues Passwort beendet alle Sitzungen und API-Schlüssel des Admins; lassen Sie das Feld leer, um das jetzige zu behalten.
admins-section-person = Person
admins-section-person-text = An diese Adresse sendet das Panel Nachrichten. Sie darf keinem anderen Admin und keinem Kunden gehören.
admins-section-rights = Berechtigungen
admins-section-rights-text = Ohne Berechtigungen ist der Admin ein Reseller und sieht nur eigene Kunden.
admins-section-allowance = Kontingent
admins-section-allowance-text = So viel kann der Admin insgesamt an Kunden vergeben.
admins-allowance-lead = an Kunden vergeben
admins-section-sign-in = Anmeldungen
admins-section-confirm = Bestätigung
admins-section-confirm-text = Um ein Passwort oder eine E-Mail-Adresse zu ändern, brauchen Sie Ihr eigenes jetziges Passwort. Der Kontoinhaber wird per E-Mail benachrichtigt.
admins-section-confirm-add-text = Um einen Server-Admin oder einen Admin anzulegen, der alle Kunden sieht, brauchen Sie Ihr eigenes jetziges Passwort.
field-admins-current-password = Ihr jetziges Passwort

## Felder
field-admins-new-loginname = Anmeldename
field-admins-admin-password = Passwort
field-admins-name = Name
field-admins-custom-notes = Notizen
field-admins-custom-notes-show = Der Admin sieht diese Notizen
field-admins-gui-access = Darf sich im Panel anmelden
field-admins-api-allowed = Darf die API nutzen
field-admins-deactivated = Gesperrt
admins-section-grants = Vergebbare Dienste
admins-section-grants-text = Nur diese Dienste kann der Admin an Kunden vergeben.
admins-every = Alle, auch spätere
field-admins-shell-allowed = Darf Shell-Zugänge vergeben
field-admins-perlenabled = Darf Perl und CGI vergeben
hint-admins-deactivated = Gesperrte Admins werden sofort abgemeldet. Für ihre Kunden ändert sich nichts.
field-admins-change-serversettings = Server-Admin
hint-admins-change-serversettings = Ändert Einstellungen des Servers, verwaltet Admins und verschiebt Kunden.
field-admins-customers-see-all = Sieht alle Kunden
hint-admins-customers-see-all = Sieht auch alle Hosting-Pakete. Sonst ist der Admin ein Reseller und sieht nur eigene Kunden.
field-admins-caneditphpsettings = Darf PHP-Einstellungen von Domains ändern
field-admins-customers = Kunden
field-admins-domains = Domains

## Löschen
admins-delete-lead = Möglich, sobald der Admin keine Kunden hat.
admins-delete-text = Mit dem Admin wird endgültig gelöscht:
admins-delete-plans = { $count ->
    [0] keine Hosting-Pakete
    [one] ein Hosting-Paket; Kunden behalten ihre Limits und Dienste
   *[other] { $count } Hosting-Pakete; Kunden behalten ihre Limits und Dienste
}
admins-delete-access = Sitzungen und API-Schlüssel des Admins
delete-cannot-be-undone = Das lässt sich nicht rückgängig machen
field-confirm = Bestätigung

## Meldungen
flash-admin-added = Admin { $loginname } wurde angelegt.
flash-admin-saved = Admin { $loginname } wurde gespeichert.
flash-admin-deleted = Admin { $loginname } wurde gelöscht.
flash-admin-unlocked = Admin { $loginname } kann sich wieder anmelden.
