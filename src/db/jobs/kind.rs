//! What is known of every job of a kind.

/// Which jobs come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Somebody waits for it at this moment.
    Urgent,
    /// Somebody will miss it.
    Normal,
    /// It can be done whenever nothing else is to be done.
    Bulk,
}

impl Priority {
    /// Every priority, in the order in which jobs are taken.
    pub const ALL: [Self; 3] = [Self::Urgent, Self::Normal, Self::Bulk];

    /// As stored.
    #[must_use]
    pub const fn column(self) -> i16 {
        match self {
            Self::Urgent => 0,
            Self::Normal => 10,
            Self::Bulk => 20,
        }
    }
}

/// Kinds that share hands: however many jobs of one lane wait, those of the others go on.
#[derive(Debug)]
pub struct Lane {
    /// Its name, as stored.
    pub name: &'static str,
    /// How many of its jobs one worker runs at once.
    pub hands: usize,
    /// How many of its jobs all workers together run at once, if there is such a limit.
    pub at_once: Option<usize>,
}

/// A kind of job.
#[derive(Debug)]
pub struct Kind {
    /// Its name, as stored.
    pub name: &'static str,
    /// Whose hands it takes.
    pub lane: &'static Lane,
    /// Which come first.
    pub priority: Priority,
}
