# What customers use.

usage-history = Usage over time
usage-history-none = No measurements yet. Usage is measured once a day.
usage-history-label = Usage from { $from } to { $to }: { $now } now, { $most } at most.
usage-history-most = at most { $size }
usage-history-table = Show as a table
usage-history-day = Day
usage-all = Total
usage-web = Files
usage-mail = Mail
usage-mysql = Databases
