//! PHP configurations, for server admins only.

use crate::crud::form::{self, Editable};
use crate::crud::{Impact, Record, delete};
use crate::error::WebError;
use crate::extract::AsServerAdmin;
use crate::form::{Field, FormState, Widget};
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_session::Session;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::id::PhpConfigId;
use domain::php_config::PhpConfig;
use domain::request::Received;
use domain::validation::FieldErrors;
use edge::routing::Routes;
use services::app::App;
use services::php_configs::{self, PhpConfigInput, SavePhpConfig};
use services::{Command, Outcome, View};

pub fn routes(routes: &mut Routes) {
    routes
        .get("/php-configs", list)
        .post("/php-configs", form::create::<PhpConfig>)
        .get("/php-configs/new", form::new::<PhpConfig>)
        .post("/php-configs/{id:[0-9]{1,18}}", form::save::<PhpConfig>)
        .get("/php-configs/{id:[0-9]{1,18}}/edit", form::edit::<PhpConfig>)
        .get("/php-configs/{id:[0-9]{1,18}}/delete", delete::page::<PhpConfig>)
        .post("/php-configs/{id:[0-9]{1,18}}/delete", delete::delete::<PhpConfig>);
}

#[derive(Template)]
#[template(path = "php_configs/list.html")]
struct ListPage {
    c: Chrome,
    rows: Vec<Row>,
}

struct Row {
    config: PhpConfig,
    customers: u64,
}

/// `GET /php-configs`
async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let counts = php_configs::customer_counts(snapshot.view()).await?;
    let all = php_configs::all(snapshot.view()).await?;
    let row =
        |config: PhpConfig| Row { customers: counts.get(&config.id).copied().unwrap_or(0), config };
    let rows = all.into_iter().map(row).collect();
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("nav-php-configs"), c.t("php-configs-lead"));
    Ok(respond::ok(&ListPage { c: c.page(Section::PhpConfigs, title).lead(lead), rows }))
}

impl Record for PhpConfig {
    type By = AsServerAdmin;
    type Key = i64;
    const AREA: &'static str = "php-configs";
    const SECTION: Section = Section::PhpConfigs;
    const HAS_PAGE: bool = false;

    fn address(&self) -> String {
        format!("/php-configs/{}", self.id)
    }

    fn name(&self) -> &str {
        &self.description
    }

    async fn get(view: View<'_>, _: &AsServerAdmin, id: i64) -> Outcome<Self> {
        php_configs::get(view, PhpConfigId(id)).await
    }

    async fn impact(&self, view: View<'_>, _: &AsServerAdmin, c: &Chrome) -> Outcome<Impact> {
        let customers = php_configs::customer_count(view, self.id).await?;
        Ok(Impact::new(c.t("php-configs-delete-text")).used_by(customers))
    }

    async fn delete(&self, cmd: Command<'_>, by: &AsServerAdmin) -> Outcome<Self> {
        php_configs::delete(cmd, by, self.id).await
    }
}

impl Editable for PhpConfig {
    type Request = SavePhpConfig;
    type Input = PhpConfigInput;
    type Added = Self;

    fn fields(_: &Chrome, _: Option<&Self>) -> Vec<Field> {
        vec![
            Field::new("description", Widget::Input("text")).required().max(100).wide(),
            Field::new("binary", Widget::Input("text"))
                .required()
                .max(255)
                .placeholder("/usr/bin/php-cgi8.4")
                .wide(),
            Field::new("php_ini", Widget::Lines(8)),
        ]
    }

    fn fill_new(_: &mut FormState) {}

    fn fill(&self, form: &mut FormState) {
        form.set("description", &self.description)
            .set("binary", &self.binary)
            .set("php_ini", &self.php_ini);
    }

    fn read(received: Received<SavePhpConfig>) -> Result<PhpConfigInput, FieldErrors> {
        PhpConfigInput::of(received)
    }

    async fn add(cmd: Command<'_>, by: &AsServerAdmin, input: &PhpConfigInput) -> Outcome<Self> {
        php_configs::save(cmd, by, None, input).await
    }

    async fn update(
        &self,
        cmd: Command<'_>,
        by: &AsServerAdmin,
        input: &PhpConfigInput,
    ) -> Outcome<Self> {
        php_configs::save(cmd, by, Some(self.id), input).await
    }

    fn added_response(
        added: Self,
        _: &App,
        _: &HttpRequest,
        _: &AsServerAdmin,
        session: &Session,
    ) -> HttpResponse {
        form::redirect_to_list(session, &added, "added")
    }
}
