# Work in the background.

jobs-title = Jobs
jobs-lead = Background work after changes: mails, home directories, MySQL accounts, webhooks and hooks.
jobs-states = State
jobs-state-all = All
jobs-state-waiting = Waiting
jobs-state-running = Running
jobs-state-failed = Given up
jobs-state-done = Done
jobs-empty-title = No jobs
jobs-empty-text = No job is in this state.
jobs-col-what = Job
jobs-col-state = State
jobs-col-when = Time
jobs-col-attempts = Attempts
jobs-why = Reason
jobs-since = Added
jobs-next = Next attempt
jobs-ended = Ended
jobs-run-label = Retry: { $what } ({ $subject })
jobs-discard = Discard
jobs-discard-label = Discard: { $what } ({ $subject })
jobs-discard-text = The job will never run. Data it carries, such as a password, is erased.
job-create-home = Create the home directory
job-remove-home = Delete the home directory
job-send-welcome = Send the welcome mail
job-send-new-password = Send the new password
job-send-password-reset = Send the password reset link
job-send-password-changed = Send a notice about the changed password
job-send-email-changed = Mail about a changed e-mail address
job-send-login-names = Mail with login names
job-sync-mysql-account = Update the MySQL account
job-set-home-quota = Set the file system quota
job-check-import = Check an import file
job-add-import = Add the customers of an import file
job-measure-usage = Measure usage
job-sync-mysql-server = Check all accounts on a MySQL server
job-drop-mysql-databases = Delete the databases
job-deliver-webhook = Send an event to a webhook
job-find-hooks = Look for hooks
job-run-hook = Run a hook
flash-job-runs = { $subject }: the job runs now.
flash-job-discarded = { $subject }: the job was discarded.
jobs-run-failed = Retry all given-up jobs of this kind
field-jobs-kind = Kind
flash-jobs-run = { $count ->
    [one] One job runs now.
   *[other] { $count } jobs run now.
}
