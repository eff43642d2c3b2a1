# What customers use.

usage-history = Usage over time
usage-history-none = Nothing was measured yet. It is done once a day.
usage-history-label = Usage from { $from } to { $to }: { $now } at last, { $most } at most.
usage-history-most = at most { $size }
usage-history-table = As a table
usage-history-day = Day
usage-all = In all
usage-web = Files
usage-mail = Mail
usage-mysql = Databases
