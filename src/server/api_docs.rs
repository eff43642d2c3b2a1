//! `GET /api/docs`: the API's documentation for people, from the same table as the OpenAPI
//! document. It is in English, like the API's names. It needs no session, and loads nothing from
//! other hosts.

use actix_web::HttpResponse;
use actix_web::web::Data;
use api::commands::COMMANDS;
use api::openapi;
use api::spec::{Audience, Spec};
use askama::Template;
use domain::account::Language;
use domain::request::{ParameterDeclaration, ParameterType};
use domain::unit::Unit;
use edge::routing::Routes;
use web::page::Chrome;
use web::respond;

/// Registers the route outside of the panel's scope, so that no session is read.
pub fn routes(routes: &mut Routes) {
    routes.get("/api/docs", page);
}

#[derive(Template)]
#[template(path = "pages/api_docs.html")]
struct DocsPage {
    c: Chrome,
    base: String,
    modules: Vec<Module>,
}

struct Module {
    name: &'static str,
    commands: Vec<CommandEntry>,
}

struct CommandEntry {
    spec: &'static Spec,
    params: Vec<ParameterDeclaration>,
    /// A real request with its response.
    example: Option<(String, String)>,
}

async fn page(app: Data<services::app::App>) -> HttpResponse {
    let c = Chrome { lang: Language::En, title: "API".to_owned(), ..Chrome::default() };
    respond::ok(&DocsPage { c, base: app.env.public_url.clone(), modules: modules() })
}

fn modules() -> Vec<Module> {
    let mut modules: Vec<Module> = Vec::new();
    for spec in COMMANDS {
        let name = spec.parts().0;
        if modules.last().is_none_or(|module| module.name != name) {
            modules.push(Module { name, commands: Vec::new() });
        }
        if let Some(module) = modules.last_mut() {
            module.commands.push(CommandEntry {
                spec,
                params: (spec.params)(),
                example: openapi::example(spec),
            });
        }
    }
    modules
}

impl CommandEntry {
    const fn audience(&self) -> &'static str {
        match self.spec.allowed {
            Audience::EveryAccount => "every account",
            Audience::ManagersAndCustomers => "admins, resellers, customers",
            Audience::Managers => "admins, resellers",
            Audience::ServerAdmins => "server admins",
        }
    }

    fn type_label(param: &ParameterDeclaration) -> String {
        match param.kind {
            ParameterType::Text => "text".to_owned(),
            ParameterType::Secret => "secret".to_owned(),
            ParameterType::Integer => "number".to_owned(),
            ParameterType::Flag => "yes or no".to_owned(),
            ParameterType::Limit(Unit::Count) => "limit".to_owned(),
            ParameterType::Limit(unit) => format!("limit in {}", unit.label()),
            ParameterType::Ids | ParameterType::Names => "ids".to_owned(),
            ParameterType::Choice(choices) => choices.join(", "),
            ParameterType::Search => "conditions".to_owned(),
            ParameterType::Order => "columns".to_owned(),
        }
    }
}
