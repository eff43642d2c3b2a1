//! Validation errors. They have codes; the texts are in `src/locales`.

use std::collections::BTreeMap;
use std::fmt;

/// Declares the codes. There is no other list.
macro_rules! codes {
    ($($Code:ident = $code:literal,)+) => {
        /// The stable code of an error. API clients match on it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each code has its sentence in src/locales")]
        pub enum ErrorCode {
            $($Code,)+
        }

        impl ErrorCode {
            pub const ALL: &'static [Self] = &[$(Self::$Code),+];

            /// Returns the code as clients read it: kebab case, such as `email-invalid`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$Code => $code),+ }
            }
        }
    };
}

codes! {
    AccessHostInvalid = "access-host-invalid",
    AccessHostsTooMany = "access-hosts-too-many",
    AccountSuspended = "account-suspended",
    AdminHasCustomers = "admin-has-customers",
    AdminUnknown = "admin-unknown",
    AdminUrlInvalid = "admin-url-invalid",
    AllocationExceeded = "allocation-exceeded",
    AllocationUnlimited = "allocation-unlimited",
    AlreadySent = "already-sent",
    ApiDisabled = "api-disabled",
    ApiKeysTooMany = "api-keys-too-many",
    BelowAssigned = "below-assigned",
    BelowMeasured = "below-measured",
    BelowUsage = "below-usage",
    BodyEmpty = "body-empty",
    BodyTooLarge = "body-too-large",
    BodyTooSlow = "body-too-slow",
    Busy = "busy",
    CannotDeleteDefaultServer = "cannot-delete-default-server",
    CannotDeleteFirstAdmin = "cannot-delete-first-admin",
    CannotDeleteSelf = "cannot-delete-self",
    CannotLockOutSelf = "cannot-lock-out-self",
    ChangedMeanwhile = "changed-meanwhile",
    ChoiceUnknown = "choice-unknown",
    CommandInvalid = "command-invalid",
    CommandMissing = "command-missing",
    CommandUnknown = "command-unknown",
    CommandUnsupported = "command-unsupported",
    ContentEncodingUnsupported = "content-encoding-unsupported",
    CredentialsMissing = "credentials-missing",
    CredentialsRefused = "credentials-refused",
    CsvCellTooLong = "csv-cell-too-long",
    CsvColumnMissing = "csv-column-missing",
    CsvColumnTwice = "csv-column-twice",
    CsvColumnUnknown = "csv-column-unknown",
    CsvColumnUnnamed = "csv-column-unnamed",
    CsvEmpty = "csv-empty",
    CsvIsArchive = "csv-is-archive",
    CsvIsBinary = "csv-is-binary",
    CsvIsOds = "csv-is-ods",
    CsvIsXls = "csv-is-xls",
    CsvLineBreak = "csv-line-break",
    CsvLoginnameTwice = "csv-loginname-twice",
    CsvNoRows = "csv-no-rows",
    CsvNotEncoding = "csv-not-encoding",
    CsvNotUtf8 = "csv-not-utf8",
    CsvQuoteOpen = "csv-quote-open",
    CsvRagged = "csv-ragged",
    CsvRowTooLong = "csv-row-too-long",
    CsvTextAfterQuote = "csv-text-after-quote",
    CsvTooLarge = "csv-too-large",
    CsvTooManyCells = "csv-too-many-cells",
    CsvTooManyRows = "csv-too-many-rows",
    CsvTooMuchText = "csv-too-much-text",
    CsvValueExists = "csv-value-exists",
    CsvValueTwice = "csv-value-twice",
    CsvXlsxDamaged = "csv-xlsx-damaged",
    CsvXlsxTooLarge = "csv-xlsx-too-large",
    CurrentPasswordRequired = "current-password-required",
    CustomerUnknown = "customer-unknown",
    CustomersExhausted = "customers-exhausted",
    DateInvalid = "date-invalid",
    DatePast = "date-past",
    DemoNotEmpty = "demo-not-empty",
    DomainExists = "domain-exists",
    DomainsExhausted = "domains-exhausted",
    EmailExists = "email-exists",
    EmailInvalid = "email-invalid",
    EmailOfAdmin = "email-of-admin",
    EmailOfCustomer = "email-of-customer",
    FieldForbidden = "field-forbidden",
    FormatInvalid = "format-invalid",
    GenderUnknown = "gender-unknown",
    GrantInUse = "grant-in-use",
    HandedOutUnlimited = "handed-out-unlimited",
    HomeExists = "home-exists",
    HostInvalid = "host-invalid",
    IdUnknown = "id-unknown",
    IdsInvalid = "ids-invalid",
    IdsTooMany = "ids-too-many",
    ImpersonateSuspended = "impersonate-suspended",
    ImportChanged = "import-changed",
    ImportFaulty = "import-faulty",
    ImportUnderWay = "import-under-way",
    InUse = "in-use",
    Internal = "internal",
    Interrupted = "interrupted",
    JobDone = "job-done",
    JobRunning = "job-running",
    JsonInvalid = "json-invalid",
    JsonNotUtf8 = "json-not-utf8",
    JsonTooDeep = "json-too-deep",
    KeyReadOnly = "key-read-only",
    LanguageUnknown = "language-unknown",
    LastServerAdmin = "last-server-admin",
    LoginnameExists = "loginname-exists",
    LoginnameFormat = "loginname-format",
    LoginnameInvalid = "loginname-invalid",
    LoginnameReserved = "loginname-reserved",
    LoginnameSystemAccount = "loginname-system-account",
    LoginnameTooLong = "loginname-too-long",
    LoginnameUnknown = "loginname-unknown",
    LoginnameUsesPrefix = "loginname-uses-prefix",
    MethodNotAllowed = "method-not-allowed",
    MoveSameOwner = "move-same-owner",
    MoveTargetSuspended = "move-target-suspended",
    MysqlServerInUse = "mysql-server-in-use",
    MysqlServerNotEmpty = "mysql-server-not-empty",
    MysqlServerUnadministered = "mysql-server-unadministered",
    MysqlServerUnreachable = "mysql-server-unreachable",
    NameOrCompanyRequired = "name-or-company-required",
    NetworkInvalid = "network-invalid",
    NetworksTooMany = "networks-too-many",
    NoSuchAdmin = "no-such-admin",
    NoSuchCustomer = "no-such-customer",
    NoSuchPlan = "no-such-plan",
    NotAllowed = "not-allowed",
    NotGranted = "not-granted",
    NotGrantedSwitch = "not-granted-switch",
    NotYourself = "not-yourself",
    NumberAmbiguous = "number-ambiguous",
    NumberInvalid = "number-invalid",
    NumberNegative = "number-negative",
    NumberNotWhole = "number-not-whole",
    NumberOutOfRange = "number-out-of-range",
    NumberTooLarge = "number-too-large",
    OldPasswordWrong = "old-password-wrong",
    OnlyToLookAt = "only-to-look-at",
    OperatorUnknown = "operator-unknown",
    OrderUnknown = "order-unknown",
    ParameterEmpty = "parameter-empty",
    ParameterMissing = "parameter-missing",
    ParameterUnknown = "parameter-unknown",
    ParamsInvalid = "params-invalid",
    PasswordCommon = "password-common",
    PasswordConfirmDiffers = "password-confirm-differs",
    PasswordControlCharacter = "password-control-character",
    PasswordIsLoginname = "password-is-loginname",
    PasswordNeedsDigit = "password-needs-digit",
    PasswordNeedsLower = "password-needs-lower",
    PasswordNeedsSpecial = "password-needs-special",
    PasswordNeedsUpper = "password-needs-upper",
    PasswordTooLong = "password-too-long",
    PasswordTooShort = "password-too-short",
    PathInvalid = "path-invalid",
    PhpWithoutConfig = "php-without-config",
    PlanNameAmbiguous = "plan-name-ambiguous",
    PlanNameUnknown = "plan-name-unknown",
    PlanUnknown = "plan-unknown",
    RateExceeded = "rate-exceeded",
    Required = "required",
    RouteUnknown = "route-unknown",
    SearchFieldUnknown = "search-field-unknown",
    SearchInvalid = "search-invalid",
    SearchTooLong = "search-too-long",
    SearchTooManyConditions = "search-too-many-conditions",
    SearchTooManyValues = "search-too-many-values",
    SearchTooManyWords = "search-too-many-words",
    SearchValueInvalid = "search-value-invalid",
    ServerHostInvalid = "server-host-invalid",
    SuspendedByHigherRank = "suspended-by-higher-rank",
    TextTooLong = "text-too-long",
    ThemeUnknown = "theme-unknown",
    ThingUnknown = "thing-unknown",
    TypeFlag = "type-flag",
    TypeNumber = "type-number",
    TypeText = "type-text",
    VariableMissing = "variable-missing",
    VariableUnknown = "variable-unknown",
    WebhookEventsNone = "webhook-events-none",
    WebhookLabelTaken = "webhook-label-taken",
    WebhookUrlInvalid = "webhook-url-invalid",
    WebhookUrlPassword = "webhook-url-password",
    WebhookUrlPrivate = "webhook-url-private",
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for ErrorCode {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// An argument of an error message. The message shows numbers in the notation of its language.
///
/// Stored reports of imports contain arguments. Reports of earlier versions contain texts only.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Argument {
    /// A whole number. It selects singular or plural.
    Number(u64),
    /// A number with decimals in the notation of programs: `1030.5`.
    Decimal { decimal: String },
    /// A text that stays as it is, such as a name, an id or the number of a row.
    Text(String),
}

impl Argument {
    /// Returns a number with decimals, which is written in the notation of programs.
    #[must_use]
    pub fn decimal(number: impl Into<String>) -> Self {
        Self::Decimal { decimal: number.into() }
    }

    /// Returns a number that is a name, such as an id. Its digits are not grouped.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "ids and numbers come without &")]
    pub fn name(value: impl ToString) -> Self {
        Self::Text(value.to_string())
    }
}

macro_rules! numbers {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Argument {
            fn from(number: $kind) -> Self {
                Self::Number(u64::from(number))
            }
        }
    )*};
}

numbers!(u16, u32, u64);

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(u64::try_from(number).unwrap_or(u64::MAX))
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&String> for Argument {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

/// A validation error of one field. The code is stable, because API clients match on it. It is also
/// part of the text key ([`ValidationError::text_key`]). The arguments are inserted into the text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct ValidationError {
    pub code: ErrorCode,
    /// Arguments of the text, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(&'static str, Argument)>,
    /// Selects one of several texts for the same code.
    #[serde(skip)]
    pub variant: Option<&'static str>,
}

impl ValidationError {
    /// Returns a validation error without arguments.
    #[must_use]
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, args: Vec::new(), variant: None }
    }

    /// Selects the text `fault-<code>-<variant>`.
    #[must_use]
    pub const fn variant(mut self, variant: &'static str) -> Self {
        self.variant = Some(variant);
        self
    }

    /// Returns the key of the text.
    #[must_use]
    pub fn text_key(&self) -> String {
        match self.variant {
            Some(variant) => format!("fault-{}-{variant}", self.code),
            None => format!("fault-{}", self.code),
        }
    }

    /// Adds an argument of the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// All validation errors of one request, by field name.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct FieldErrors(BTreeMap<String, Vec<ValidationError>>);

impl FieldErrors {
    /// Returns the error of a single field.
    #[must_use]
    pub fn one(field: &str, error: ValidationError) -> Self {
        let mut errors = Self::default();
        errors.push(field, error);
        errors
    }

    /// Adds an error, unless the field already has one with the same code.
    pub fn push(&mut self, field: &str, error: ValidationError) {
        let list = self.0.entry(field.to_owned()).or_default();
        if !list.iter().any(|known| known.code == error.code) {
            list.push(error);
        }
    }

    /// Adds the errors of another check of the same request.
    pub fn merge(&mut self, others: Self) {
        for (field, list) in others.0 {
            for error in list {
                self.push(&field, error);
            }
        }
    }

    /// Returns a valid value. Adds the error of an invalid one and returns `None`.
    pub fn value_or_add<T>(
        &mut self,
        field: &str,
        parsed: Result<T, ValidationError>,
    ) -> Option<T> {
        parsed.map_err(|error| self.push(field, error)).ok()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this field has an error.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// Returns the errors, field by field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[ValidationError])> {
        self.0.iter().map(|(field, errors)| (field.as_str(), errors.as_slice()))
    }

    /// Returns the value, if there are no errors.
    ///
    /// # Errors
    /// The errors that were added so far.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_arguments_keep_their_type() {
        for (argument, stored) in [
            (Argument::Number(5), "5"),
            (Argument::decimal("4.1"), r#"{"decimal":"4.1"}"#),
            (Argument::name(5), r#""5""#),
        ] {
            assert_eq!(serde_json::to_string(&argument).unwrap(), stored);
            assert_eq!(serde_json::from_str::<Argument>(stored).unwrap(), argument);
        }
    }
}
