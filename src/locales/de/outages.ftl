# Ausfälle von E-Mail, Home-Verzeichnissen und MySQL-Servern.

outages-label = Ausfälle
outage-mail = Der E-Mail-Versand schlägt seit { $since } fehl.
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
    [one] Änderungen am Home-Verzeichnis eines Ihrer Kunden verzögern sich. Sie werden so bald wie möglich ausgeführt.
   *[other] { $count } Änderungen an Home-Verzeichnissen Ihrer Kunden verzögern sich. Sie werden so bald wie möglich ausgeführt.
}
outage-mysql-delayed = Änderungen an Datenbanken Ihrer Kunden verzögern sich. Sie werden so bald wie möglich ausgeführt.
outage-to-jobs = Aufträge anzeigen
