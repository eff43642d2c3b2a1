# Nutzung der Kunden.

usage-history = Nutzung im Zeitverlauf
usage-history-none = Noch keine Messwerte. Die Nutzung wird einmal täglich gemessen.
usage-history-label = Nutzung vom { $from } bis { $to }: aktuell { $now }, Höchstwert { $most }.
usage-history-most = Höchstwert: { $size }
usage-history-table = Als Tabelle anzeigen
usage-history-day = Tag
usage-all = Gesamt
usage-web = Dateien
usage-mail = E-Mail
usage-mysql = Datenbanken
