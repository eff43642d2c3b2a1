# Kunden: Liste, Formulare, Seiten.

customers-title = Kunden
customers-add = Kunde anlegen
customers-add-first = Den ersten Kunden anlegen
customers-empty-title = Noch keine Kunden
customers-empty-text = Hier erscheinen Ihre Kunden mit ihren Limits und ihrer Nutzung.

## Liste
customers-filter = Kunden filtern
customers-search-placeholder = Name, Anmeldename, Firma, Ort …
customers-search-help = Hinweise zur Suche
customers-search-help-words = Durchsucht werden Anmeldename, Namen, Firma, Anschrift, E-Mail-Adresse, Kundennummer und Notizen. Alle Wörter müssen vorkommen; Anführungszeichen halten Wörter zusammen. So durchsuchen Sie ein einzelnes Feld:
customers-search-help-contains = enthält den Text
customers-search-help-equals = stimmt genau überein
customers-search-help-compare = mehr als (>) oder weniger als (<); ohne Einheit ist Speicherplatz in MiB und Traffic in GiB
customers-search-help-date = vor (<) oder nach (>) einem Tag
customers-search-help-unlimited = ist unbegrenzt
customers-search-help-fields = Felder:
customers-search-faulty-title = Suche nicht verstanden
customers-search-faulty-text = Korrigieren Sie die Suche oben.
customers-status = Status
customers-scope-all = Alle
customers-scope-active = Aktiv
customers-scope-suspended = Gesperrt
customers-scope-locked = Blockiert
customers-col-name = Name
customers-col-email = E-Mail
customers-col-owner = Eigentümer
customers-col-plan = Paket
customers-col-traffic = Traffic
customers-col-last-sign-in = Letzte Anmeldung
customers-usage-of = { $what } von { $name }
customers-edit-of = { $name } bearbeiten
customers-more-of = Weitere Aktionen für { $name }
field-customers-q = Suche
field-customers-owner = Eigentümer
field-customers-plan = Paket
field-customers-language = Sprache

## Formulare
customers-add-title = Kunde anlegen
customers-add-lead = Eine E-Mail-Adresse und ein Nachname oder eine Firma genügen. Für alles andere gibt es Vorgaben.
customers-add-submit = Kunde anlegen
customers-add-shortcut = Alles Weitere ist freiwillig.
customers-edit-title = { $name } bearbeiten
customers-loginname-placeholder = Leer: nächste freie Nummer
customers-section-account = Konto
customers-section-account-text = Lassen Sie Anmeldename und Passwort leer, werden sie erzeugt.
customers-section-account-edit-text = Der Anmeldename lässt sich nicht ändern. Ein neues Passwort beendet alle Sitzungen und API-Schlüssel des Kunden; lassen Sie das Feld leer, um das jetzige zu behalten.
customers-section-contact = Kontakt
customers-section-contact-text = Nötig sind eine E-Mail-Adresse und ein Nachname oder eine Firma.
customers-section-plan = Hosting-Paket
customers-section-plan-text = Ein Paket trägt Limits und Dienste ein. Danach können Sie jeden Wert ändern.
customers-section-services = Dienste
customers-section-services-text = Limits und Dienste des Kunden.
customers-section-move = Eigentümer
customers-section-move-text = Gibt den Kunden an einen anderen Admin.
customers-move-stays = Bleibt bei { $owner }
customers-gender-none = Keine Angabe
customers-gender-male = Herr
customers-gender-female = Frau
field-customers-new-loginname = Anmeldename
field-customers-new-customer-password = Passwort
field-customers-sendpassword = Passwort dem Kunden per E-Mail senden
field-customers-gui-access = Darf sich im Panel anmelden
field-customers-api-allowed = Darf die API nutzen
field-customers-shell-allowed = Darf eine Shell haben
field-customers-createstdsubdomain = Standard-Subdomain
field-customers-store-defaultindex = Startseite ablegen
field-customers-deactivated = Gesperrt
field-customers-suspend-reason = Grund der Sperrung
hint-customers-suspend-reason = Alle Admins des Kunden sehen ihn. Er bleibt gespeichert, solange der Kunde gesperrt ist.
field-customers-suspend-reason-show = Dem Kunden den Grund bei der Anmeldung zeigen
field-customers-suspended-by = Gesperrt von
field-customers-confirm-below-usage = Limits unter dem aktuellen Verbrauch speichern
hint-customers-confirm-below-usage = Es wird nichts gelöscht. Der Kunde kann nichts mehr speichern oder übertragen, bis der Verbrauch unter dem Limit liegt.
hint-customers-deactivated = Websites, E-Mail, Datenbanken und Anmeldung funktionieren nicht mehr. Es werden keine Daten gelöscht.
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
hint-customers-custom-notes = Markdown wird unterstützt.
field-customers-custom-notes-show = Notizen dem Kunden zeigen
field-customers-hosting-plan-id = Paket
field-customers-move-to-admin = Verschieben zu
field-customers-adminid = Neuer Eigentümer
field-customers-adminname = Eigentümer
field-customers-standardsubdomain = Standard-Subdomain
field-customers-confirm = Anmeldename
field-customers-delete-userfiles = Auch Dateien und Datenbanken löschen

## Zwei zugleich
customers-conflict-title = Dieser Kunde wurde inzwischen geändert
customers-conflict-by = { $who } hat am { $at } gespeichert.
customers-conflict-by-nobody = Jemand hat am { $at } gespeichert.
customers-conflict-text = Ihre Änderungen sind noch nicht gespeichert. Die Tabelle zeigt die Unterschiede. Wenn Sie noch einmal speichern, ersetzen Ihre Werte die gespeicherten.
customers-conflict-same = Ihre Angaben stimmen mit den gespeicherten überein.
customers-conflict-table = Ihre Werte und die gespeicherten
customers-conflict-field = Feld
customers-conflict-yours = Ihre Angabe
customers-conflict-theirs = Jetzt gespeichert
customers-conflict-discard = Meine Angaben verwerfen und vom Gespeicherten ausgehen

## Seite eines Kunden
customers-act-as = Als dieser Kunde handeln
customers-locked-text = { $count ->
    [one] Die Anmeldung ist nach einem Fehlversuch blockiert. Die Blockierung endet nach einer Weile von selbst.
   *[other] Die Anmeldung ist nach { $count } Fehlversuchen blockiert. Die Blockierung endet nach einer Weile von selbst.
}
customers-suspended-by = Gesperrt von { $by } ({ $rank }) am { $at }.
customers-suspended-outranked = Nur Admins desselben oder eines höheren Rangs können diesen Kunden freigeben.
customers-suspend-title = { $name } sperren
customers-suspend-text = Websites, E-Mail, Datenbanken und Anmeldung funktionieren dann nicht mehr. Es werden keine Daten gelöscht.
customers-suspend-submit = Kunden sperren
customers-suspend-reason-shown = Der Kunde sieht ihn bei der Anmeldung
customers-suspend-reason-hidden = Nur für Admins
customers-suspended-text = Dieser Kunde ist gesperrt: Anmeldung, FTP, E-Mail und Websites funktionieren nicht. Es wurden keine Daten gelöscht.
customers-card-usage = Nutzung
customers-space-parts = Letzte Messung: Web { $web }, E-Mail { $mail }, Datenbanken { $mysql }
customers-card-history = Aktivität
customers-history-all = Alle anzeigen
customers-history-none = Noch keine Aktivität.
customers-card-jobs = Offene Aufträge
customers-job-waiting = wartet
customers-job-running = läuft
customers-job-failed = aufgegeben
customers-event-added = Angelegt
customers-event-updated = Geändert
customers-event-suspended = Gesperrt
customers-event-resumed = Freigegeben
customers-event-unlocked = Blockierung aufgehoben
customers-event-moved = Zu einem anderen Admin verschoben
customers-event-password-set = Passwort gesetzt
customers-event-password-changed = Hat das eigene Passwort geändert
customers-event-password-changed-with-ftp = Hat das eigene Passwort geändert, auch für FTP
customers-event-password-reset-requested = Hat einen Link für ein neues Passwort angefordert
customers-event-password-reset = Passwort per Link neu gesetzt
customers-event-api-key-added = API-Schlüssel erzeugt
customers-event-api-key-updated = API-Schlüssel geändert
customers-event-api-key-revoked = API-Schlüssel widerrufen
customers-event-impersonated = Ein Admin hat als dieser Kunde gehandelt
customers-event-deleted = Gelöscht
customers-event-deleted-with-files = Mit Dateien und Datenbanken gelöscht
customers-notes-shown = für den Kunden sichtbar
customers-notes-hidden = nur für Admins sichtbar
customers-last-sign-in = Letzte Anmeldung
customers-last-failure = Letzter Fehlversuch
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
customers-move-from = Jetziger Eigentümer
customers-move-room = Verbleibendes Kontingent der Admins
customers-move-admin = Admin
customers-move-fits = Passt
customers-move-does-not-fit = { $name }: passt nicht
customers-move-nobody-title = Kein anderer Admin
customers-move-nobody-text = Legen Sie zuerst einen weiteren Admin an, und verschieben Sie den Kunden dann.

## Löschen
customers-delete-title = { $name } löschen
customers-delete-goes = Das wird endgültig gelöscht
customers-delete-text = Der Kunde { $name } und alles Folgende wird endgültig gelöscht. Nur das Protokoll bleibt.
customers-delete-submit = Kunde löschen
customers-delete-confirm-differs = Geben Sie zur Bestätigung { $name } ein.
customers-impact-domains = Domains
customers-impact-ftp = FTP-Benutzer
customers-impact-mailboxes = Postfächer
customers-impact-addresses = E-Mail-Adressen
customers-impact-databases = Datenbanken
customers-impact-keys = API-Schlüssel
hint-customers-delete-userfiles = Sonst bleiben Home-Verzeichnis und Datenbanken auf den Servern. Datenbanken werden nur auf MySQL-Servern gelöscht, die von hier verwaltet werden.

## Meldungen
customers-flash-added = Der Kunde { $name } wurde angelegt. Das Passwort wurde nicht gesendet; geben Sie es selbst weiter.
customers-flash-added-mailed = Der Kunde { $name } wurde angelegt. Das Passwort wird an { $email } gesendet.
customers-flash-added-unknown = Der Kunde { $name } wurde mit einem erzeugten Passwort angelegt, das niemand kennt. Setzen Sie ein neues und senden Sie es per E-Mail, oder verweisen Sie den Kunden auf „Passwort vergessen?“.
customers-flash-saved = Der Kunde { $name } wurde gespeichert.
customers-flash-unchanged = Am Kunden { $name } wurde nichts geändert.
customers-flash-password-set = Der Kunde { $name } wurde gespeichert. Das neue Passwort wurde nicht gesendet; geben Sie es selbst weiter.
customers-flash-password-mailed = Der Kunde { $name } wurde gespeichert. Das neue Passwort wird an { $email } gesendet.
customers-flash-unlocked = Der Kunde { $name } kann sich wieder anmelden.
customers-flash-suspended = Der Kunde { $name } ist gesperrt.
customers-flash-resumed = Der Kunde { $name } ist wieder aktiv.
customers-flash-moved = Der Kunde { $name } gehört jetzt { $owner }.
customers-flash-deleted = Der Kunde { $name } wurde gelöscht. Die Dateien bleiben auf dem Server.
customers-flash-deleted-with-files = Der Kunde { $name } wurde gelöscht. Die Dateien werden gelöscht.
