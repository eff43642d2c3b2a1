# Kunden aus einer Datei importieren.

button-import-csv = Importieren
import-title = Kunden importieren
import-lead = Laden Sie eine CSV-Datei oder Excel-Mappe mit bis zu { $max } Kunden hoch. Sie sehen eine Vorschau, bevor jemand angelegt wird.
import-check = Datei prüfen
import-another = Andere Datei prüfen
import-gone = Diese Vorschau ist abgelaufen. Eine Datei wird eine Stunde aufbewahrt, und ein neuer Upload ersetzt sie. Laden Sie die Datei noch einmal hoch.
field-import-file = CSV-Datei oder Excel-Mappe
hint-import-file = Höchstens 24 MiB und 50.000 Zeilen. Komma, Semikolon und Tabulator werden als Trennzeichen erkannt. Aus einer Mappe (.xlsx) wird das erste Blatt gelesen.
field-import-encoding = Zeichenkodierung
hint-import-encoding = Wählen Sie eine Zeichenkodierung, wenn Buchstaben wie ä oder é in der Vorschau falsch aussehen.
import-encoding-detect = Automatisch erkennen
import-kept = Die Datei ist noch da. Um sie mit einer anderen Zeichenkodierung zu lesen, wählen Sie diese aus und prüfen Sie noch einmal; Sie müssen die Datei nicht erneut hochladen.
import-reread-title = Zeichenkodierung der Datei
import-reread = Noch einmal prüfen
import-bounds = Möglich sind { $size } MiB und { $rows } Zeilen.
import-passwords-left-out = Die Passwörter wurden aus diesem Text entfernt. Tragen Sie sie wieder ein, sonst werden neue erzeugt.
field-import-text = Oder den Inhalt hier einfügen
hint-import-text = Die erste Zeile muss die Spaltennamen enthalten.
field-import-sendpassword = Den Kunden ihre Passwörter per E-Mail senden
hint-import-sendpassword = Gilt für Zeilen ohne Angabe in der Spalte sendpassword.

## Hilfe
import-help-title = Aufbau der Datei
import-help-file = Die erste Zeile enthält die Spaltennamen; gängige deutsche und englische Namen werden erkannt. Nötig ist nur email, dazu in jeder Zeile ein Nachname oder eine Firma. Eine leere Zelle behält die Vorgabe bei.
import-help-export = Eine Datei aus „Als CSV exportieren“ können Sie ändern und wieder importieren. Spalten, die sich nicht setzen lassen, etwa der Verbrauch, werden ignoriert.
import-help-plan = Ein Paket füllt Limits und Dienste aus; Angaben in derselben Zeile haben Vorrang. Ein Limit ist eine Zahl (Speicherplatz in MiB, Traffic in GiB) oder das Wort unbegrenzt. Ein Schalter ist 1 oder 0, ja oder nein, wahr oder falsch.
import-help-passwords = Kunden ohne Passwort in der Datei erhalten ein erzeugtes Passwort. Wird es nicht per E-Mail gesendet, kennt es niemand.
import-example = Beispieldatei herunterladen
import-help-columns = Alle Spalten
import-help-columns-text = Spaltennamen, in beliebiger Reihenfolge:

## Vorschau
import-preview-title = Vorschau des Imports
import-what-comes = Zusammenfassung
import-clean = { $total ->
    [one] Ein Kunde wird angelegt
   *[other] { $total } Kunden werden angelegt
}
import-clean-text = Noch wurde niemand angelegt.
import-faulty = { $total ->
    [one] Ein Kunde
   *[other] { $total } Kunden
}, { $faulty ->
    [one] eine Zeile mit Fehlern
   *[other] { $faulty } Zeilen mit Fehlern
}
import-faulty-text = Es wurde niemand angelegt. Ein Import legt alle Kunden an oder keinen: Korrigieren Sie die Datei und laden Sie sie noch einmal hoch.
import-passwords-mailed = { $count ->
    [one] Ein Passwort wird per E-Mail an den Kunden gesendet.
   *[other] { $count } Passwörter werden per E-Mail an die Kunden gesendet.
}
import-passwords-typed = { $count ->
    [one] Ein Passwort stammt aus der Datei und wird nicht gesendet. Geben Sie es selbst an den Kunden weiter.
   *[other] { $count } Passwörter stammen aus der Datei und werden nicht gesendet. Geben Sie sie selbst an die Kunden weiter.
}
import-passwords-unknown = { $count ->
    [one] Ein Kunde erhält ein erzeugtes Passwort, das niemand kennt.
   *[other] { $count } Kunden erhalten erzeugte Passwörter, die niemand kennt.
}
import-ignored = Diese Spalten lassen sich nicht setzen und werden ignoriert:
import-takes = Die Kunden werden im Hintergrund angelegt; die nächste Seite zeigt den Fortschritt. Das Hashen von 1.000 Passwörtern, die in der Datei stehen oder per E-Mail gesendet werden, dauert etwa eine halbe Minute.
import-shown = { $shown } von { $total } Zeilen werden angezeigt, zuerst die mit Fehlern oder Hinweisen.
import-confirm = { $total ->
    [one] Einen Kunden anlegen
   *[other] { $total } Kunden anlegen
}
import-rows = Zeilen der Datei
import-col-row = Zeile
import-col-faults = Fehler und Hinweise
import-col-limits = Limits
import-generated = nächste freie Nummer

import-format-csv = Gelesen als { $encoding }, getrennt durch { $delimiter }.
import-format-workbook = Gelesen aus dem Blatt „{ $sheet }“.
import-format-workbook-first = Gelesen aus dem ersten Blatt, „{ $sheet }“. Die anderen Blätter wurden nicht gelesen.
import-delimiter-comma = Kommas
import-delimiter-semicolon = Semikolons
import-delimiter-tab = Tabulatoren
import-noticed = { $count ->
    [one] Eine Zeile enthält eine E-Mail-Adresse oder Kundennummer, die es schon gibt. Sie können den Kunden trotzdem anlegen.
   *[other] { $count } Zeilen enthalten eine E-Mail-Adresse oder Kundennummer, die es schon gibt. Sie können die Kunden trotzdem anlegen.
}

## Im Hintergrund
import-runs-title = Ihre letzten Importe
import-runs-line = { $total } Zeilen, { $when }
import-run-checking-title = Datei wird geprüft
import-run-checked-title = Bereit zum Importieren
import-run-faulty-title = Zeilen mit Fehlern
import-run-adding-title = Kunden werden angelegt
import-run-done-title = Importiert
import-run-refused-title = Nicht importiert
import-run-failed-title = Import fehlgeschlagen
import-run-discarded-title = Import verworfen
import-stage-waiting = Wartet auf den Hintergrunddienst
import-stage-checking = Die Zeilen werden geprüft
import-stage-hashing = Die Passwörter werden gehasht
import-stage-writing = Die Kunden werden geschrieben
import-run-rows = { $done } von { $total } Zeilen
import-run-leave = Sie können diese Seite verlassen; der Import läuft weiter.
import-run-show = Neue Kunden anzeigen
import-run-unknown = { $count ->
    [one] Bei einem davon kennt niemand das erzeugte Passwort. Setzen Sie ein neues und senden Sie es per E-Mail, oder verweisen Sie den Kunden auf „Passwort vergessen?“.
   *[other] Bei { $count } davon kennt niemand das erzeugte Passwort. Setzen Sie neue und senden Sie sie per E-Mail, oder verweisen Sie die Kunden auf „Passwort vergessen?“.
}
import-run-refused-text = Es wurde niemand angelegt, weil dieses Konto keine Kunden mehr anlegen darf.
import-run-failed-text = Es wurde niemand angelegt, weil der Import fehlgeschlagen ist. Laden Sie die Datei noch einmal hoch. Admins, die alle Kunden sehen, finden den Grund unter „Aufträge“.
import-run-discarded-text = Es wurde niemand angelegt. Ein Admin hat den Auftrag dieses Imports verworfen. Laden Sie die Datei noch einmal hoch, um den Import zu wiederholen.

## Meldungen
import-flash-added = { $count ->
    [one] Ein Kunde wurde angelegt.
   *[other] { $count } Kunden wurden angelegt.
}
import-flash-reread = Die Datei wurde inzwischen mit einer anderen Kodierung gelesen. Es wurden keine Kunden angelegt. Prüfen Sie die neue Vorschau und bestätigen Sie erneut.
import-flash-added-unknown = { $count ->
    [one] Ein Kunde wurde angelegt.
   *[other] { $count } Kunden wurden angelegt.
} { $unknown ->
    [one] Bei einem davon kennt niemand das erzeugte Passwort. Setzen Sie ein neues und senden Sie es per E-Mail, oder verweisen Sie den Kunden auf „Passwort vergessen?“.
   *[other] Bei { $unknown } davon kennt niemand das erzeugte Passwort. Setzen Sie neue und senden Sie sie per E-Mail, oder verweisen Sie die Kunden auf „Passwort vergessen?“.
}

## Export
export-separator = Trennzeichen der exportierten Datei
export-semicolons = Semikolons, für deutsche und viele europäische Tabellenprogramme
export-commas = Kommas, für andere Tabellenprogramme und Programme
