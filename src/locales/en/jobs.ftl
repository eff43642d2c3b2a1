# Work in the background.

jobs-title = Jobs
jobs-lead = What is done after a change: mails, home directories, MySQL accounts, webhooks and hooks.
jobs-states = State
jobs-state-all = All
jobs-state-waiting = Waiting
jobs-state-running = Running
jobs-state-failed = Given up
jobs-state-done = Done
jobs-empty-title = Nothing here
jobs-empty-text = No job is in this state.
jobs-col-what = Job
jobs-col-state = State
jobs-col-when = When
jobs-col-attempts = Tries
jobs-why = Why it did not work
jobs-since = Since
jobs-next = Next try
jobs-ended = Ended
jobs-run-label = Try now: { $what } ({ $subject })
jobs-discard = Discard
jobs-discard-label = Discard: { $what } ({ $subject })
jobs-discard-text = It will never be done, and what it carries, such as a password, is erased.
job-create-home = Make the home directory
job-remove-home = Remove the home directory
job-send-welcome = Welcome mail with the password
job-send-new-password = Mail with the new password
job-send-password-reset = Mail with the link for a lost password
job-send-password-changed = Mail about a changed password
job-send-email-changed = Mail about a changed e-mail address
job-send-login-names = Mail with login names
job-sync-mysql-account = Bring the MySQL account up to date
job-set-home-quota = Hold the home to its disk space
job-check-import = Check an import file
job-add-import = Add the customers of an import file
job-measure-usage = Measure what is used
job-sync-mysql-server = Look at all accounts on a MySQL server
job-drop-mysql-databases = Remove the databases
job-deliver-webhook = Tell a webhook
job-find-hooks = Look for hooks to run
job-run-hook = Run a hook
flash-job-runs = { $subject }: tried now.
flash-job-discarded = { $subject }: discarded.
jobs-run-failed = Try all of this kind again that were given up
field-jobs-kind = Kind
flash-jobs-run = { $count ->
    [one] One job is tried now.
   *[other] { $count } jobs are tried now.
}
