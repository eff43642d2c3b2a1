# Was Kunden verbrauchen.

usage-history = Nutzung im Zeitverlauf
usage-history-none = Noch keine Messwerte. Gemessen wird einmal am Tag.
usage-history-label = Nutzung vom { $from } bis { $to }: zuletzt { $now }, höchstens { $most }.
usage-history-most = höchstens { $size }
usage-history-table = Als Tabelle anzeigen
usage-history-day = Tag
usage-all = Gesamt
usage-web = Dateien
usage-mail = E-Mail
usage-mysql = Datenbanken
