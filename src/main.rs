//! The `clientele` program.

use cli::Daemon;
use clientele::server::run;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// mimalloc returns the memory of a burst of sign-ins to the system. Pages also render faster.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main(|settings, daemon| {
        actix_web::rt::System::new().block_on(async {
            match daemon {
                Daemon::Serve { with_worker } => run::serve(settings, with_worker).await,
                Daemon::Worker => run::worker(settings).await,
            }
        })
    })
}
