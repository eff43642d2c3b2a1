//! The `clientele` program.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Gives back what a burst of sign-ins took, and is faster where pages are put together.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    clientele::cli::main()
}
