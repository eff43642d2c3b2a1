//! Shows, customizes and resets an email template.

use crate::codes;
use crate::csrf::VerifiedForm;
use crate::error::WebError;
use crate::extract::{AsManager, origin};
use crate::flash::Flash;
use crate::form::FormState;
use crate::nav::Section;
use crate::page::Chrome;
use crate::{frame, respond, validation_errors};
use actix_session::Session;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::account::Language;
use domain::mail_text::MailKind;
use i18n::Texts as _;
use services::app::App;
use services::{ServiceError, mail_templates};

#[derive(Template)]
#[template(path = "mail_templates/edit.html")]
struct EditPage {
    c: Chrome,
    f: FormState,
    kind: MailKind,
    language: Language,
    is_customized: bool,
}

type TemplatePath = Path<(String, String)>;

fn parse_path(path: TemplatePath) -> Result<(MailKind, Language), WebError> {
    let (kind, language) = path.into_inner();
    let language = Language::ALL.iter().copied().find(|known| known.code() == language);
    MailKind::parse(&kind).zip(language).ok_or(WebError::NotFound)
}

fn page(
    c: Chrome,
    f: FormState,
    kind: MailKind,
    language: Language,
    is_customized: bool,
) -> EditPage {
    let name = c.t(&format!("mail-kind-{}", codes::key(kind.code())));
    let title = format!("{name} ({})", language.native_name());
    EditPage { c: c.below(Section::MailTemplates, title), f, kind, language, is_customized }
}

pub(super) async fn show(
    app: Data<App>,
    req: HttpRequest,
    path: TemplatePath,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let (kind, language) = parse_path(path)?;
    let snapshot = app.open_view().await?;
    let own = mail_templates::get(snapshot.view(), &by, kind, language).await?;
    let mut form = FormState::new("mail-templates");
    if let Some(text) = &own {
        form.set("subject", &text.subject).set("body", &text.body);
    } else {
        let key = codes::key(kind.code());
        form.set("subject", language.t(&format!("mail-starter-{key}-subject")))
            .set("body", language.t(&format!("mail-starter-{key}")));
    }
    Ok(respond::ok(&page(frame::of(&req, &app, by.account()), form, kind, language, own.is_some())))
}

pub(super) async fn save(
    app: Data<App>,
    req: HttpRequest,
    path: TemplatePath,
    by: AsManager,
    session: Session,
    form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let (kind, language) = parse_path(path)?;
    let (subject, body) = (form.text("subject"), form.text("body"));
    let saved = app
        .change(&origin(&req, &app), async |cmd| {
            mail_templates::save(cmd, &by, kind, language, subject, body).await
        })
        .await;
    match saved {
        Ok(()) => Ok(respond::redirect_with_flash(
            &session,
            "/mail-templates",
            Flash::success("flash-saved"),
        )),
        Err(ServiceError::Invalid(found)) => {
            let snapshot = app.open_view().await?;
            let own = mail_templates::get(snapshot.view(), &by, kind, language).await?;
            let c = frame::of(&req, &app, by.account());
            let mut state = FormState::posted("mail-templates", form.0.clone());
            validation_errors::add_to_form(c.lang, &found, &mut state, |_| true);
            Ok(respond::invalid(&page(c, state, kind, language, own.is_some())))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn reset(
    app: Data<App>,
    req: HttpRequest,
    path: TemplatePath,
    by: AsManager,
    session: Session,
    _form: VerifiedForm,
) -> Result<HttpResponse, WebError> {
    let (kind, language) = parse_path(path)?;
    app.change(&origin(&req, &app), async |cmd| {
        mail_templates::reset(cmd, &by, kind, language).await
    })
    .await?;
    Ok(respond::redirect_with_flash(
        &session,
        "/mail-templates",
        Flash::success("flash-mail-template-reset"),
    ))
}
