# What cannot be reached at this moment.

outages-label = Outages
outage-mail = Mails cannot leave since { $since }.
outage-homes = Home directories cannot be reached since { $since }.
outage-mysql = The MySQL server { $name } cannot be reached since { $since }.
outage-waiting = { $count ->
    [0] Nothing waits for it.
    [one] One job waits for it.
   *[other] { $count } jobs wait for it.
}
outage-mail-delayed = { $count ->
    [one] A mail to one of your customers is delayed. It will be sent as soon as that is possible again.
   *[other] { $count } mails to your customers are delayed. They will be sent as soon as that is possible again.
}
outage-homes-delayed = { $count ->
    [one] Work on the home directory of one of your customers is delayed. It goes on as soon as that is possible again.
   *[other] Work on { $count } home directories of your customers is delayed. It goes on as soon as that is possible again.
}
outage-mysql-delayed = Work on databases of your customers is delayed. It goes on as soon as that is possible again.
outage-to-jobs = See what waits
