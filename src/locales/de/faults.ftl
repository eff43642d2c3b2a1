# Eingabefehler; der Schlüssel ist `fault-` und der Code des Fehlers.

## Jedes Feld
fault-required = Dieses Feld ist erforderlich.
fault-format-invalid = Dieses Feld enthält nicht erlaubte Zeichen.
fault-format-invalid-of-prefix = Verwenden Sie nur Buchstaben von a bis z und Ziffern. Das erste Zeichen muss ein Buchstabe sein. Erlaubt sind höchstens { $max } Zeichen.
fault-text-too-long = Geben Sie höchstens { $max } Zeichen ein.
fault-choice-unknown = Wählen Sie einen Wert aus der Liste.
fault-host-invalid = Geben Sie einen Hostnamen ein, zum Beispiel host.example.com.
fault-type-text = Dieser Wert muss ein Text sein.
fault-type-flag = Dieser Wert muss Ja oder Nein sein.
fault-type-number = Dieser Wert muss eine Zahl sein.
fault-parameter-unknown = Dieses Feld existiert nicht.
fault-changed-meanwhile = Jemand anderes hat dies inzwischen geändert. Ihre Änderungen wurden nicht gespeichert. Prüfen Sie die neuen Werte und versuchen Sie es erneut.
admins-delete-confirm-differs = Geben Sie zur Bestätigung { $word } ein.
fault-already-sent = Dieses Formular wurde bereits gesendet. Es wurde nichts doppelt ausgeführt.

## Zahlen und Auswahl
fault-number-invalid = Geben Sie eine ganze Zahl ein, zum Beispiel 25.
fault-number-invalid-of-things = Geben Sie eine ganze Zahl von { $min } bis { $max } ein, zum Beispiel 25.
fault-number-invalid-of-units = Geben Sie eine Zahl von { $min } bis { $max } ein, zum Beispiel 2,5, oder eine Größe mit Einheit, zum Beispiel 2,5 GB.
fault-number-invalid-of-units-by-program = Geben Sie eine Zahl von { $min } bis { $max } ohne Einheit und mit Dezimalpunkt ein, zum Beispiel 2.5.
fault-number-negative = Die Zahl darf nicht negativ sein.
fault-number-negative-of-things = Die Zahl darf nicht negativ sein. Geben Sie eine ganze Zahl von { $min } bis { $max } ein.
fault-number-negative-of-units = Die Zahl darf nicht negativ sein. Geben Sie eine Zahl von { $min } bis { $max } ein.
fault-number-too-large = Die Zahl ist zu groß.
fault-number-too-large-of-things = Die Zahl ist zu groß. Geben Sie eine ganze Zahl von { $min } bis { $max } ein.
fault-number-too-large-of-units = Die Zahl ist zu groß. Geben Sie eine Zahl von { $min } bis { $max } ein.
fault-number-not-whole = Geben Sie eine ganze Zahl ein.
fault-number-ambiguous = „{ $text }“ kann { $whole } oder { $decimal } bedeuten. Geben Sie eine dieser beiden Zahlen ein.
fault-number-ambiguous-of-things = „{ $text }“ ist mehrdeutig. Geben Sie eine ganze Zahl ohne Trennzeichen ein, zum Beispiel { $whole }.
fault-number-out-of-range = Geben Sie eine Zahl von { $min } bis { $max } ein.
fault-ids-invalid = Dieser Wert muss eine Liste von IDs sein.
fault-ids-too-many = Wählen Sie höchstens { $max } Einträge.
fault-id-unknown = Der Eintrag { $id } existiert nicht. Ändern Sie Ihre Auswahl.
fault-language-unknown = Wählen Sie eine der verfügbaren Sprachen.
fault-theme-unknown = Wählen Sie eine der verfügbaren Darstellungen.
fault-gender-unknown = Wählen Sie eine der verfügbaren Anreden.

## Suche
fault-search-field-unknown = Das Feld „{ $word }“ existiert nicht oder ist nicht durchsuchbar.
fault-search-value-invalid = „{ $word }“ ist keine gültige Bedingung.
fault-search-too-long = Die Suche ist zu lang. Geben Sie höchstens { $max } Zeichen ein.
fault-search-too-many-words = Die Suche ist zu lang. Geben Sie höchstens { $max } Wörter und Bedingungen ein.
fault-search-too-many-conditions = Die Suche ist zu lang. Geben Sie höchstens { $max } Bedingungen ein.
fault-search-too-many-values = Die Suche ist zu lang. Die Listen darin dürfen zusammen höchstens { $max } Werte enthalten.

## Kontakt
fault-email-invalid = Geben Sie eine gültige E-Mail-Adresse ein, zum Beispiel name@example.com.
fault-email-of-admin = Diese E-Mail-Adresse gehört einem Admin. Geben Sie für den Kunden eine andere Adresse ein.
fault-name-or-company-required = Geben Sie einen Nachnamen oder eine Firma ein.

## Anmeldenamen
fault-loginname-format = Ein Anmeldename muss mit einem Buchstaben beginnen und mindestens zwei Buchstaben oder Ziffern haben.
fault-loginname-format-character = { $character ->
    [space] Ein Anmeldename darf keine Leerzeichen enthalten.
   *[other] Ein Anmeldename darf „{ $character }“ nicht enthalten.
    } Verwenden Sie Buchstaben von a bis z und Ziffern, und beginnen Sie mit einem Buchstaben.
fault-loginname-format-character-hyphen = { $character ->
    [space] Ein Anmeldename darf keine Leerzeichen enthalten.
   *[other] Ein Anmeldename darf „{ $character }“ nicht enthalten.
    } Verwenden Sie Buchstaben von a bis z, Ziffern, „-“ und „_“, und beginnen Sie mit einem Buchstaben.
fault-loginname-invalid = Ein Anmeldename muss mit einem Buchstaben beginnen und mit einem Buchstaben oder einer Ziffer enden. Er darf „--“ nicht enthalten.
fault-loginname-invalid-character = { $character ->
    [space] Ein Anmeldename darf keine Leerzeichen enthalten.
   *[other] Ein Anmeldename darf „{ $character }“ nicht enthalten.
    } Verwenden Sie Buchstaben von a bis z und Ziffern.
fault-loginname-invalid-character-hyphen = { $character ->
    [space] Ein Anmeldename darf keine Leerzeichen enthalten.
   *[other] Ein Anmeldename darf „{ $character }“ nicht enthalten.
    } Verwenden Sie Buchstaben von a bis z, Ziffern, „-“ und „_“.
fault-loginname-too-long = Ein Anmeldename darf höchstens { $max } Zeichen haben.
fault-loginname-uses-prefix = Anmeldenamen aus „{ $prefix }“ und einer Zahl werden automatisch vergeben. Wählen Sie einen anderen Anmeldenamen.
fault-loginname-reserved = Dieser Anmeldename ist reserviert. Wählen Sie einen anderen.
fault-loginname-system-account = Dieser Anmeldename gehört einem Systemkonto des Servers. Wählen Sie einen anderen.
fault-loginname-exists = Dieser Anmeldename ist bereits vergeben. Wählen Sie einen anderen.
fault-home-exists = Das Verzeichnis { $path } existiert bereits. Wählen Sie einen anderen Anmeldenamen.
fault-domain-exists = Die Domain { $domain } existiert bereits.

## Passwörter
fault-password-too-short = Das Passwort muss mindestens { $min } Zeichen haben.
fault-password-too-long = Das Passwort darf höchstens { $max } Bytes haben.
fault-password-control-character = Das Passwort darf keine Zeilenumbrüche, Tabulatoren oder andere Steuerzeichen enthalten.
fault-password-needs-lower = Das Passwort muss einen Kleinbuchstaben (a bis z) enthalten.
fault-password-needs-upper = Das Passwort muss einen Großbuchstaben (A bis Z) enthalten.
fault-password-needs-digit = Das Passwort muss eine Ziffer enthalten.
fault-password-needs-special = Das Passwort muss eines dieser Zeichen enthalten: { $chars }
fault-password-is-loginname = Das Passwort darf nicht mit dem Anmeldenamen identisch sein.
fault-password-common = Dieses Passwort ist leicht zu erraten. Es ist weit verbreitet oder besteht aus dem Anmeldenamen, der E-Mail-Adresse oder dem Namen des Anbieters. Wählen Sie ein längeres oder ungewöhnlicheres Passwort.

## Pakete und Dienste
fault-plan-unknown = Dieses Hosting-Paket existiert nicht, oder Sie haben keinen Zugriff darauf.
fault-php-without-config = PHP erfordert mindestens eine PHP-Konfiguration. Wählen Sie eine aus oder schalten Sie PHP aus.
fault-mysql-server-in-use = Der Kunde hat noch Datenbanken auf dem MySQL-Server { $id }. Löschen Sie diese Datenbanken, bevor Sie dem Kunden den Server entziehen.

## Limits
fault-customers-exhausted = Es lassen sich keine weiteren Kunden anlegen. Das Limit von { $limit } ist erreicht.
fault-domains-exhausted = Es sind nicht genug Domains verfügbar. Das Limit beträgt { $limit }.
fault-demo-not-empty = Demokunden lassen sich nur in einer leeren Datenbank anlegen. Diese Datenbank enthält bereits Kunden.
fault-allocation-unlimited = Unbegrenzt ist nicht möglich. Ein Limit ist erforderlich, weil der Eigentümer ein Limit hat.
fault-allocation-exceeded = Dieser Wert überschreitet das verbleibende Kontingent des Eigentümers. Verbleibend: { $left } { $unit }
fault-below-usage = Das Limit liegt unter der aktuellen Nutzung. Aktuelle Nutzung: { $used } { $unit }
fault-below-measured = Das Limit liegt unter der aktuellen Nutzung: { $used } { $unit }. Bestätigen Sie dies oberhalb der Schaltfläche „Speichern“, oder geben Sie ein höheres Limit ein.
fault-below-measured-stored = Das neue Limit liegt unter der aktuellen Nutzung: { $used } { $unit }.

## Verschieben
fault-admin-unknown = Wählen Sie einen vorhandenen Admin.
fault-move-same-owner = Der Kunde gehört diesem Admin bereits.
fault-move-target-suspended = Dieser Admin ist gesperrt. Wählen Sie einen anderen Admin.
fault-suspended-by-higher-rank = { $by } hat diesen Kunden gesperrt. Nur ein Admin mit gleichem oder höherem Rang kann die Sperre ändern.

## Admins
fault-email-exists = Ein anderer Admin verwendet diese E-Mail-Adresse bereits.
fault-email-of-customer = Diese E-Mail-Adresse gehört einem Kunden. Geben Sie für den Admin eine andere Adresse ein.
fault-below-assigned = Das Limit liegt unter dem bereits an Kunden vergebenen Kontingent. Vergeben: { $used } { $unit }
fault-not-granted = { $owner } hat keine Berechtigung, Folgendes zu vergeben: { $names }.
fault-not-granted-switch = { $owner } hat keine Berechtigung, diesen Dienst zu vergeben.
fault-grant-in-use = Kunden dieses Admins nutzen diesen Dienst noch. Entziehen Sie ihn zuerst diesen Kunden. Betroffene Kunden: { $count }
fault-handed-out-unlimited = Ein Limit ist nicht möglich, weil mindestens ein Kunde kein Limit hat.
fault-cannot-lock-out-self = Sie können sich nicht selbst den Zugriff entziehen. Bitten Sie einen anderen Server-Admin darum.
fault-last-server-admin = Dies ist der letzte Server-Admin, der sich anmelden kann. Mindestens ein Server-Admin muss Zugriff behalten.
fault-cannot-delete-self = Sie können Ihr eigenes Konto nicht löschen. Bitten Sie einen anderen Server-Admin darum.
fault-admin-has-customers = { $count ->
    [one] Diesem Admin gehört noch ein Kunde. Verschieben oder löschen Sie diesen zuerst.
   *[other] Diesem Admin gehören noch { $count } Kunden. Verschieben oder löschen Sie diese zuerst.
}
fault-cannot-delete-first-admin = Der erste Admin lässt sich nicht löschen. Sie können diesen Admin stattdessen sperren.

## PHP-Konfigurationen und MySQL-Server
fault-path-invalid = Geben Sie den vollständigen Pfad einer Datei ein, zum Beispiel /usr/bin/php-cgi.
fault-server-host-invalid = Geben Sie einen Hostnamen oder eine IP-Adresse ein.
fault-in-use = { $count ->
    [one] Ein Kunde verwendet diesen Eintrag noch. Entfernen Sie ihn zuerst beim Kunden.
   *[other] { $count } Kunden verwenden diesen Eintrag noch. Entfernen Sie ihn zuerst bei diesen Kunden.
}
fault-mysql-server-not-empty = Kunden haben auf diesem Server noch Datenbanken oder Konten. Löschen Sie die Datenbanken und warten Sie, bis die Aufträge zum Entfernen der Konten erledigt sind.
fault-cannot-delete-default-server = Der Standardserver lässt sich nicht löschen.

## Aufträge und Zustellungen
fault-job-running = Der Auftrag wird gerade ausgeführt. Warten Sie, bis er beendet ist.
fault-job-done = Der Auftrag ist bereits erledigt.

## Importierte Dateien
fault-csv-too-large = Die Datei ist größer als { $max } MiB.
fault-csv-not-utf8 = Die Datei ist nicht in { $encoding } kodiert. Wählen Sie eine andere Zeichenkodierung oder „Automatisch erkennen“.
fault-csv-empty = Es wurde keine Datei ausgewählt, oder die Datei ist leer. Wählen Sie eine Datei mit Inhalt aus oder fügen Sie den Inhalt ein.
fault-csv-no-rows = Die Datei enthält keine Zeilen unter den Spaltennamen.
fault-csv-too-many-rows = Die Datei hat mehr als { $max } Zeilen. Teilen Sie sie in mehrere Dateien auf.
fault-csv-column-unknown = Diese Spalte ist unbekannt. Korrigieren Sie den Namen oder entfernen Sie die Spalte aus der Datei.
fault-csv-column-unnamed = Spalte { $number } hat keinen Namen. Geben Sie in der ersten Zeile einen Namen ein.
fault-csv-column-twice = Diese Spalte und die Spalte { $other } gehören zum selben Feld. Entfernen Sie eine der beiden Spalten.
fault-csv-column-missing = Diese Spalte ist erforderlich. Ergänzen Sie sie in der Datei.
fault-csv-ragged = { $cells ->
    [one] Eine Zelle
   *[other] { $cells } Zellen
}, aber { $columns ->
    [one] eine Spalte
   *[other] { $columns } Spalten
}. Möglicherweise fehlt eine Zelle oder ein Anführungszeichen.
fault-csv-loginname-twice = Zeile { $row } hat denselben Anmeldenamen.
fault-csv-not-encoding = Die Datei ist nicht in { $encoding } kodiert. Wählen Sie eine andere Zeichenkodierung oder „Automatisch erkennen“.
fault-csv-quote-open = Ein Anführungszeichen in Zeile { $row } wird nicht geschlossen. Ergänzen Sie das fehlende Anführungszeichen.
fault-csv-text-after-quote = In Zeile { $row } folgt Text auf ein schließendes Anführungszeichen. Schreiben Sie ein Anführungszeichen innerhalb einer Zelle doppelt: "Firma ""Sonne"" GmbH".
fault-csv-cell-too-long = Eine Zelle in Zeile { $row } ist länger als { $max } Bytes. Kürzen Sie sie.
fault-csv-row-too-long = Zeile { $row } ist länger als { $max } Bytes. Kürzen Sie sie.
fault-csv-too-many-cells = Zeile { $row } hat mehr als { $max } Zellen. Entfernen Sie einige.
fault-csv-too-much-text = Die Zellen enthalten mehr als { $max } MiB Text. Teilen Sie die Datei in mehrere Dateien auf.
fault-csv-is-binary = Dies ist keine Textdatei. Speichern Sie die Tabelle als CSV oder als Excel-Mappe (.xlsx).
fault-csv-is-xls = Dies ist eine Mappe im alten Excel-Format (.xls). Speichern Sie sie als Excel-Mappe (.xlsx) oder als CSV.
fault-csv-is-ods = Dies ist eine OpenDocument-Tabelle (.ods). Speichern Sie sie als Excel-Mappe (.xlsx) oder als CSV.
fault-csv-is-archive = Diese Datei ist ein Archiv. Entpacken Sie es und laden Sie die enthaltene CSV-Datei hoch.
fault-csv-xlsx-damaged = Die Excel-Mappe ist beschädigt oder passwortgeschützt. Speichern Sie sie erneut ohne Passwort oder als CSV.
fault-csv-xlsx-too-large = Die Excel-Mappe ist entpackt größer als { $max } MiB. Speichern Sie das Blatt als CSV.
fault-csv-line-break = Zeilenumbrüche sind in dieser Spalte nicht erlaubt. Schreiben Sie den Wert in eine Zeile.
fault-csv-value-exists = Der Kunde { $loginname } hat bereits diesen Wert.
fault-csv-value-twice = Zeile { $row } hat denselben Wert.
fault-import-under-way = Ein anderer Import von Ihnen läuft noch. Warten Sie, bis er abgeschlossen ist.
fault-import-changed = Ein Anmeldename oder eine Domain in der Datei wurde inzwischen vergeben, oder Ihre Berechtigungen wurden geändert. Prüfen Sie die Datei erneut.
fault-plan-name-unknown = Das Paket „{ $name }“ existiert nicht, oder Sie haben keinen Zugriff darauf.
fault-plan-name-ambiguous = Mehrere Pakete heißen „{ $name }“. Verwenden Sie stattdessen die Spalte hosting_plan_id mit der ID des Pakets.
fault-import-faulty = Die Datei hat Fehler. Es wurden keine Kunden angelegt.

fault-old-password-wrong = Das aktuelle Passwort ist falsch.
fault-current-password-required = Geben Sie Ihr aktuelles Passwort ein, um diese Änderung zu bestätigen.
fault-password-confirm-differs = Die beiden Passwörter stimmen nicht überein.

## API-Schlüssel
fault-network-invalid = „{ $word }“ ist keine IP-Adresse und kein Netz wie 192.0.2.0/24.
fault-networks-too-many = Geben Sie höchstens { $max } Adressen und Netze ein.
fault-date-invalid = Geben Sie ein Datum wie 2027-12-31 oder einen Zeitpunkt wie 2027-12-31T18:00:00Z ein.
fault-date-past = Dieses Datum liegt in der Vergangenheit. Geben Sie ein zukünftiges Datum ein.
fault-api-keys-too-many = Sie können höchstens { $max } API-Schlüssel haben. Widerrufen Sie einen, den Sie nicht mehr brauchen.
fault-loginname-unknown = Das Konto „{ $name }“ existiert nicht.

## MySQL-Server
fault-access-host-invalid = „{ $host }“ ist kein gültiger Host. Geben Sie einen Host wie localhost, 192.0.2.7, 192.0.2.% oder web.example.com ein.
fault-access-hosts-too-many = Geben Sie höchstens { $max } Hosts ein.
fault-admin-url-invalid = Geben Sie eine URL der Form mysql://user:password@host:port ohne Datenbank ein.
fault-mysql-server-unadministered = Dieser Server hat keine Verwaltungs-URL.
fault-mysql-server-unreachable = Der MySQL-Server lässt sich nicht verwalten: { $reason }
