# Was im Augenblick nicht zu erreichen ist.

outages-label = Ausfälle
outage-mail = Der Versand von E-Mails schlägt seit { $since } fehl.
outage-homes = Die Home-Verzeichnisse sind seit { $since } nicht verfügbar.
outage-mysql = Der MySQL-Server { $name } ist seit { $since } nicht erreichbar.
outage-waiting = { $count ->
    [0] Kein Auftrag wartet.
    [one] Ein Auftrag wartet.
   *[other] { $count } Aufträge warten.
}
outage-mail-delayed = { $count ->
    [one] Eine E-Mail an einen Ihrer Kunden verzögert sich. Sie wird so bald wie möglich gesendet.
   *[other] { $count } E-Mails an Ihre Kunden verzögern sich. Sie werden so bald wie möglich gesendet.
}
outage-homes-delayed = { $count ->
    [one] Die Arbeit am Home-Verzeichnis eines Ihrer Kunden verzögert sich. Sie geht so bald wie möglich weiter.
   *[other] Die Arbeit an { $count } Home-Verzeichnissen Ihrer Kunden verzögert sich. Sie geht so bald wie möglich weiter.
}
outage-mysql-delayed = Die Arbeit an Datenbanken Ihrer Kunden verzögert sich. Sie geht so bald wie möglich weiter.
outage-to-jobs = Aufträge anzeigen
