# Kundenimport aus einer Datei.

button-import-csv = Importieren
import-title = Kunden importieren
import-lead = Laden Sie eine CSV-Datei oder Excel-Mappe mit bis zu { $max } Kunden hoch. Vor dem Anlegen wird eine Vorschau angezeigt.
import-check = Datei prüfen
import-another = Andere Datei prüfen
import-gone = Diese Vorschau ist abgelaufen. Dateien werden eine Stunde aufbewahrt, und ein neuer Upload ersetzt den vorherigen. Laden Sie die Datei erneut hoch.
field-import-file = CSV-Datei oder Excel-Mappe
hint-import-file = Maximal 24 MiB und 50.000 Zeilen. Kommas, Semikolons und Tabulatoren werden als Trennzeichen erkannt. Aus einer Mappe (.xlsx) wird nur das erste Blatt gelesen.
field-import-encoding = Zeichenkodierung
hint-import-encoding = Wählen Sie eine Zeichenkodierung, wenn Zeichen wie ä oder é in der Vorschau falsch dargestellt werden.
import-encoding-detect = Automatisch erkennen
import-kept = Die hochgeladene Datei ist noch verfügbar. Um sie mit einer anderen Zeichenkodierung zu lesen, wählen Sie die Kodierung und prüfen Sie erneut. Sie müssen die Datei nicht noch einmal hochladen.
import-reread-title = Zeichenkodierung der Datei
import-reread = Erneut prüfen
import-bounds = Maximal { $size } MiB und { $rows } Zeilen.
import-passwords-left-out = Die Passwörter wurden aus diesem Text entfernt. Geben Sie sie erneut ein, sonst werden Passwörter generiert.
field-import-text = Oder Dateiinhalt einfügen
hint-import-text = Die erste Zeile muss die Spaltennamen enthalten.
field-import-sendpassword = Passwörter per E-Mail an die Kunden senden
hint-import-sendpassword = Gilt für Zeilen ohne Wert in der Spalte sendpassword.

## Hilfe
import-help-title = Dateiformat
import-help-file = Die erste Zeile muss die Spaltennamen enthalten. Gängige deutsche und englische Namen werden erkannt. Nur die Spalte email ist erforderlich, aber jede Zeile braucht zusätzlich einen Nachnamen oder eine Firma. Eine leere Zelle behält den Standardwert.
import-help-export = Sie können eine Datei aus „Als CSV exportieren“ bearbeiten und wieder importieren. Spalten, die sich nicht importieren lassen, etwa die Nutzung, werden ignoriert.
import-help-plan = Ein Paket gibt Limits und Dienste vor. Andere Werte in derselben Zeile haben Vorrang vor dem Paket. Ein Limit ist eine Zahl (Speicherplatz in MiB, Traffic in GiB) oder das Wort unbegrenzt. Eine Ja/Nein-Spalte akzeptiert 1 oder 0, ja oder nein, wahr oder falsch.
import-help-passwords = Kunden ohne Passwort in der Datei erhalten ein generiertes Passwort. Niemand kennt dieses Passwort, wenn es nicht per E-Mail gesendet wird.
import-example = Beispieldatei herunterladen
import-help-columns = Alle Spalten
import-help-columns-text = Spaltennamen in beliebiger Reihenfolge:

## Vorschau
import-preview-title = Importvorschau
import-what-comes = Zusammenfassung
import-clean = { $total ->
    [one] Ein Kunde kann angelegt werden
   *[other] { $total } Kunden können angelegt werden
}
import-clean-text = Es wurden noch keine Kunden angelegt.
import-faulty = { $total ->
    [one] Ein Kunde
   *[other] { $total } Kunden
}, { $faulty ->
    [one] eine Zeile mit Fehlern
   *[other] { $faulty } Zeilen mit Fehlern
}
import-faulty-text = Es wurden keine Kunden angelegt. Ein Import legt entweder alle Kunden an oder keinen. Korrigieren Sie die Datei und laden Sie sie erneut hoch.
import-passwords-mailed = { $count ->
    [one] Ein Passwort wird per E-Mail an den Kunden gesendet.
   *[other] { $count } Passwörter werden per E-Mail an die Kunden gesendet.
}
import-passwords-typed = { $count ->
    [one] Ein Passwort stammt aus der Datei und wird nicht per E-Mail gesendet. Geben Sie es selbst an den Kunden weiter.
   *[other] { $count } Passwörter stammen aus der Datei und werden nicht per E-Mail gesendet. Geben Sie sie selbst an die Kunden weiter.
}
import-passwords-unknown = { $count ->
    [one] Ein Kunde erhält ein generiertes Passwort, das niemand kennt.
   *[other] { $count } Kunden erhalten generierte Passwörter, die niemand kennt.
}
import-ignored = Ignorierte Spalten, die sich nicht importieren lassen:
import-takes = Die Kunden werden im Hintergrund angelegt, und die nächste Seite zeigt den Fortschritt. Das Hashen von 1.000 Passwörtern, die in der Datei stehen oder per E-Mail gesendet werden, dauert etwa eine halbe Minute.
import-shown = { $shown } von { $total } Zeilen angezeigt. Zeilen mit Fehlern oder Hinweisen stehen oben.
import-confirm = { $total ->
    [one] Einen Kunden anlegen
   *[other] { $total } Kunden anlegen
}
import-rows = Zeilen in der Datei
import-col-row = Zeile
import-col-faults = Fehler und Hinweise
import-col-limits = Limits
import-generated = nächste freie Nummer

import-format-csv = Zeichenkodierung: { $encoding }. Trennzeichen: { $delimiter }.
import-format-workbook = Blatt: „{ $sheet }“.
import-format-workbook-first = Blatt: „{ $sheet }“ (das erste). Die anderen Blätter wurden ignoriert.
import-format-unknown = Format: dieser Version von Clientele unbekannt.
import-error-unknown = Diese Version von Clientele kennt den Fehler „{ $code }“ nicht.
import-delimiter-comma = Komma
import-delimiter-semicolon = Semikolon
import-delimiter-tab = Tabulator
import-noticed = { $count ->
    [one] Eine Zeile enthält eine E-Mail-Adresse oder Kundennummer, die bereits ein Kunde oder eine andere Zeile verwendet. Sie können den Kunden trotzdem anlegen.
   *[other] { $count } Zeilen enthalten eine E-Mail-Adresse oder Kundennummer, die bereits ein Kunde oder eine andere Zeile verwendet. Sie können die Kunden trotzdem anlegen.
}

## Importläufe
import-runs-title = Letzte Importe
import-runs-line = { $total ->
    [one] Eine Zeile, { $when }
   *[other] { $total } Zeilen, { $when }
}
import-run-checking-title = Datei wird geprüft
import-run-checked-title = Bereit für den Import
import-run-faulty-title = Datei mit Fehlern
import-run-adding-title = Kunden werden angelegt
import-run-done-title = Import abgeschlossen
import-run-refused-title = Import nicht erlaubt
import-run-failed-title = Import fehlgeschlagen
import-run-discarded-title = Import verworfen
import-stage-waiting = Wartet auf den Hintergrunddienst
import-stage-checking = Zeilen werden geprüft
import-stage-hashing = Passwörter werden gehasht
import-stage-writing = Kunden werden gespeichert
import-run-rows = { $total ->
    [one] { $done } von einer Zeile
   *[other] { $done } von { $total } Zeilen
}
import-run-leave = Sie können diese Seite verlassen. Der Import läuft im Hintergrund weiter.
import-run-show = Neue Kunden anzeigen
import-run-unknown = { $count ->
    [one] Einer davon hat ein generiertes Passwort, das niemand kennt. Legen Sie ein neues Passwort fest und senden Sie es per E-Mail, oder verweisen Sie den Kunden auf „Passwort vergessen?“.
   *[other] { $count } davon haben generierte Passwörter, die niemand kennt. Legen Sie neue Passwörter fest und senden Sie sie per E-Mail, oder verweisen Sie die Kunden auf „Passwort vergessen?“.
}
import-run-refused-text = Es wurden keine Kunden angelegt, weil dieses Konto keine Berechtigung mehr hat, Kunden anzulegen.
import-run-failed-text = Es wurden keine Kunden angelegt, weil der Import fehlgeschlagen ist. Laden Sie die Datei erneut hoch. Admins mit Zugriff auf alle Kunden sehen den Grund unter „Aufträge“.
import-run-discarded-text = Es wurden keine Kunden angelegt, weil ein Admin den Importauftrag verworfen hat. Um den Import zu wiederholen, laden Sie die Datei erneut hoch.

## Meldungen
import-flash-added = { $count ->
    [one] Ein Kunde wurde angelegt.
   *[other] { $count } Kunden wurden angelegt.
}
import-flash-reread = Die Datei wurde nach dem Anzeigen dieser Vorschau mit einer anderen Zeichenkodierung gelesen. Es wurden keine Kunden angelegt. Prüfen Sie die neue Vorschau und bestätigen Sie erneut.
import-flash-added-unknown = { $count ->
    [one] Ein Kunde wurde angelegt.
   *[other] { $count } Kunden wurden angelegt.
} { $unknown ->
    [one] Einer davon hat ein generiertes Passwort, das niemand kennt. Legen Sie ein neues Passwort fest und senden Sie es per E-Mail, oder verweisen Sie den Kunden auf „Passwort vergessen?“.
   *[other] { $unknown } davon haben generierte Passwörter, die niemand kennt. Legen Sie neue Passwörter fest und senden Sie sie per E-Mail, oder verweisen Sie die Kunden auf „Passwort vergessen?“.
}

## Export
export-separator = CSV-Trennzeichen
export-semicolons = Semikolons (deutsche und andere europäische Tabellenprogramme)
export-commas = Kommas (sonstige Tabellenprogramme und andere Software)
