//! What can be wrong with what somebody typed: codes, not sentences.

use std::collections::BTreeMap;

/// One fault of one field. The code is stable (API clients match on it) and is
/// also the text key ([`Fault::text_key`]); the arguments fill that text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// Stable code in kebab case, such as `email-invalid`.
    pub code: &'static str,
    /// Arguments of the text, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(&'static str, String)>,
    /// Which of several texts says it; the code is the same.
    #[serde(skip)]
    pub variant: Option<&'static str>,
}

impl Fault {
    /// A fault without arguments.
    #[must_use]
    pub const fn new(code: &'static str) -> Self {
        Self { code, args: Vec::new(), variant: None }
    }

    /// Says it with another text, `fault-<code>-<variant>`.
    #[must_use]
    pub const fn variant(mut self, variant: &'static str) -> Self {
        self.variant = Some(variant);
        self
    }

    /// The key of the text.
    #[must_use]
    pub fn text_key(&self) -> String {
        match self.variant {
            Some(variant) => format!("fault-{}-{variant}", self.code),
            None => format!("fault-{}", self.code),
        }
    }

    /// Adds an argument of the text.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "numbers and literals come without &")]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// All faults of one submission, by field name, found in one go.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(transparent)]
pub struct FieldFaults(BTreeMap<String, Vec<Fault>>);

impl FieldFaults {
    /// The faults of a single field.
    #[must_use]
    pub fn one(field: &str, fault: Fault) -> Self {
        let mut faults = Self::default();
        faults.push(field, fault);
        faults
    }

    /// Notes a fault; the same code is noted once a field.
    pub fn push(&mut self, field: &str, fault: Fault) {
        let list = self.0.entry(field.to_owned()).or_default();
        if !list.iter().any(|known| known.code == fault.code) {
            list.push(fault);
        }
    }

    /// Notes the faults of another look at the same submission.
    pub fn merge(&mut self, others: Self) {
        for (field, list) in others.0 {
            for fault in list {
                self.push(&field, fault);
            }
        }
    }

    /// Keeps a good value, or notes the fault and gives nothing.
    pub fn keep<T>(&mut self, field: &str, parsed: Result<T, Fault>) -> Option<T> {
        parsed.map_err(|fault| self.push(field, fault)).ok()
    }

    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this field has a fault.
    #[must_use]
    pub fn has(&self, field: &str) -> bool {
        self.0.contains_key(field)
    }

    /// The faults, field by field.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Fault])> {
        self.0.iter().map(|(field, faults)| (field.as_str(), faults.as_slice()))
    }

    /// `Ok(value)` where nothing is wrong, else the faults.
    ///
    /// # Errors
    /// The faults noted so far.
    pub fn or<T>(self, value: T) -> Result<T, Self> {
        if self.is_empty() { Ok(value) } else { Err(self) }
    }
}
