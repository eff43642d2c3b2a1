# Kunden aus einer Datei importieren.

button-import-csv = Importieren
import-title = Kunden importieren
import-lead = Aus einer CSV-Datei, bis zu { $max } Kunden auf einmal. Sie sehen, was daraus wird, bevor etwas geschrieben wird.
import-check = Datei prüfen
import-another = Andere Datei prüfen
import-gone = Diese Datei ist nicht mehr da: Sie wird eine Stunde aufgehoben, und nur die letzte. Bitte senden Sie sie noch einmal.
field-import-file = CSV-Datei
hint-import-file = UTF-8, höchstens 1 MiB und 1.000 Zeilen; getrennt durch Komma, Semikolon oder Tabulator.
field-import-text = Oder hier einfügen
hint-import-text = Mit der Zeile der Spaltennamen obenauf.
field-import-sendpassword = Den Kunden ihre Passwörter per E-Mail senden
hint-import-sendpassword = Für Zeilen, die in einer Spalte sendpassword nichts anderes sagen.

## Hilfe
import-help-title = Wie die Datei aussieht
import-help-file = Die erste Zeile benennt die Spalten. Nötig ist nur email, dazu in jeder Zeile ein Nachname oder eine Firma; leere Zellen lassen die Vorgabe stehen.
import-help-export = Eine Datei aus „Als CSV exportieren“ lässt sich ändern und wieder importieren. Spalten, die nicht gesetzt werden können, etwa der Verbrauch, werden übergangen.
import-help-plan = Ein Paket füllt Limits und Dienste aus; gefüllte Zellen derselben Zeile gehen ihm vor. Ein Limit ist eine Zahl (Speicherplatz in MiB, Traffic in GiB) oder das Wort unlimited; ein Schalter ist 1 oder 0.
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
import-takes = Passwörter werden gründlich gehasht, deshalb dauert es etwas: für tausend Kunden bis zu einer Minute.
import-shown = { $shown } von { $total } Zeilen werden hier gezeigt, die mit Fehlern zuerst.
import-confirm = { $total ->
    [one] Diesen Kunden anlegen
   *[other] Diese { $total } Kunden anlegen
}
import-rows = Zeilen der Datei
import-col-row = Zeile
import-col-faults = Fehler
import-generated = nächste freie Nummer

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
