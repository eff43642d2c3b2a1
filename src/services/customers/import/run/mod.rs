//! Runs: imports of files that are too large to be checked or added during a request. The worker
//! does this work. The file and its report are sealed, and only the sender of the file can see
//! them.
//!
//! ```text
//! checking → checked → adding → done
//!          ↘ faulty         ↘ faulty (a name was taken meanwhile)
//! ```
//!
//! A file that was checked during a request begins in `adding`. A checked file (`checked`,
//! `faulty`) can be read with another encoding, which returns the run to `checking`. From
//! `checking` and `adding` a run ends as `refused` if its sender may not add customers any more,
//! and as `failed` or `discarded` if its job is given up or discarded. If a worker is killed, the
//! lease of its job expires. Another worker then repeats the stage from the sealed file.
//!
//! Functions that read a file or a report can also fail because it cannot be unsealed.

mod manage;
mod row;
mod sealed;
mod state;
mod work;

pub use manage::{ConfirmResult, Run, begin, check_again, checked_file, confirm, find, recent};
pub use row::options;
pub use sealed::unseal_file;
pub use state::RunState;
pub use work::{
    RunForJob, find_for_job, mark_abandoned, mark_abandoned_by_login_name, mark_done, mark_refused,
    record_progress, save_report,
};
