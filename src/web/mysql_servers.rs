//! MySQL servers, for server admins only.

use crate::crud::form::{self, Action, Editable};
use crate::crud::{Impact, Record, delete};
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::AsServerAdmin;
use crate::flash::{Flash, Tone};
use crate::form::{Field, FormState, Widget};
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond, validation_errors};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::id::MysqlServerId;
use domain::mysql::AccessHost;
use domain::mysql::MysqlServer;
use domain::request::Received;
use domain::validation::{ErrorCode, FieldErrors, ValidationError};
use edge::routing::Routes;
use services::app::App;
use services::mysql_servers::{self, MysqlServerInput, SaveMysqlServer};
use services::{Command, Outcome, ServiceError, View};

pub fn routes(routes: &mut Routes) {
    routes
        .get("/mysql-servers", list)
        .post("/mysql-servers", form::create::<MysqlServer>)
        .get("/mysql-servers/new", form::new::<MysqlServer>)
        .post("/mysql-servers/{id:[0-9]{1,18}}", form::save::<MysqlServer>)
        .post("/mysql-servers/{id:[0-9]{1,18}}/test", probe)
        .get("/mysql-servers/{id:[0-9]{1,18}}/edit", form::edit::<MysqlServer>)
        .get("/mysql-servers/{id:[0-9]{1,18}}/delete", delete::page::<MysqlServer>)
        .post("/mysql-servers/{id:[0-9]{1,18}}/delete", delete::delete::<MysqlServer>);
}

#[derive(Template)]
#[template(path = "mysql_servers/list.html")]
struct ListPage {
    c: Chrome,
    rows: Vec<Row>,
}

struct Row {
    server: MysqlServer,
    customers: u64,
}

/// `GET /mysql-servers`
async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: AsServerAdmin,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let counts = mysql_servers::customer_counts(snapshot.view()).await?;
    let all = mysql_servers::all(snapshot.view()).await?;
    let row = |server: MysqlServer| Row {
        customers: counts.get(&server.id).copied().unwrap_or(0),
        server,
    };
    let rows = all.into_iter().map(row).collect();
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("nav-mysql-servers"), c.t("mysql-servers-lead"));
    Ok(respond::ok(&ListPage { c: c.page(Section::MysqlServers, title).lead(lead), rows }))
}

/// `POST /mysql-servers/{id}/test`
async fn probe(
    app: Data<App>,
    id: Path<i64>,
    by: AsServerAdmin,
    session: Session,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let id = MysqlServerId(*id);
    let snapshot = app.open_view().await?;
    let flash = match mysql_servers::probe(&app.env, snapshot.view(), &by, id).await {
        Ok(version) => Flash::success("flash-mysql-servers-answers").with("version", version),
        Err(ServiceError::Refused(error)) => {
            let reason = validation_errors::text(by.account().language, &error);
            Flash::new(Tone::Danger, "flash-mysql-servers-silent").with("reason", reason)
        }
        Err(error) => return Err(error.into()),
    };
    Ok(respond::redirect_with_flash(&session, &format!("/mysql-servers/{id}/edit"), flash))
}

impl Record for MysqlServer {
    type By = AsServerAdmin;
    type Key = i64;
    const AREA: &'static str = "mysql-servers";
    const SECTION: Section = Section::MysqlServers;
    const HAS_PAGE: bool = false;

    fn address(&self) -> String {
        format!("/mysql-servers/{}", self.id)
    }

    fn name(&self) -> &str {
        &self.name
    }

    async fn get(view: View<'_>, _: &AsServerAdmin, id: i64) -> Outcome<Self> {
        mysql_servers::get(view, MysqlServerId(id)).await
    }

    async fn impact(&self, view: View<'_>, _: &AsServerAdmin, c: &Chrome) -> Outcome<Impact> {
        let impact = Impact::new(c.t("mysql-servers-delete-text"));
        if self.id == mysql_servers::DEFAULT {
            return Ok(
                impact.refused(Some(ValidationError::new(ErrorCode::CannotDeleteDefaultServer)))
            );
        }
        Ok(impact.used_by(mysql_servers::customer_count(view, self.id).await?))
    }

    async fn delete(&self, cmd: Command<'_>, by: &AsServerAdmin) -> Outcome<Self> {
        mysql_servers::delete(cmd, by, self.id).await
    }
}

impl Editable for MysqlServer {
    type Request = SaveMysqlServer;
    type Input = MysqlServerInput;
    type Added = Self;

    fn fields(c: &Chrome, stored: Option<&Self>) -> Vec<Field> {
        let mut fields = vec![
            Field::new("name", Widget::Input("text")).required().max(100).wide(),
            Field::new("host", Widget::Input("text")).required().max(253),
            Field::new("port", Widget::Input("number")),
            Field::new("access_hosts", Widget::Lines(2)).max(2000),
            Field::new("admin_url", Widget::Secret).wide(),
        ];
        if stored.is_some_and(|server| server.administered) {
            let (tag, text) = (c.t("mysql-servers-set"), c.t("mysql-servers-set-text"));
            fields.push(Field::new("administered", Widget::State { tag, text }).wide());
            fields.push(Field::new("admin_url_remove", Widget::Checkbox).wide());
        }
        fields
    }

    fn fill_new(form: &mut FormState) {
        form.set("port", 3306).set("access_hosts", "localhost");
    }

    fn fill(&self, form: &mut FormState) {
        form.set("name", &self.name).set("host", &self.host).set("port", self.port);
        form.set("access_hosts", AccessHost::list(&self.access_hosts));
    }

    fn actions(&self, c: &Chrome) -> Vec<Action> {
        let test = || Action {
            title: c.t("mysql-servers-test-title"),
            text: c.t("mysql-servers-test-text"),
            path: "test",
            icon: "refresh",
            label: c.t("mysql-servers-test"),
        };
        self.administered.then(test).into_iter().collect()
    }

    fn read(received: Received<SaveMysqlServer>) -> Result<MysqlServerInput, FieldErrors> {
        MysqlServerInput::of(received)
    }

    async fn add(cmd: Command<'_>, by: &AsServerAdmin, input: &MysqlServerInput) -> Outcome<Self> {
        mysql_servers::save(cmd, by, None, input).await
    }

    async fn update(
        &self,
        cmd: Command<'_>,
        by: &AsServerAdmin,
        input: &MysqlServerInput,
    ) -> Outcome<Self> {
        mysql_servers::save(cmd, by, Some(self.id), input).await
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
