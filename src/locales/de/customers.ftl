# Kunden: Liste, Formulare, Seiten.

customers-title = Kunden
customers-add = Kunde anlegen
customers-add-first = Den ersten Kunden anlegen
customers-empty-title = Noch keine Kunden
customers-empty-text = Hier erscheinen Ihre Kunden mit dem, was sie haben und nutzen.

## Liste
customers-filter = Kunden filtern
customers-search-placeholder = Name, Anmeldename, Firma, Ort …
customers-search-help = So suchen Sie
customers-search-help-words = Wörter werden in Anmeldename, Namen, Firma, Anschrift, E-Mail, Kundennummer und Notizen gesucht. Alle müssen vorkommen; Anführungszeichen halten Wörter zusammen. Ein Feld lässt sich beim Namen nennen:
customers-search-help-contains = enthält dies
customers-search-help-equals = ist genau dies
customers-search-help-compare = mehr (>) oder weniger (<); ohne Einheit sind Größen in MiB und Traffic in GiB
customers-search-help-date = vor (<) oder nach (>) einem Tag
customers-search-help-unlimited = ist unbegrenzt
customers-search-help-fields = Felder:
customers-search-faulty-title = Die Suche war nicht zu verstehen
customers-search-faulty-text = Bitte korrigieren Sie die Suche oben; es wurde nichts gesucht.
customers-status = Status
customers-scope-all = Alle
customers-scope-active = Aktiv
customers-scope-suspended = Gesperrt
customers-scope-locked = Anmeldung blockiert
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
customers-add-lead = Eine E-Mail-Adresse und ein Name oder eine Firma genügen; alles andere kann bleiben, wie es ist.
customers-add-submit = Kunde anlegen
customers-edit-title = { $name } bearbeiten
customers-loginname-placeholder = Leer: nächste freie Nummer
customers-section-account = Konto
customers-section-account-text = Wie sich der Kunde anmeldet. Lassen Sie Anmeldename und Passwort leer, werden sie erzeugt.
customers-section-account-edit-text = Wie sich der Kunde anmeldet. Der Anmeldename lässt sich nicht ändern; bleibt das Passwort leer, gilt das alte weiter, ein neues beendet seine Sitzungen und API-Schlüssel.
customers-section-contact = Kontakt
customers-section-contact-text = Nötig ist ein Nachname oder eine Firma.
customers-section-plan = Hosting-Paket
customers-section-plan-text = Ein Paket trägt Grenzen und Leistungen ein. Jeder Wert lässt sich danach ändern.
customers-section-services = Leistungen
customers-section-services-text = Was der Kunde nutzen darf, und wie viel davon.
customers-section-move = Eigentümer
customers-section-move-text = Gibt den Kunden mit allem, was zu ihm gehört, an einen anderen Administrator.
customers-move-stays = Bleibt bei { $owner }
customers-gender-none = Keine Angabe
customers-gender-male = Herr
customers-gender-female = Frau
field-customers-new-loginname = Anmeldename
field-customers-new-customer-password = Passwort
field-customers-sendpassword = Passwort dem Kunden mailen
field-customers-gui-access = Darf sich im Panel anmelden
field-customers-api-allowed = Darf die API nutzen
field-customers-shell-allowed = Darf eine Shell haben
field-customers-createstdsubdomain = Standard-Subdomain
field-customers-store-defaultindex = Startseite ablegen
field-customers-deactivated = Gesperrt
hint-customers-deactivated = Bei einem gesperrten Kunden ruht alles, und nichts davon geht verloren.
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
hint-customers-custom-notes = Markdown wird verstanden.
field-customers-custom-notes-show = Notizen dem Kunden zeigen
field-customers-hosting-plan-id = Paket
field-customers-move-to-admin = Verschieben zu
field-customers-adminid = Neuer Eigentümer
field-customers-adminname = Eigentümer
field-customers-standardsubdomain = Standard-Subdomain
field-customers-confirm = Anmeldename
field-customers-delete-userfiles = Auch Dateien und Datenbanken entfernen

## Zwei zugleich
customers-conflict-title = Dieser Kunde wurde inzwischen geändert
customers-conflict-by = { $who } hat am { $at } gespeichert.
customers-conflict-by-nobody = Jemand hat am { $at } gespeichert.
customers-conflict-text = Von Ihnen ist noch nichts gespeichert. Hier sehen Sie, was sich unterscheidet; speichern Sie noch einmal, treten Ihre Werte an die Stelle der anderen.
customers-conflict-same = Was Sie eingegeben haben, ist schon so gespeichert; nichts unterscheidet sich.
customers-conflict-table = Ihre Werte und die gespeicherten
customers-conflict-field = Feld
customers-conflict-yours = Ihre Angabe
customers-conflict-theirs = Jetzt gespeichert
customers-conflict-discard = Meine Angaben verwerfen und vom Gespeicherten ausgehen

## Seite eines Kunden
customers-act-as = Als dieser Kunde handeln
customers-locked-text = { $count ->
    [one] Die Anmeldung ist nach einem Fehlversuch blockiert. Sie öffnet sich nach einer Weile von selbst, oder sofort hier.
   *[other] Die Anmeldung ist nach { $count } Fehlversuchen blockiert. Sie öffnet sich nach einer Weile von selbst, oder sofort hier.
}
customers-suspended-text = Dieser Kunde ist gesperrt: keine Anmeldung, kein FTP, keine E-Mail, keine Websites. Wird er freigegeben, ist alles wieder, wie es war.
customers-card-usage = Was genutzt wird
customers-space-parts = Zuletzt gemessen: Web { $web }, E-Mail { $mail }, Datenbanken { $mysql }
customers-card-history = Letzte Ereignisse
customers-history-all = Alle anzeigen
customers-history-none = Noch ist nichts geschehen.
customers-card-jobs = Noch zu erledigen
customers-job-waiting = wartet
customers-job-running = läuft
customers-job-failed = aufgegeben
customers-job-create-home = Home-Verzeichnis anlegen
customers-job-set-home-quota = Home-Verzeichnis an seinen Speicherplatz binden
customers-job-remove-home = Home-Verzeichnis entfernen
customers-job-send-welcome = Erstes Passwort mailen
customers-job-send-new-password = Neues Passwort mailen
customers-job-sync-mysql-account = MySQL-Konto auf den Stand bringen
customers-job-drop-mysql-databases = Datenbanken entfernen
customers-event-added = Angelegt
customers-event-updated = Geändert
customers-event-suspended = Gesperrt
customers-event-resumed = Freigegeben
customers-event-unlocked = Anmeldung entsperrt
customers-event-moved = Zu einem anderen Administrator verschoben
customers-event-password-set = Passwort gesetzt
customers-event-password-changed = Hat sein Passwort selbst geändert
customers-event-password-changed-with-ftp = Hat sein Passwort selbst geändert, auch für FTP
customers-event-password-reset-requested = Hat einen Link für ein verlorenes Passwort angefordert
customers-event-password-reset = Verlorenes Passwort ersetzt
customers-event-api-key-added = API-Schlüssel erzeugt
customers-event-api-key-updated = API-Schlüssel geändert
customers-event-api-key-revoked = API-Schlüssel widerrufen
customers-event-impersonated = Ein Administrator handelte als dieser Kunde
customers-event-deleted = Gelöscht
customers-event-deleted-with-files = Mit allen Dateien gelöscht
customers-notes-shown = der Kunde sieht sie
customers-notes-hidden = nur für Administratoren
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
customers-move-room = Was die Administratoren noch übrig haben
customers-move-admin = Administrator
customers-move-fits = Passt
customers-move-does-not-fit = { $name }: passt nicht
customers-move-nobody-title = Niemand zum Verschieben
customers-move-nobody-text = Es gibt keinen anderen Administrator. Legen Sie zuerst einen an.

## Löschen
customers-delete-title = { $name } löschen
customers-delete-goes = Das wird entfernt
customers-delete-text = Der Kunde { $name } und alles Folgende wird endgültig entfernt. Nur das Protokoll bleibt.
customers-delete-submit = Endgültig löschen
customers-delete-confirm-differs = Bitte geben Sie zur Bestätigung { $name } ein.
customers-impact-domains = Domains
customers-impact-ftp = FTP-Benutzer
customers-impact-mailboxes = Postfächer
customers-impact-addresses = E-Mail-Adressen
customers-impact-databases = Datenbanken
customers-impact-keys = API-Schlüssel
hint-customers-delete-userfiles = Sonst bleiben Home-Verzeichnis und Datenbanken auf den Servern. Datenbanken gehen nur auf MySQL-Servern, die von hier verwaltet werden.

## Meldungen
customers-flash-added = Der Kunde { $name } wurde angelegt. Das Passwort wurde nicht gemailt; bitte geben Sie es weiter.
customers-flash-added-mailed = Der Kunde { $name } wurde angelegt. Das Passwort wird an { $email } gemailt.
customers-flash-added-unknown = Der Kunde { $name } wurde mit einem erzeugten Passwort angelegt, das niemand erfahren hat. Setzen Sie ein neues und lassen Sie es mailen, oder verweisen Sie den Kunden auf „Passwort vergessen?“.
customers-flash-saved = Der Kunde { $name } wurde gespeichert.
customers-flash-unchanged = Am Kunden { $name } wurde nichts geändert.
customers-flash-password-set = Der Kunde { $name } wurde gespeichert. Das neue Passwort wurde nicht gemailt; bitte geben Sie es weiter.
customers-flash-password-mailed = Der Kunde { $name } wurde gespeichert. Das neue Passwort wird an { $email } gemailt.
customers-flash-unlocked = Der Kunde { $name } kann sich wieder anmelden.
customers-flash-suspended = Der Kunde { $name } ist gesperrt.
customers-flash-resumed = Der Kunde { $name } ist wieder aktiv, mit allem, wie es war.
customers-flash-moved = Der Kunde { $name } gehört jetzt { $owner }.
customers-flash-deleted = Der Kunde { $name } wurde gelöscht. Die Dateien bleiben auf dem Server.
customers-flash-deleted-with-files = Der Kunde { $name } wurde gelöscht. Die Dateien werden entfernt.
