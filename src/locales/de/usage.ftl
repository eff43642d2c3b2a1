# Was Kunden verbrauchen.

usage-history = Verbrauch im Verlauf
usage-history-none = Es wurde noch nichts gemessen. Das geschieht einmal am Tag.
usage-history-label = Verbrauch vom { $from } bis { $to }: zuletzt { $now }, höchstens { $most }.
usage-history-most = höchstens { $size }
usage-history-table = Als Tabelle
usage-history-day = Tag
usage-all = Insgesamt
usage-web = Dateien
usage-mail = E-Mail
usage-mysql = Datenbanken
