//! The list of email templates, with the languages in which each is customized.

use crate::error::WebError;
use crate::extract::AsManager;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::account::Language;
use domain::mail_text::MailKind;
use services::app::App;
use services::mail_templates;

/// An email template and, for each language, whether it is customized.
struct Row {
    kind: MailKind,
    languages: Vec<(Language, bool)>,
}

#[derive(Template)]
#[template(path = "mail_templates/list.html")]
struct ListPage {
    c: Chrome,
    rows: Vec<Row>,
}

pub(super) async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let customized = mail_templates::customized_templates(snapshot.view(), &by).await?;
    let languages = |kind| {
        Language::ALL
            .iter()
            .map(|language| (*language, customized.contains(&(kind, *language))))
            .collect()
    };
    let rows =
        MailKind::ALL.into_iter().map(|kind| Row { kind, languages: languages(kind) }).collect();
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("mail-templates-title"), c.t("mail-templates-lead"));
    Ok(respond::ok(&ListPage { c: c.page(Section::MailTemplates, title).lead(lead), rows }))
}
