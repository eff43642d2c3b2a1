# Outages of mail, home directories and MySQL servers.

outages-label = Outages
outage-mail = Email delivery has been failing since { $since }.
outage-homes = Home directories have been unavailable since { $since }.
outage-mysql = MySQL server { $name } has been unreachable since { $since }.
outage-waiting = { $count ->
    [0] No jobs are queued.
    [one] One job is queued.
   *[other] { $count } jobs are queued.
}
outage-mail-delayed = { $count ->
    [one] One email to your customers is delayed. It will be sent as soon as possible.
   *[other] { $count } emails to your customers are delayed. They will be sent as soon as possible.
}
outage-homes-delayed = { $count ->
    [one] Changes to the home directory of one of your customers are delayed. They will be made as soon as possible.
   *[other] { $count } changes to home directories of your customers are delayed. They will be made as soon as possible.
}
outage-mysql-delayed = Changes to databases of your customers are delayed. They will be made as soon as possible.
outage-to-jobs = Show jobs
