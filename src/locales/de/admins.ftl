# Admins und Reseller.

admins-lead = Konten der Server-Admins, Admins und Reseller.
admins-add = Admin anlegen
admins-edit-title = { $name } bearbeiten
admins-delete = Admin löschen
admins-delete-title = { $name } löschen
admins-search = Admins suchen
admins-search-placeholder = Name, Anmeldename oder E-Mail
admins-own-customers = Kunden
admins-col-name = Admin
admins-col-role = Rolle
admins-col-last-sign-in = Letzte Anmeldung
admins-col-status = Status
admins-created = Angelegt
admins-failures = Fehlgeschlagene Anmeldungen
admins-last-failure = (zuletzt am { $at })
admins-notes-shown = für den Admin sichtbar
admins-notes-hidden = nur für Server-Admins sichtbar

## Abschnitte
admins-section-account = Konto
admins-section-account-text = Anmeldedaten, Sprache und Darstellung des Admins.
admins-section-account-edit-text = Der Anmeldename { $loginname } lässt sich nicht ändern. Ein neues Passwort beendet alle Sitzungen und widerruft alle API-Schlüssel des Admins. Lassen Sie das Feld leer, um das aktuelle Passwort zu behalten.
admins-section-person = Kontakt
admins-section-person-text = An diese E-Mail-Adresse sendet das Panel Nachrichten. Kein anderer Admin und kein Kunde kann sie verwenden.
admins-section-rights = Berechtigungen
admins-section-rights-text = Zugriff auf Servereinstellungen, Kunden und PHP-Einstellungen. Ohne die ersten beiden Berechtigungen ist der Admin ein Reseller.
admins-section-quota = Kontingent
admins-section-quota-text = Gesamtmenge, die der Admin an Kunden vergeben kann.
admins-quota-lead = an Kunden vergeben
admins-section-sign-in = Anmeldungen
admins-section-confirm = Bestätigung
admins-section-confirm-text = Um ein Passwort, eine E-Mail-Adresse, eine Berechtigung oder den Zugriff auf Panel oder API zu ändern, geben Sie Ihr eigenes aktuelles Passwort ein. Das Panel benachrichtigt den Kontoinhaber per E-Mail über ein neues Passwort oder eine neue E-Mail-Adresse.
admins-section-confirm-add-text = Um einen Server-Admin oder einen Admin mit Zugriff auf alle Kunden anzulegen, geben Sie Ihr eigenes aktuelles Passwort ein.
field-admins-current-password = Ihr aktuelles Passwort

## Felder
field-admins-new-loginname = Anmeldename
field-admins-admin-password = Passwort
field-admins-name = Name
field-admins-custom-notes = Notizen
field-admins-custom-notes-show = Notizen dem Admin anzeigen
field-admins-gui-access = Panel-Zugriff
field-admins-api-allowed = API-Zugriff
field-admins-deactivated = Gesperrt
admins-section-grants = Vergebbare Dienste
admins-section-grants-text = Dienste, die der Admin an Kunden vergeben kann.
admins-every = Alle, auch zukünftige
field-admins-shell-allowed = Darf Shell-Zugriff vergeben
field-admins-perlenabled = Darf Perl und CGI vergeben
hint-admins-deactivated = Ein gesperrter Admin wird sofort abgemeldet. Die Kunden des Admins sind nicht betroffen.
field-admins-change-serversettings = Server-Admin
hint-admins-change-serversettings = Darf Servereinstellungen ändern, Admins verwalten und Kunden verschieben.
field-admins-customers-see-all = Zugriff auf alle Kunden
hint-admins-customers-see-all = Umfasst auch alle Hosting-Pakete. Ohne diesen Zugriff sieht der Admin nur eigene Kunden und Pakete.
field-admins-caneditphpsettings = Darf PHP-Einstellungen von Domains ändern
field-admins-customers = Kunden
field-admins-domains = Domains

## Löschen
admins-delete-lead = Nur Admins ohne Kunden lassen sich löschen.
admins-delete-text = Mit dem Admin wird Folgendes endgültig gelöscht:
admins-delete-plans = { $count ->
    [one] ein Hosting-Paket (Kunden behalten ihre Limits und Dienste)
   *[other] { $count } Hosting-Pakete (Kunden behalten ihre Limits und Dienste)
}
admins-delete-access = alle Sitzungen und API-Schlüssel des Admins
delete-cannot-be-undone = Diese Aktion lässt sich nicht rückgängig machen
field-confirm = Bestätigung

## Meldungen
flash-admin-added = Admin { $loginname } wurde angelegt.
flash-admin-saved = Die Änderungen an Admin { $loginname } wurden gespeichert.
flash-admin-deleted = Admin { $loginname } wurde gelöscht.
flash-admin-unlocked = Admin { $loginname } kann sich wieder anmelden.
