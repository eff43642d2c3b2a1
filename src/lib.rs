//! Clientele: the customer panel of a web-hosting provider.
//!
//! # Path of a request: adding a customer in the browser
//!
//! 1. [`server`] selects the panel's scope, and [`web::routes`] the handler. The handler's
//!    arguments are its preconditions: [`web::extract::AsManager`] proves that the session belongs
//!    to a manager, and [`web::csrf::VerifiedForm`] returns the form only if its token is valid.
//!    Otherwise the handler does not run.
//! 2. [`web::input::receive`] reads the form into [`services::customers::AddCustomer`], the request
//!    that the API, the command line and imports also read. It returns typed values, or all
//!    validation errors at once. After an error, the same page shows each error beside its field
//!    and keeps all values except passwords.
//! 3. [`services::customers::prepare`] checks and hashes the password on a blocking thread, before
//!    a transaction is open.
//! 4. [`services::app::App::change`] runs the service in a transaction, and again if the
//!    transaction conflicts with another one.
//! 5. [`services::customers::add`] reserves the owner's quota by one conditional update and claims
//!    the login name by its unique key. It writes the customer, the FTP user, the standard
//!    subdomain, the audit entry, the events and the jobs. The transaction is then committed.
//! 6. The response is a redirect with a flash message. The [`worker`] claims the jobs by lease,
//!    creates the home directory and sends the email, each at least once. The page `/jobs` shows
//!    why a job waits.
//!
//! Each layer is a crate: entry points ([`web`], [`api`], [`cli`], [`worker`]) → [`services`] →
//! [`auth`] → `db` → [`domain`]. This crate re-exports all of them except `db`.

pub use {
    api, auth, cli, config, domain, edge, files, i18n, mail, services, telemetry, web, worker,
};

pub mod server;
