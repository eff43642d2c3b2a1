# Admins und Reseller.

admins-lead = Wer sich um Kunden kümmert: Server-Admins, Admins und Reseller.
admins-add = Admin hinzufügen
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
admins-created = Hinzugefügt
admins-failures = Fehlgeschlagene Anmeldungen
admins-last-failure = (zuletzt { $at })

## Abschnitte
admins-section-account = Konto
admins-section-account-text = Wie der Admin sich anmeldet und wie das Panel ihn begrüßt.
admins-section-account-edit-text = Der Anmeldename { $loginname } lässt sich nicht ändern. Lassen Sie das Passwort leer, um es zu behalten; ein neues beendet seine Sitzungen und API-Schlüssel.
admins-section-person = Person
admins-section-person-text = An wen Nachrichten des Panels gehen. Die Adresse darf keinem anderen Admin und keinem Kunden gehören.
admins-section-rights = Rechte
admins-section-rights-text = Ohne eines davon ist dies ein Reseller: Er sieht nur seine eigenen Kunden.
admins-section-allowance = Kontingent
admins-section-allowance-text = Was der Admin an eigene Kunden vergeben darf, alles zusammen.
admins-allowance-lead = an Kunden vergeben
admins-section-sign-in = Anmeldungen

## Felder
field-admins-new-loginname = Anmeldename
field-admins-admin-password = Passwort
field-admins-name = Name
field-admins-custom-notes = Notizen
field-admins-custom-notes-show = Der Admin sieht diese Notizen
field-admins-gui-access = Darf das Panel benutzen
field-admins-api-allowed = Darf die API benutzen
field-admins-deactivated = Gesperrt
hint-admins-deactivated = Ein gesperrter Admin wird sofort abgemeldet. Für seine Kunden ändert sich nichts.
admins-section-grants = Leistungen, die vergeben werden dürfen
admins-section-grants-text = Diese Leistungen kann der Administrator an seine Kunden vergeben, andere nicht.
admins-every = Alle, auch später hinzugefügte
field-admins-shell-allowed = Darf Shell-Zugänge vergeben
field-admins-perlenabled = Darf Perl und CGI vergeben
field-admins-change-serversettings = Server-Admin
hint-admins-change-serversettings = Ändert Einstellungen des Servers, verwaltet Admins und verschiebt Kunden.
field-admins-customers-see-all = Sieht alle Kunden
hint-admins-customers-see-all = Und alle Hosting-Pakete. Ohne dies ist er ein Reseller mit eigenen Kunden.
field-admins-caneditphpsettings = Darf PHP-Einstellungen von Domains ändern
field-admins-customers = Kunden
field-admins-domains = Domains

## Löschen
admins-delete-lead = Möglich, sobald dem Admin kein Kunde mehr gehört.
admins-delete-text = Mit dem Admin verschwindet, was ihm allein gehört:
admins-delete-plans = { $count ->
    [0] keine Hosting-Pakete
    [one] ein Hosting-Paket; Kunden behalten, was sie bekommen haben
   *[other] { $count } Hosting-Pakete; Kunden behalten, was sie bekommen haben
}
admins-delete-access = seine Sitzungen und API-Schlüssel
delete-cannot-be-undone = Das lässt sich nicht rückgängig machen
field-confirm = Bestätigung

## Meldungen
flash-admin-added = Admin { $loginname } wurde hinzugefügt.
flash-admin-saved = Admin { $loginname } wurde gespeichert.
flash-admin-deleted = Admin { $loginname } wurde gelöscht.
flash-admin-unlocked = Admin { $loginname } kann sich wieder anmelden.
