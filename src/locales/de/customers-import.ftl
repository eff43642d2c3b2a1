# Kunden aus einer Datei importieren.

button-import-csv = Importieren
import-title = Kunden importieren
import-lead = Aus einer CSV-Datei oder Excel-Mappe, bis zu { $max } Kunden auf einmal. Sie sehen das Ergebnis, bevor etwas geschrieben wird.
import-check = Datei prüfen
import-another = Andere Datei prüfen
import-gone = Diese Datei ist nicht mehr da: Sie wird eine Stunde aufgehoben, und nur die letzte. Bitte senden Sie sie noch einmal.
field-import-file = CSV-Datei oder Excel-Mappe
hint-import-file = Höchstens 24 MiB und 50.000 Zeilen. Komma, Semikolon und Tabulator werden erkannt. Aus einer Mappe (.xlsx) wird das erste Blatt gelesen.
field-import-encoding = Zeichenkodierung
hint-import-encoding = Wählen Sie eine aus, wenn Buchstaben wie ä oder é in der Vorschau falsch aussehen.
import-encoding-detect = Erkennen
import-bounds = Möglich sind { $size } MiB und { $rows } Zeilen.
import-passwords-left-out = Die Passwörter wurden aus diesem Text entfernt. Tragen Sie sie wieder ein, sonst bekommen die Kunden erzeugte.
field-import-text = Oder hier einfügen
hint-import-text = Mit der Zeile der Spaltennamen obenauf.
field-import-sendpassword = Den Kunden ihre Passwörter per E-Mail senden
hint-import-sendpassword = Für Zeilen, die in einer Spalte sendpassword nichts anderes sagen.

## Hilfe
import-help-title = Wie die Datei aussieht
import-help-file = Die erste Zeile benennt die Spalten; übliche deutsche und englische Namen werden verstanden. Nötig ist nur email, dazu in jeder Zeile ein Nachname oder eine Firma; leere Zellen lassen die Vorgabe stehen.
import-help-export = Eine Datei aus „Als CSV exportieren“ lässt sich ändern und wieder importieren. Spalten, die nicht gesetzt werden können, etwa der Verbrauch, werden übergangen.
import-help-plan = Ein Paket füllt Limits und Dienste aus; gefüllte Zellen derselben Zeile gehen ihm vor. Ein Limit ist eine Zahl (Speicherplatz in MiB, Traffic in GiB) oder das Wort unbegrenzt; ein Schalter ist 1 oder 0, ja oder nein, wahr oder falsch.
import-help-passwords = Ohne Passwort in der Datei bekommt jeder Kunde ein erzeugtes. Wird es nicht per E-Mail gesendet, kennt es niemand.
import-example = Beispiel herunterladen
import-help-columns = Alle Spalten
import-help-columns-text = Mit diesen Namen, in beliebiger Reihenfolge:

## Vorschau
import-preview-title = Vorschau des Imports
import-what-comes = Was geschehen wird
import-clean = { $total ->
    [one] Ein Kunde wird angelegt
   *[other] { $total } Kunden werden angelegt
}
import-clean-text = Noch wurde nichts geschrieben.
import-faulty = { $total ->
    [one] Ein Kunde
   *[other] { $total } Kunden
}, { $faulty ->
    [one] eine Zeile mit Fehlern
   *[other] { $faulty } Zeilen mit Fehlern
}
import-faulty-text = Es wurde nichts geschrieben. Bitte korrigieren Sie die Datei und senden Sie sie noch einmal; es gilt alles oder nichts.
import-passwords-mailed = { $count ->
    [one] Ein Passwort wird per E-Mail an den Kunden gesendet.
   *[other] { $count } Passwörter werden per E-Mail an die Kunden gesendet.
}
import-passwords-typed = { $count ->
    [one] Ein Passwort kommt aus der Datei und wird nicht gesendet; bitte geben Sie es weiter.
   *[other] { $count } Passwörter kommen aus der Datei und werden nicht gesendet; bitte geben Sie sie weiter.
}
import-passwords-unknown = { $count ->
    [one] Ein Kunde bekommt ein erzeugtes Passwort, das niemand erfährt.
   *[other] { $count } Kunden bekommen erzeugte Passwörter, die niemand erfährt.
}
import-ignored = Diese Spalten können nicht gesetzt werden und werden übergangen:
import-takes = Die Kunden werden im Hintergrund angelegt, und Sie sehen den Fortschritt. Tausend Passwörter zu hashen dauert etwa eine halbe Minute.
import-shown = { $shown } von { $total } Zeilen werden hier gezeigt, die mit Fehlern oder Hinweisen zuerst.
import-confirm = { $total ->
    [one] Diesen Kunden anlegen
   *[other] Diese { $total } Kunden anlegen
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
    [one] In einer Zeile steht eine E-Mail-Adresse oder Kundennummer, die es schon gibt. Sie können den Kunden trotzdem anlegen.
   *[other] In { $count } Zeilen steht eine E-Mail-Adresse oder Kundennummer, die es schon gibt. Sie können die Kunden trotzdem anlegen.
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
import-stage-waiting = Wartet auf den Hintergrunddienst
import-stage-checking = Die Zeilen werden geprüft
import-stage-hashing = Die Passwörter werden gehasht
import-stage-writing = Die Kunden werden geschrieben
import-run-rows = { $done } von { $total } Zeilen
import-run-leave = Sie können diese Seite verlassen; der Import läuft weiter.
import-run-show = Die neuen Kunden zeigen
import-run-unknown = { $count ->
    [one] Bei einem davon kennt niemand das erzeugte Passwort: Setzen Sie ein neues und senden Sie es per E-Mail, oder verweisen Sie auf „Passwort vergessen?“.
   *[other] Bei { $count } davon kennt niemand das erzeugte Passwort: Setzen Sie neue und senden Sie sie per E-Mail, oder verweisen Sie auf „Passwort vergessen?“.
}
import-run-refused-text = Dieses Konto darf keine Kunden mehr anlegen. Es wurde nichts angelegt.

## Meldungen
import-flash-added = { $count ->
    [one] Ein Kunde wurde angelegt.
   *[other] { $count } Kunden wurden angelegt.
}
import-flash-added-unknown = { $count ->
    [one] Ein Kunde wurde angelegt.
   *[other] { $count } Kunden wurden angelegt.
} { $unknown ->
    [one] Bei einem davon kennt niemand das erzeugte Passwort: Setzen Sie ein neues und senden Sie es per E-Mail, oder verweisen Sie auf „Passwort vergessen?“.
   *[other] Bei { $unknown } davon kennt niemand das erzeugte Passwort: Setzen Sie neue und senden Sie sie per E-Mail, oder verweisen Sie auf „Passwort vergessen?“.
}

## Export
export-separator = Trennzeichen der exportierten Datei
export-semicolons = Semikolons, für deutsche und viele europäische Tabellenprogramme
export-commas = Kommas, für andere Tabellenprogramme und Programme
