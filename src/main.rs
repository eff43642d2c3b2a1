//! The `clientele` program.

use cli::Daemon;
use clientele::server::run;
use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Gives back what a burst of sign-ins took, and is faster where pages are put together.
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
