//! Actions of the audit log.

/// Declares the actions, their codes and `Action::ALL`.
macro_rules! actions {
    ($($Action:ident = $code:literal,)+) => {
        /// An action that the audit log records.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Action {
            $($Action,)+
        }

        impl Action {
            pub const ALL: &'static [Self] = &[$(Self::$Action),+];

            /// Returns the code as stored: `noun.verb`.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$Action => $code),+ }
            }
        }
    };
}

actions! {
    AccountLocked = "account.locked",
    AccountSignInFailed = "account.sign_in_failed",
    AccountSignedIn = "account.signed_in",
    AdminAdded = "admin.added",
    AdminApiKeyAdded = "admin.api_key_added",
    AdminApiKeyRevoked = "admin.api_key_revoked",
    AdminApiKeyUpdated = "admin.api_key_updated",
    AdminDeleted = "admin.deleted",
    AdminPasswordChanged = "admin.password_changed",
    AdminPasswordReset = "admin.password_reset",
    AdminPasswordResetRequested = "admin.password_reset_requested",
    AdminPasswordSet = "admin.password_set",
    AdminResumed = "admin.resumed",
    AdminSuspended = "admin.suspended",
    AdminUnlocked = "admin.unlocked",
    AdminUpdated = "admin.updated",
    CustomerAdded = "customer.added",
    CustomerApiKeyAdded = "customer.api_key_added",
    CustomerApiKeyRevoked = "customer.api_key_revoked",
    CustomerApiKeyUpdated = "customer.api_key_updated",
    CustomerDeleted = "customer.deleted",
    CustomerDeletedWithFiles = "customer.deleted_with_files",
    CustomerImpersonated = "customer.impersonated",
    CustomerMoved = "customer.moved",
    CustomerPasswordChanged = "customer.password_changed",
    CustomerPasswordChangedWithFtp = "customer.password_changed_with_ftp",
    CustomerPasswordReset = "customer.password_reset",
    CustomerPasswordResetRequested = "customer.password_reset_requested",
    CustomerPasswordSet = "customer.password_set",
    CustomerResumed = "customer.resumed",
    CustomerSuspended = "customer.suspended",
    CustomerUnlocked = "customer.unlocked",
    CustomerUpdated = "customer.updated",
    DefaultIndexChanged = "default_index.changed",
    DefaultIndexReset = "default_index.reset",
    DemoLoaded = "demo.loaded",
    ImportFroxlor = "import.froxlor",
    JobAllRunNow = "job.all_run_now",
    JobDiscarded = "job.discarded",
    JobRunNow = "job.run_now",
    MailTemplateChanged = "mail_template.changed",
    MysqlServerAdded = "mysql_server.added",
    MysqlServerDeleted = "mysql_server.deleted",
    MysqlServerUpdated = "mysql_server.updated",
    PhpConfigAdded = "php_config.added",
    PhpConfigDeleted = "php_config.deleted",
    PhpConfigUpdated = "php_config.updated",
    PlanAdded = "plan.added",
    PlanDeleted = "plan.deleted",
    PlanUpdated = "plan.updated",
    RequestForbidden = "request.forbidden",
    RequestForged = "request.forged",
    SettingsUpdated = "settings.updated",
    WebhookAdded = "webhook.added",
    WebhookDeleted = "webhook.deleted",
    WebhookSecretRenewed = "webhook.secret_renewed",
    WebhookSentAgain = "webhook.sent_again",
    WebhookTested = "webhook.tested",
    WebhookUpdated = "webhook.updated",
}
