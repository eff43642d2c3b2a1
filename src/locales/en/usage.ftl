# Usage of customers.

usage-history = Usage over time
usage-history-none = No measurements yet. Usage is measured once a day.
usage-history-label = Usage from { $from } to { $to }: currently { $now }, peak { $most }.
usage-history-most = Peak: { $size }
usage-history-table = Show as a table
usage-history-day = Day
usage-all = Total
usage-web = Files
usage-mail = Email
usage-mysql = Databases
