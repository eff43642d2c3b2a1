# Was im Augenblick nicht zu erreichen ist.

outages-label = Ausfälle
outage-mail = Seit { $since } können keine E-Mails hinaus.
outage-homes = Die Home-Verzeichnisse sind seit { $since } nicht zu erreichen.
outage-mysql = Der MySQL-Server { $name } ist seit { $since } nicht zu erreichen.
outage-waiting = { $count ->
    [0] Nichts wartet darauf.
    [one] Ein Auftrag wartet darauf.
   *[other] { $count } Aufträge warten darauf.
}
outage-mail-delayed = { $count ->
    [one] Eine E-Mail an einen Ihrer Kunden verzögert sich. Sie wird versandt, sobald das wieder möglich ist.
   *[other] { $count } E-Mails an Ihre Kunden verzögern sich. Sie werden versandt, sobald das wieder möglich ist.
}
outage-homes-delayed = { $count ->
    [one] Die Arbeit am Home-Verzeichnis eines Ihrer Kunden verzögert sich. Sie geht weiter, sobald das wieder möglich ist.
   *[other] Die Arbeit an { $count } Home-Verzeichnissen Ihrer Kunden verzögert sich. Sie geht weiter, sobald das wieder möglich ist.
}
outage-mysql-delayed = Die Arbeit an Datenbanken Ihrer Kunden verzögert sich. Sie geht weiter, sobald das wieder möglich ist.
outage-to-jobs = Nachsehen, was wartet
