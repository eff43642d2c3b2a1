//! Clientele: the customer desk of a web-hosting provider.
//!
//! # The life of one request: a customer is added in the browser
//!
//! 1. [`server`] finds the panel's scope, [`web::routes`] the handler. Its arguments are its
//!    preconditions: [`web::extract::AsManager`] turns the session into the proof that an admin
//!    asks, or there is no call at all; [`web::csrf::Guarded`] hands the form over only once its
//!    token was right.
//! 2. [`web::input::receive`] reads the form into [`services::customers::AddCustomer`], the request
//!    that the API, the command line and imports read too: typed values, and every validation error
//!    at once. Errors come back with the same page, beside their fields, and everything typed but
//!    passwords stays.
//! 3. [`services::customers::prepare`] checks the password and hashes it, away from the async
//!    threads and before any transaction is open.
//! 4. [`services::app::App::change`] opens one transaction and runs it again
//!    where the database let another win.
//! 5. [`services::customers::add`] books the owner's allowance by one conditional update, claims
//!    the login name by its unique key, numbers the customer, writes him with his FTP user and
//!    standard subdomain, the audit row and the jobs. Commit.
//! 6. The answer is a redirect with a message. The [`worker`] claims the jobs by lease, makes the
//!    home and sends the mail, at least once, and tells at `/jobs` why something waits.
//!
//! Each layer is a crate, which this one hands on: entry points ([`web`], [`api`], [`cli`],
//! [`worker`]) → [`services`] → [`auth`] → `db` → [`domain`].

pub use {
    api, auth, cli, config, domain, edge, files, i18n, mail, services, telemetry, web, worker,
};

pub mod server;
