# Kunden: Liste, Formulare, Seiten.

customers-title = Kunden
customers-add = Kunde anlegen
customers-add-first = Ersten Kunden anlegen
customers-empty-title = Noch keine Kunden
customers-empty-text = Ihre Kunden werden hier mit Limits und Nutzung angezeigt.

## Liste
customers-filter = Kunden filtern
customers-search-placeholder = Name, Firma, Anmeldename…
customers-search-help = Suchhilfe
customers-search-help-words = Die Suche umfasst Anmeldename, Namen, Firma, Anschrift, E-Mail-Adresse, Kundennummer und Notizen. Alle Wörter müssen vorkommen. Setzen Sie Wortgruppen in Anführungszeichen. Um ein einzelnes Feld zu durchsuchen, nennen Sie es:
customers-search-help-contains = enthält den Text
customers-search-help-equals = entspricht genau dem Text
customers-search-help-compare = mehr als (>) oder weniger als (<); ohne Einheit: Speicherplatz in MiB, Traffic in GiB
customers-search-help-date = vor (<) oder nach (>) einem Datum
customers-search-help-unlimited = ist unbegrenzt
customers-search-help-fields = Durchsuchbare Felder:
customers-search-faulty-title = Ungültige Suche
customers-search-faulty-text = Korrigieren Sie die Suche oben und versuchen Sie es erneut.
customers-status = Status
customers-tab-all = Alle
customers-tab-active = Aktiv
customers-tab-suspended = Gesperrt
customers-tab-locked = Blockiert
customers-col-name = Name
customers-col-email = E-Mail
customers-col-owner = Eigentümer
customers-col-plan = Paket
customers-col-traffic = Traffic
customers-col-last-sign-in = Letzte Anmeldung
customers-usage-of = { $what } von { $name }
customers-edit-of = { $name } bearbeiten
customers-more-of = Weitere Aktionen für { $name }
field-customers-owner = Eigentümer
field-customers-plan = Paket
field-customers-language = Sprache

## Formulare
customers-add-title = Kunde anlegen
customers-add-lead = Eine E-Mail-Adresse und ein Nachname oder eine Firma genügen. Alle anderen Felder sind optional oder haben einen Standardwert.
customers-add-submit = Kunde anlegen
customers-add-shortcut = Die folgenden Felder sind optional.
customers-edit-title = { $name } bearbeiten
customers-loginname-placeholder = Nächste freie Nummer
customers-section-account = Konto
customers-section-account-text = Wenn Sie Anmeldename oder Passwort leer lassen, wird der fehlende Wert generiert.
customers-section-account-edit-text = Der Anmeldename lässt sich nicht ändern. Ein neues Passwort beendet alle Sitzungen und widerruft alle API-Schlüssel des Kunden. Lassen Sie das Feld leer, um das aktuelle Passwort zu behalten.
customers-section-contact = Kontakt
customers-section-contact-text = Eine E-Mail-Adresse und ein Nachname oder eine Firma sind erforderlich.
customers-section-plan = Hosting-Paket
customers-section-plan-text = Ein Paket gibt Limits und Dienste vor. Sie können jeden Wert danach ändern.
customers-section-services = Dienste
customers-section-services-text = Limits und Dienste, die dem Kunden zur Verfügung stehen.
customers-section-move = Eigentümer
customers-section-move-text = Verschiebt den Kunden zu einem anderen Admin.
customers-move-stays = { $owner } beibehalten
customers-gender-none = Keine Angabe
customers-gender-male = Herr
customers-gender-female = Frau
field-customers-new-loginname = Anmeldename
field-customers-new-customer-password = Passwort
field-customers-sendpassword = Passwort per E-Mail an den Kunden senden
field-customers-gui-access = Panel-Zugriff
field-customers-api-allowed = API-Zugriff
field-customers-shell-allowed = Shell-Zugriff
field-customers-createstdsubdomain = Standard-Subdomain
field-customers-store-defaultindex = Standard-Startseite
field-customers-deactivated = Gesperrt
field-customers-suspend-reason = Grund der Sperre
hint-customers-suspend-reason = Sichtbar für alle Admins mit Zugriff auf den Kunden. Der Grund bleibt gespeichert, bis der Kunde freigegeben wird.
field-customers-suspend-reason-show = Grund dem Kunden bei der Anmeldung anzeigen
field-customers-suspended-by = Gesperrt von
field-customers-confirm-below-usage = Limits unterhalb der aktuellen Nutzung speichern
hint-customers-confirm-below-usage = Es werden keine Daten gelöscht. Wenn die Server das Limit durchsetzen, kann der Kunde keine weiteren Daten speichern oder übertragen, bis die Nutzung darunter liegt.
hint-customers-deactivated = Websites, E-Mail, FTP, Datenbanken und Anmeldung funktionieren dann nicht mehr. Es werden keine Daten gelöscht.
field-customers-name = Nachname
field-customers-firstname = Vorname
field-customers-company = Firma
field-customers-gender = Anrede
field-customers-street = Straße und Hausnummer
field-customers-zipcode = Postleitzahl
field-customers-city = Ort
field-customers-phone = Telefon
field-customers-fax = Fax
field-customers-customernumber = Kundennummer
field-customers-custom-notes = Notizen
hint-customers-custom-notes = Sie können Markdown verwenden.
field-customers-custom-notes-show = Notizen dem Kunden anzeigen
field-customers-hosting-plan-id = Paket
field-customers-move-to-admin = Neuer Eigentümer
field-customers-adminid = Neuer Eigentümer
field-customers-adminname = Eigentümer
field-customers-standardsubdomain = Standard-Subdomain
field-customers-confirm = Bestätigung
field-customers-delete-userfiles = Auch Dateien und Datenbanken löschen

## Bearbeitungskonflikte
customers-conflict-title = Dieser Kunde wurde inzwischen geändert
customers-conflict-by = { $who } hat am { $at } Änderungen gespeichert.
customers-conflict-by-nobody = Jemand anderes hat am { $at } Änderungen gespeichert.
customers-conflict-text = Ihre Änderungen wurden nicht gespeichert. Die Tabelle zeigt die Unterschiede. Wenn Sie erneut speichern, ersetzen Ihre Werte die gespeicherten Werte.
customers-conflict-same = Ihre Eingaben stimmen mit den gespeicherten Werten überein.
customers-conflict-table = Vergleich Ihrer Werte mit den gespeicherten Werten
customers-conflict-field = Feld
customers-conflict-yours = Ihr Wert
customers-conflict-theirs = Gespeicherter Wert
customers-conflict-discard = Meine Eingaben verwerfen und gespeicherte Werte laden

## Seite eines Kunden
customers-act-as = Zum Kundenkonto wechseln
customers-locked-text = { $count ->
    [one] Die Anmeldung ist nach einem Fehlversuch blockiert. Die Blockierung endet automatisch.
   *[other] Die Anmeldung ist nach { $count } Fehlversuchen blockiert. Die Blockierung endet automatisch.
}
customers-suspended-by = Gesperrt von { $by } ({ $rank }) am { $at }.
customers-suspended-outranked = Nur ein Admin mit gleichem oder höherem Rang kann diesen Kunden freigeben.
customers-suspend-title = { $name } sperren
customers-suspend-text = Websites, E-Mail, FTP, Datenbanken und Anmeldung funktionieren dann nicht mehr. Es werden keine Daten gelöscht.
customers-suspend-submit = Kunde sperren
customers-suspend-reason-shown = Wird dem Kunden bei der Anmeldung angezeigt
customers-suspend-reason-hidden = Nur für Admins sichtbar
customers-suspended-text = Dieser Kunde ist gesperrt. Websites, E-Mail, FTP, Datenbanken und Anmeldung funktionieren nicht. Es wurden keine Daten gelöscht.
customers-card-usage = Nutzung
customers-space-parts = Letzte Messung: Dateien { $web }, E-Mail { $mail }, Datenbanken { $mysql }
customers-card-history = Aktivität
customers-history-all = Alle anzeigen
customers-history-none = Noch keine Aktivität.
customers-card-jobs = Offene Aufträge
customers-job-waiting = wartet
customers-job-running = wird ausgeführt
customers-job-failed = aufgegeben
customers-event-added = Angelegt
customers-event-updated = Geändert
customers-event-suspended = Gesperrt
customers-event-resumed = Freigegeben
customers-event-unlocked = Blockierung aufgehoben
customers-event-moved = Zu einem anderen Admin verschoben
customers-event-password-set = Passwort durch Admin festgelegt
customers-event-password-changed = Eigenes Passwort geändert
customers-event-password-changed-with-ftp = Eigenes Passwort geändert, auch für FTP
customers-event-password-reset-requested = Link zum Zurücksetzen des Passworts angefordert
customers-event-password-reset = Passwort per Link zurückgesetzt
customers-event-api-key-added = API-Schlüssel erstellt
customers-event-api-key-updated = API-Schlüssel geändert
customers-event-api-key-revoked = API-Schlüssel widerrufen
customers-event-impersonated = Ein Admin ist in dieses Kundenkonto gewechselt
customers-event-deleted = Gelöscht
customers-event-deleted-with-files = Mit Dateien und Datenbanken gelöscht
customers-notes-shown = für den Kunden sichtbar
customers-notes-hidden = nur für Admins sichtbar
customers-last-sign-in = Letzte Anmeldung
customers-last-failure = Letzte fehlgeschlagene Anmeldung
customers-failures = { $count ->
    [one] ein Fehlversuch
   *[other] { $count } Fehlversuche
}
customers-standard-subdomain = Standard-Subdomain
customers-home = Home-Verzeichnis
customers-guid = Benutzer- und Gruppen-ID
customers-created = Angelegt
customers-changed = Zuletzt geändert

## Verschieben
customers-move-title = { $name } verschieben
customers-move-from = Aktueller Eigentümer
customers-move-room = Verbleibendes Kontingent je Admin
customers-move-admin = Admin
customers-move-fits = Verschieben möglich
customers-move-does-not-fit = { $name } (Verschieben nicht möglich)
customers-move-unlimited = Für den Kunden unbegrenzt, aber für diesen Admin begrenzt: { $names }
customers-move-nobody-title = Keine weiteren Admins
customers-move-nobody-text = Legen Sie einen weiteren Admin an, bevor Sie den Kunden verschieben.

## Löschen
customers-delete-title = { $name } löschen
customers-delete-goes = Folgendes wird endgültig gelöscht
customers-delete-text = Der Kunde { $name } und alle hier aufgeführten Einträge werden aus dem Panel gelöscht. Einträge im Protokoll bleiben erhalten.
customers-delete-submit = Kunde löschen
customers-delete-confirm-differs = Geben Sie zur Bestätigung { $name } ein.
customers-impact-domains = Domains
customers-impact-ftp = FTP-Benutzer
customers-impact-mailboxes = Postfächer
customers-impact-addresses = E-Mail-Adressen
customers-impact-databases = Datenbanken
customers-impact-keys = API-Schlüssel
hint-customers-delete-userfiles = Wenn nicht ausgewählt, bleiben Home-Verzeichnis und Datenbanken auf den Servern. Datenbanken werden nur auf MySQL-Servern gelöscht, die über dieses Panel verwaltet werden.

## Meldungen
customers-flash-added = Der Kunde { $name } wurde angelegt. Das Passwort wurde nicht gesendet. Geben Sie es selbst an den Kunden weiter.
customers-flash-added-mailed = Der Kunde { $name } wurde angelegt. Das Passwort wird per E-Mail an { $email } gesendet.
customers-flash-added-unknown = Der Kunde { $name } wurde mit einem generierten Passwort angelegt, das niemand kennt. Legen Sie ein neues Passwort fest und senden Sie es per E-Mail, oder verweisen Sie den Kunden auf „Passwort vergessen?“.
customers-flash-saved = Die Änderungen am Kunden { $name } wurden gespeichert.
customers-flash-unchanged = Am Kunden { $name } wurden keine Änderungen vorgenommen.
customers-flash-password-set = Die Änderungen am Kunden { $name } wurden gespeichert. Das neue Passwort wurde nicht gesendet. Geben Sie es selbst an den Kunden weiter.
customers-flash-password-mailed = Die Änderungen am Kunden { $name } wurden gespeichert. Das neue Passwort wird per E-Mail an { $email } gesendet.
customers-flash-unlocked = Der Kunde { $name } kann sich wieder anmelden.
customers-flash-suspended = Der Kunde { $name } wurde gesperrt.
customers-flash-resumed = Der Kunde { $name } wurde freigegeben.
customers-flash-moved = Der Kunde { $name } wurde zu { $owner } verschoben.
customers-flash-deleted = Der Kunde { $name } wurde gelöscht. Dateien und Datenbanken bleiben auf den Servern.
customers-flash-deleted-with-files = Der Kunde { $name } wurde gelöscht. Die Dateien sowie die Datenbanken auf verwalteten MySQL-Servern werden jetzt gelöscht.
