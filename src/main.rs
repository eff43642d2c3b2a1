//! The `clientele` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    clientele::cli::main()
}
