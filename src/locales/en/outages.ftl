# What cannot be reached at this moment.

outages-label = Outages
outage-mail = Mail delivery has been failing since { $since }.
outage-homes = Home directories have been unavailable since { $since }.
outage-mysql = MySQL server { $name } has been unreachable since { $since }.
outage-waiting = { $count ->
    [0] No jobs are queued.
    [one] One job is queued.
   *[other] { $count } jobs are queued.
}
outage-mail-delayed = { $count ->
    [one] A mail to one of your customers is delayed. It will be sent as soon as possible.
   *[other] { $count } mails to your customers are delayed. They will be sent as soon as possible.
}
outage-homes-delayed = { $count ->
    [one] Work on the home directory of one of your customers is delayed. It continues as soon as possible.
   *[other] Work on { $count } home directories of your customers is delayed. It continues as soon as possible.
}
outage-mysql-delayed = Work on databases of your customers is delayed. It continues as soon as possible.
outage-to-jobs = Show jobs
