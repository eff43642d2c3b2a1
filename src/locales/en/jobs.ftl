# Background jobs.

jobs-title = Jobs
jobs-lead = Background jobs for emails, home directories, MySQL accounts, imports, webhooks and hooks.
jobs-states = Status
jobs-state-all = All
jobs-state-waiting = Queued
jobs-state-running = Running
jobs-state-failed = Given up
jobs-state-done = Done
jobs-empty-title = No jobs
jobs-empty-text = No jobs match this view.
jobs-col-what = Job
jobs-col-state = Status
jobs-col-when = Time
jobs-col-attempts = Attempts
jobs-why = Reason
jobs-since = Queued
jobs-next = Next attempt
jobs-ended = Ended
jobs-run-label = Retry: { $what } ({ $subject })
jobs-discard = Discard job
jobs-discard-label = Discard: { $what } ({ $subject })
jobs-discard-text = The job will no longer run. Data in the job, such as a password, will be deleted.
job-create-home = Create home directory
job-remove-home = Delete home directory
job-send-welcome = Send welcome email
job-send-new-password = Send new password
job-send-password-reset = Send password reset link
job-send-password-changed = Send notice of changed password
job-send-email-changed = Send notice of changed email address
job-send-login-names = Send login names
job-sync-mysql-account = Update MySQL account
job-set-home-quota = Set file system quota
job-check-import = Check import file
job-add-import = Add customers from import file
job-measure-usage = Measure usage
job-sync-mysql-server = Check all accounts on MySQL server
job-drop-mysql-databases = Delete databases
job-deliver-webhook = Send event to webhook
job-find-hooks = Find hooks
job-run-hook = Run hook
flash-job-runs = { $subject }: the job will run now.
flash-job-discarded = { $subject }: the job was discarded.
jobs-run-failed = Retry all given-up jobs of this type
field-jobs-kind = Type
flash-jobs-run = { $count ->
    [one] One job will run now.
   *[other] { $count } jobs will run now.
}
