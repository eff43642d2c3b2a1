//! Extractors that find the account of a request and prove its role. A handler with an
//! [`AsManager`] argument runs only for a signed-in admin or reseller.

use super::error::WebError;
use super::session::{self, Owner};
use actix_session::SessionExt as _;
use actix_web::dev::Payload;
use actix_web::http::Method;
use actix_web::{FromRequest, HttpMessage as _, HttpRequest, web};
use auth::accounts::Account;
use auth::actor::{Actor, Manager, ServerAdmin};
use edge::address;
use services::app::App;
use services::outages::{self, Outage};
use services::{EntryPoint, Origin, sessions};
use std::future::Future;
use std::ops::Deref;
use std::pin::Pin;

type Extracting<T> = Pin<Box<dyn Future<Output = Result<T, WebError>>>>;

/// The signed-in account of any role.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Account);

/// The signed-in account, or `None`.
#[derive(Clone, Debug)]
pub struct Visitor(pub Option<Account>);

/// A signed-in admin or reseller. Customers get [`WebError::Forbidden`]; visitors are redirected to
/// the sign-in page.
#[derive(Clone, Debug)]
pub struct AsManager(Account, Manager);

/// A signed-in admin with permission to change the server settings. Other accounts get
/// [`WebError::Forbidden`]; visitors are redirected to the sign-in page.
#[derive(Clone, Debug)]
pub struct AsServerAdmin(Account, ServerAdmin);

/// An extractor that admits one role.
pub trait RoleExtractor: FromRequest<Error = WebError> + 'static {
    /// Returns the account, for the frame of the page.
    fn account(&self) -> &Account;
}

macro_rules! proof {
    ($name:ident, $proof:ty) => {
        impl $name {
            /// Returns the account, for the frame of the page.
            #[must_use]
            pub const fn account(&self) -> &Account {
                &self.0
            }
        }

        impl RoleExtractor for $name {
            fn account(&self) -> &Account {
                &self.0
            }
        }

        impl Deref for $name {
            type Target = $proof;
            fn deref(&self) -> &$proof {
                &self.1
            }
        }
    };
}
proof!(AsManager, Manager);
proof!(AsServerAdmin, ServerAdmin);

/// Returns the signed-in account. Reads it once for each request. Ends a session that is no longer
/// valid.
pub(super) async fn account(req: HttpRequest) -> Result<Option<Account>, WebError> {
    if let Some(known) = req.extensions().get::<Visitor>() {
        return Ok(known.0.clone());
    }
    let app = req
        .app_data::<web::Data<App>>()
        .cloned()
        .ok_or_else(|| WebError::Internal(anyhow::anyhow!("the request has no app data")))?;
    let snapshot = app.open_view().await?;
    let view = snapshot.view();
    let session = req.get_session();
    let account = match session::owner(
        &session,
        app.is_busy(),
        view.at,
        snapshot.settings.session_idle(),
        snapshot.settings.session_absolute(),
    ) {
        None => None,
        Some(Owner { login, stamp }) => {
            let account = match session::acting_admin(&session) {
                Some(acting)
                    if view.at.as_second() - acting.since.as_second()
                        > session::MAX_ACTING_SECONDS =>
                {
                    None
                }
                acting => {
                    let admin = acting.map(|acting| acting.login);
                    sessions::account(view, login, &stamp, admin).await?
                }
            };
            if account.is_none() {
                session.purge();
            }
            account
        }
    };
    if let Some(Account { actor: Actor::Manager(manager), .. }) = &account {
        let outages = outages::visible_outages(view, manager).await?;
        req.extensions_mut().insert(Outages(outages));
    }
    req.extensions_mut().insert(Visitor(account.clone()));
    req.extensions_mut().insert(ApiEnabled(snapshot.settings.api_enabled()));
    Ok(account)
}

/// Outages that concern the signed-in manager, as of the request.
struct Outages(Vec<Outage>);

/// Returns the outages that concern the signed-in manager.
#[must_use]
pub fn outages(req: &HttpRequest) -> Vec<Outage> {
    req.extensions().get::<Outages>().map_or_else(Vec::new, |known| known.0.clone())
}

/// Whether the API is enabled, as of the request. It is read together with the account, so that the
/// navigation needs no further query.
#[derive(Clone, Copy)]
struct ApiEnabled(bool);

/// Returns whether the API is enabled.
#[must_use]
pub fn is_api_enabled(req: &HttpRequest) -> bool {
    req.extensions().get::<ApiEnabled>().is_some_and(|enabled| enabled.0)
}

impl FromRequest for Visitor {
    type Error = WebError;
    type Future = Extracting<Self>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move { account(req).await.map(Self) })
    }
}

impl FromRequest for SignedIn {
    type Error = WebError;
    type Future = Extracting<Self>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move { signed_in(req).await.map(Self) })
    }
}

/// Returns the signed-in account, or an error that redirects to the sign-in page. After a GET
/// request, sign-in leads back to the requested address.
async fn signed_in(req: HttpRequest) -> Result<Account, WebError> {
    let back = if req.method() == Method::GET {
        req.uri().path_and_query().map(ToString::to_string)
    } else {
        None
    };
    account(req).await?.ok_or(WebError::SignInRequired { back })
}

impl FromRequest for AsManager {
    type Error = WebError;
    type Future = Extracting<Self>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let account = signed_in(req).await?;
            match &account.actor {
                Actor::Manager(manager) => Ok(Self(account.clone(), manager.clone())),
                Actor::Customer(_) => Err(WebError::Forbidden),
            }
        })
    }
}

impl FromRequest for AsServerAdmin {
    type Error = WebError;
    type Future = Extracting<Self>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let req = req.clone();
        Box::pin(async move {
            let account = signed_in(req).await?;
            let proof = match &account.actor {
                Actor::Manager(manager) => manager.as_server_admin(),
                Actor::Customer(_) => None,
            };
            proof.map(|proof| Self(account, proof)).ok_or(WebError::Forbidden)
        })
    }
}

/// Returns entry point, client address and acting admin of a request, for the audit log.
#[must_use]
pub fn origin(req: &HttpRequest, app: &App) -> Origin {
    let acting = req
        .extensions()
        .get::<Visitor>()
        .and_then(|visitor| visitor.0.as_ref()?.impersonator.clone());
    Origin {
        entry_point: EntryPoint::Web,
        address: address::of(req, app),
        acting: acting.map(|acting| (acting.admin, acting.login_name)),
    }
}
