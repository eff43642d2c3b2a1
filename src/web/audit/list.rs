//! The audit log, newest entries first.

use super::entry::{self, EntryView};
use super::values::Names;
use crate::codes;
use crate::error::WebError;
use crate::extract::AsManager;
use crate::form::{Choice, FormState};
use crate::nav::Section;
use crate::page::Chrome;
use crate::query::Query;
use crate::table::ListState;
use crate::{frame, respond};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use domain::audit::AuditFilter;
use domain::query::Page;
use services::app::App;
use services::audit::TargetKind;
use services::{audit, customers};

#[derive(Template)]
#[template(path = "audit/list.html")]
struct ListPage {
    c: Chrome,
    f: FormState,
    l: ListState,
    kinds: Vec<Choice>,
    entries: Vec<EntryView>,
}

/// Shows a page of the audit log.
pub(super) async fn list(
    app: Data<App>,
    req: HttpRequest,
    by: AsManager,
) -> Result<HttpResponse, WebError> {
    let snapshot = app.open_view().await?;
    let view = snapshot.view();
    let query = Query::of(&req);
    let search = query.search();
    let mut l = query.list("/audit", &["q", "kind", "id"], snapshot.settings.page_size());
    let mut page = Page { items: Vec::new(), total: 0 };
    if let Ok(search) = &search {
        let filter = filter(&query, search);
        page = audit::listing(view, &by, &filter, l.per_page, l.offset()).await?;
        if l.set_total(page.total) {
            page = audit::listing(view, &by, &filter, l.per_page, l.offset()).await?;
        }
    }
    let known = customers::login_names(view, &by, &entry::customers(&page.items)).await?;
    let names = Names::read(view, &page.items).await?;
    let c = frame::of(&req, &app, by.account());
    let (title, lead) = (c.t("audit-title"), c.t("audit-lead"));
    let kinds = TargetKind::ALL
        .into_iter()
        .map(|kind| Choice::new(kind.code(), codes::target_kind(c.lang, kind.code())))
        .collect();
    let entries =
        page.items.into_iter().map(|entry| EntryView::new(&c, entry, &known, &names)).collect();
    let f = query.form(&c, "audit", &["q", "kind"], &search);
    let page = ListPage { c: c.page(Section::Audit, title).lead(lead), f, l, kinds, entries };
    Ok(if search.is_err() { respond::invalid(&page) } else { respond::ok(&page) })
}

/// Returns the filter of a query. An invalid type or id matches nothing, because ignoring it would
/// show all entries as if they matched.
fn filter(query: &Query, search: &str) -> AuditFilter {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    AuditFilter {
        target_kind: some(query.text("kind")),
        target_id: some(query.text("id")).map(|id| id.parse().unwrap_or(-1)),
        word: search.to_owned(),
        ..AuditFilter::default()
    }
}
