# Ein Satz für jeden Fehler; der Schlüssel ist `fault-` und sein Code.

## Jedes Feld
fault-required = Füllen Sie dieses Feld aus.
fault-format-invalid = Die Angabe enthält Zeichen, die hier nicht erlaubt sind.
fault-text-too-long = Geben Sie höchstens { $max } Zeichen ein.
fault-choice-unknown = Wählen Sie einen der Einträge.
fault-host-invalid = Geben Sie einen Hostnamen wie host.example.com ein.
fault-type-text = Hier wird ein Text erwartet.
fault-type-flag = Hier wird Ja oder Nein erwartet.
fault-type-number = Hier wird eine Zahl erwartet.
fault-parameter-unknown = Dieses Feld gibt es nicht.
fault-changed-meanwhile = Jemand anderes hat dies inzwischen geändert. Von Ihnen wurde nichts gespeichert; bitte sehen Sie es sich noch einmal an.
admins-delete-confirm-differs = Tippen Sie zur Bestätigung { $word } ein.
fault-already-sent = Dieses Formular wurde schon gesendet. Nichts wurde doppelt ausgeführt.

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
fault-number-not-whole = Hier ist nur eine ganze Zahl möglich, von { $min } bis { $max }.
fault-number-ambiguous = „{ $text }“ kann { $whole } oder { $decimal } bedeuten. Schreiben Sie die Zahl auf eine dieser beiden Arten.
fault-number-ambiguous-of-things = „{ $text }“ ist hier mehrdeutig. Geben Sie eine ganze Zahl ohne Trennzeichen ein, zum Beispiel { $whole }.
fault-number-out-of-range = Geben Sie eine Zahl von { $min } bis { $max } ein.
fault-ids-invalid = Wählen Sie aus der Liste.
fault-ids-too-many = Es lassen sich höchstens { $max } Einträge wählen.
fault-id-unknown = Den Eintrag { $id } gibt es nicht mehr.
fault-language-unknown = Wählen Sie eine der Sprachen.
fault-theme-unknown = Wählen Sie eine der Darstellungen.
fault-gender-unknown = Wählen Sie eine der Anreden.

## Suche
fault-search-field-unknown = Ein Feld „{ $word }“ gibt es für die Suche nicht.
fault-search-value-invalid = „{ $word }“ lässt sich so nicht vergleichen.
fault-search-too-long = Eine Suche hat höchstens { $max } Zeichen. Kürzen Sie sie.
fault-search-too-many-words = Eine Suche hat höchstens { $max } Wörter und Bedingungen. Lassen Sie einige weg.
fault-search-too-many-conditions = Eine Suche hat höchstens { $max } Bedingungen.
fault-search-too-many-values = Die Listen einer Suche haben zusammen höchstens { $max } Werte.

## Kontakt
fault-email-invalid = Geben Sie eine gültige E-Mail-Adresse wie name@example.com ein.
fault-email-of-admin = Diese Adresse gehört einem Admin. Kunden brauchen eine eigene.
fault-name-or-company-required = Geben Sie einen Nachnamen oder eine Firma an.

## Anmeldenamen
fault-loginname-format = Ein Anmeldename beginnt mit einem Buchstaben und hat mindestens zwei Buchstaben oder Ziffern.
fault-loginname-format-character = { $character ->
    [space] Ein Anmeldename darf keine Leerzeichen enthalten.
   *[other] Ein Anmeldename darf „{ $character }“ nicht enthalten.
    } Verwenden Sie Buchstaben von a bis z und Ziffern; am Anfang steht ein Buchstabe.
fault-loginname-invalid = Ein Anmeldename darf nur Buchstaben und Ziffern enthalten.
fault-loginname-invalid-character = { $character ->
    [space] Ein Anmeldename darf keine Leerzeichen enthalten.
   *[other] Ein Anmeldename darf „{ $character }“ nicht enthalten.
    } Verwenden Sie Buchstaben von a bis z und Ziffern.
fault-loginname-too-long = Ein Anmeldename hat höchstens { $max } Zeichen.
fault-loginname-uses-prefix = Namen aus „{ $prefix }“ und einer Zahl werden automatisch vergeben.
fault-loginname-reserved = Dieser Name ist reserviert.
fault-loginname-system-account = Auf dem Server selbst gibt es ein Konto mit diesem Namen.
fault-loginname-exists = Dieser Anmeldename ist vergeben.
fault-home-exists = Das Verzeichnis { $path } gibt es schon.
fault-domain-exists = Die Domain { $domain } gibt es schon.

## Passwörter
fault-password-too-short = Das Passwort braucht mindestens { $min } Zeichen.
fault-password-too-long = Das Passwort darf höchstens { $max } Bytes haben.
fault-password-control-character = Das Passwort darf keine Zeilenumbrüche, Tabulatoren oder andere Steuerzeichen enthalten.
fault-password-needs-lower = Das Passwort braucht einen Kleinbuchstaben (a bis z).
fault-password-needs-upper = Das Passwort braucht einen Großbuchstaben (A bis Z).
fault-password-needs-digit = Das Passwort braucht eine Ziffer.
fault-password-needs-special = Das Passwort braucht eines dieser Zeichen: { $chars }
fault-password-is-loginname = Das Passwort darf nicht der Anmeldename sein.
fault-password-common = Dieses Passwort gehört zu den ersten, die ausprobiert werden: Es ist weit verbreitet oder besteht aus dem Anmeldenamen, der E-Mail-Adresse oder dem Namen des Anbieters. Wählen Sie ein längeres oder ungewöhnlicheres.

## Pakete und Leistungen
fault-plan-unknown = Dieses Hosting-Paket gibt es nicht, oder Sie haben keinen Zugriff darauf.
fault-php-without-config = PHP braucht mindestens eine PHP-Konfiguration.
fault-mysql-server-in-use = Der Kunde hat noch Datenbanken auf dem Server { $id }.

## Grenzen
fault-customers-exhausted = Es sind keine weiteren Kunden möglich: Das Limit von { $limit } ist erreicht.
fault-domains-exhausted = Es sind nicht genug Domains übrig: Das Limit ist { $limit }.
fault-demo-not-empty = Beispielkunden kommen nur in eine leere Datenbank. Es gibt schon Kunden.
fault-allocation-unlimited = Das kann nicht unbegrenzt sein, weil der Eigentümer ein Limit hat.
fault-allocation-exceeded = Das übersteigt das verbleibende Kontingent des Eigentümers. Verfügbar: { $left } { $unit }
fault-below-usage = Weniger, als schon belegt ist. Belegt: { $used } { $unit }
fault-below-measured = Weniger als der aktuelle Verbrauch: { $used } { $unit }. Bestätigen Sie dies oberhalb der Schaltfläche „Speichern“, oder geben Sie mehr ein.
fault-below-measured-stored = Das neue Limit liegt unter dem aktuellen Verbrauch: { $used } { $unit }.
fault-suspended-by-higher-rank = { $by } hat diesen Kunden gesperrt. Nur Admins desselben oder eines höheren Rangs können das ändern.

## Verschieben
fault-admin-unknown = Wählen Sie einen der Admins.
fault-move-same-owner = Der Kunde gehört diesem Admin schon.
fault-move-target-suspended = Dieser Admin ist gesperrt.

## Admins
fault-email-exists = Diese Adresse gehört bereits einem anderen Admin.
fault-email-of-customer = Diese Adresse gehört einem Kunden. Admins brauchen eine eigene.
fault-below-assigned = Weniger, als bereits an Kunden vergeben ist. Vergeben: { $used } { $unit }
fault-not-granted = { $owner } darf nicht vergeben: { $names }.
fault-not-granted-switch = { $owner } darf dies nicht vergeben.
fault-grant-in-use = Kunden dieses Admins nutzen es ({ $count }). Entziehen Sie es zuerst diesen Kunden.
fault-handed-out-unlimited = Ein Kunde hat dies unbegrenzt; deshalb lässt es sich hier nicht begrenzen.
fault-cannot-lock-out-self = Sie würden sich selbst den Zugriff nehmen. Ein anderer Server-Admin kann das tun.
fault-last-server-admin = Das ist der letzte Server-Admin, der sich anmelden kann. Niemand könnte den Server mehr verwalten.
fault-cannot-delete-self = Sie können sich nicht selbst löschen. Ein anderer Server-Admin kann das tun.
fault-admin-has-customers = { $count ->
    [one] Diesem Admin gehört noch ein Kunde. Verschieben oder löschen Sie diesen zuerst.
   *[other] Diesem Admin gehören noch { $count } Kunden. Verschieben oder löschen Sie diese zuerst.
}
fault-cannot-delete-first-admin = Der erste Admin kann nicht gelöscht, aber gesperrt werden.

## PHP-Konfigurationen und MySQL-Server
fault-path-invalid = Geben Sie den vollen Pfad einer Datei an, etwa /usr/bin/php-cgi.
fault-server-host-invalid = Geben Sie einen Hostnamen oder eine IP-Adresse an.
fault-in-use = { $count ->
    [one] Ein Kunde benutzt dies noch. Nehmen Sie es ihm zuerst weg.
   *[other] { $count } Kunden benutzen dies noch. Nehmen Sie es ihnen zuerst weg.
}
fault-cannot-delete-default-server = Der Standardserver kann nicht gelöscht werden.

## Importierte Dateien
fault-csv-too-large = Die Datei ist größer als { $max } MiB.
fault-csv-not-utf8 = Die Datei ist nicht in { $encoding } kodiert. Wählen Sie eine andere Zeichenkodierung oder „Automatisch erkennen“.
fault-csv-empty = Es wurde keine Datei ausgewählt, oder die Datei ist leer. Wählen Sie eine Datei mit Inhalt oder fügen Sie den Inhalt ein.
fault-csv-no-rows = Unter den Spaltennamen stehen keine Zeilen.
fault-csv-too-many-rows = Die Datei hat mehr als { $max } Zeilen. Teilen Sie sie in mehrere Dateien auf.
fault-csv-column-unknown = Unbekannte Spalte.
fault-csv-column-unnamed = Spalte { $number } hat keinen Namen.
fault-csv-column-twice = Diese Spalte setzt denselben Wert wie die Spalte { $other }.
fault-csv-column-missing = Diese Spalte ist erforderlich.
fault-csv-ragged = { $cells ->
    [one] Eine Zelle
   *[other] { $cells } Zellen
}, aber { $columns ->
    [one] eine Spalte
   *[other] { $columns } Spalten
}. Vielleicht fehlt eine Zelle, oder ihre Anführungszeichen fehlen.
fault-csv-loginname-twice = Zeile { $row } hat denselben Anmeldenamen.
fault-csv-not-encoding = Die Datei ist nicht in { $encoding } kodiert. Wählen Sie eine andere Zeichenkodierung oder „Automatisch erkennen“.
fault-csv-quote-open = Ein Anführungszeichen in Zeile { $row } wird nicht geschlossen.
fault-csv-text-after-quote = In Zeile { $row } folgt Text auf ein schließendes Anführungszeichen. Ein Anführungszeichen in einer Zelle wird verdoppelt: "Firma ""Sonne"" GmbH".
fault-csv-cell-too-long = Eine Zelle in Zeile { $row } ist länger als { $max } Bytes.
fault-csv-row-too-long = Zeile { $row } ist länger als { $max } Bytes.
fault-csv-too-many-cells = Zeile { $row } hat mehr als { $max } Zellen.
fault-csv-too-much-text = Die Zellen enthalten mehr als { $max } MiB Text.
fault-csv-is-binary = Das ist keine Textdatei. Speichern Sie die Tabelle als CSV oder als Excel-Mappe (.xlsx).
fault-csv-is-xls = Das ist eine Mappe im alten Excel-Format (.xls). Speichern Sie sie als Excel-Mappe (.xlsx) oder als CSV.
fault-csv-is-ods = Das ist eine OpenDocument-Tabelle (.ods). Speichern Sie sie als Excel-Mappe (.xlsx) oder als CSV.
fault-csv-is-archive = Diese Datei ist ein Archiv. Entpacken Sie es und laden Sie die CSV-Datei darin hoch.
fault-csv-xlsx-damaged = Die Excel-Mappe ist beschädigt oder durch ein Passwort geschützt. Speichern Sie sie noch einmal ohne Passwort oder als CSV.
fault-csv-xlsx-too-large = Entpackt ist die Excel-Mappe größer als { $max } MiB. Speichern Sie das Blatt als CSV.
fault-csv-line-break = Diese Zelle hat einen Zeilenumbruch, der hier nicht möglich ist. Schreiben Sie alles in eine Zeile.
fault-csv-value-exists = Diesen Wert hat schon der Kunde { $loginname }.
fault-csv-value-twice = Diesen Wert hat auch Zeile { $row }.
fault-import-under-way = Ein anderer Import von Ihnen läuft noch. Warten Sie, bis er beendet ist.
fault-import-changed = Ein Anmeldename oder eine Domain in der Datei wurde inzwischen vergeben, oder Ihre Rechte wurden geändert. Prüfen Sie die Datei noch einmal.
fault-plan-name-unknown = Das Paket „{ $name }“ gibt es nicht, oder Sie haben keinen Zugriff darauf.
fault-plan-name-ambiguous = Es gibt mehrere Pakete „{ $name }“; bitte nennen Sie stattdessen die Nummer in einer Spalte hosting_plan_id.
fault-import-faulty = Die Datei hat Fehler. Es wurde niemand angelegt.

fault-old-password-wrong = Das ist nicht Ihr jetziges Passwort.
fault-current-password-required = Geben Sie Ihr jetziges Passwort ein, um diese Änderung zu bestätigen.
fault-password-confirm-differs = Die beiden Eingaben des neuen Passworts unterscheiden sich.

## API-Schlüssel
fault-network-invalid = „{ $word }“ ist weder eine Adresse noch ein Netz wie 192.0.2.0/24.
fault-networks-too-many = Geben Sie höchstens { $max } Adressen und Netze ein.
fault-date-invalid = Geben Sie einen Tag wie 2027-12-31 oder einen Zeitpunkt wie 2027-12-31T18:00:00Z ein.
fault-date-past = Das ist schon vorbei.
fault-api-keys-too-many = Mehr als { $max } Schlüssel sind nicht möglich. Widerrufen Sie einen, der nicht mehr gebraucht wird.
fault-loginname-unknown = Es gibt kein Konto „{ $name }“.

## MySQL servers
fault-access-host-invalid = Nötig ist ein Host wie localhost, 192.0.2.7, 192.0.2.% oder web.example.com; „{ $host }“ ist keiner.
fault-access-hosts-too-many = Geben Sie höchstens { $max } Hosts ein.
fault-admin-url-invalid = Geben Sie mysql://user:password@host:port ohne Datenbank ein.
fault-mysql-server-unadministered = Für diesen Server gibt es keine Verwaltungs-URL.
fault-mysql-server-unreachable = Der MySQL-Server kann nicht verwaltet werden: { $reason }
