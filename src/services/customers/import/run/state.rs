//! The states of a run.

use crate::Outcome;

/// The state of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunState {
    /// The worker is checking the file, or will check it.
    Checking,
    /// The run can be confirmed.
    Checked,
    /// Rows have validation errors. Nothing was added.
    Faulty,
    /// The worker is adding the customers, or will add them.
    Adding,
    /// The customers were added.
    Done,
    /// The sender may not add customers any more.
    Refused,
    /// The worker gave up. Nothing was added.
    Failed,
    /// An admin discarded the job. Nothing was added.
    Discarded,
}

impl RunState {
    const ALL: [Self; 8] = [
        Self::Checking,
        Self::Checked,
        Self::Faulty,
        Self::Adding,
        Self::Done,
        Self::Refused,
        Self::Failed,
        Self::Discarded,
    ];

    /// Returns the code, which is stored and is part of the names of texts.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Checking => "checking",
            Self::Checked => "checked",
            Self::Faulty => "faulty",
            Self::Adding => "adding",
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Failed => "failed",
            Self::Discarded => "discarded",
        }
    }

    /// Returns whether the worker has to process the run.
    #[must_use]
    pub const fn is_in_progress(self) -> bool {
        matches!(self, Self::Checking | Self::Adding)
    }

    /// Returns whether a run in this state keeps its file, to be confirmed or to be read with
    /// another encoding.
    pub(super) const fn keeps_file(self) -> bool {
        matches!(self, Self::Checked | Self::Faulty)
    }

    /// Returns the codes of the states in which the worker has to process the run.
    pub(super) fn in_progress_codes() -> Vec<&'static str> {
        Self::ALL.into_iter().filter(|state| state.is_in_progress()).map(Self::code).collect()
    }

    /// Returns the state with this code.
    pub(super) fn from_code(code: &str) -> Outcome<Self> {
        Self::ALL
            .into_iter()
            .find(|state| state.code() == code)
            .ok_or_else(|| anyhow::anyhow!("an import is in an unknown state: {code}").into())
    }
}
