//! PHP configurations, MySQL servers and hosting plans.

use super::copy::{Draft, SeenKeys};
use super::report::{Kind, Notes};
use super::{Import, ImportError, texts, values};
use db::froxlor::{Row, tables};
use db::panel_import::{self, ImportedPlan, MysqlServer, PhpConfig};
use domain::id::{MysqlServerId, PhpConfigId, PlanId};
use domain::quota::Quota;
use domain::resources::{Limits, Resource, Services};
use jiff::Timestamp;
use serde_json::{Map, Value};

/// Interpreter of PHP configurations that have no absolute path of one.
const DEFAULT_BINARY: &str = "/usr/bin/php-cgi";
/// Maximum length of a PHP configuration's description, in characters.
const MAX_DESCRIPTION: usize = 100;

impl Import<'_> {
    /// Imports PHP configurations. An imported one replaces the configuration that a new
    /// installation has under the same id, unless that configuration was changed.
    pub(super) async fn import_php_configs(&mut self) -> Result<(), ImportError> {
        self.php_configs =
            db::php_configs::all(self.cmd.tx).await?.iter().map(|config| config.id.0).collect();
        let mut pages = self.pages(&tables::PHP_CONFIGS).await?;
        let mut seen = SeenKeys::default();
        while let Some(rows) = self.next(&mut pages).await? {
            let mut drafts = Vec::new();
            for row in rows {
                let draft = self.php_config(&row);
                if panel_import::is_initial_php_config(self.cmd.tx, PhpConfigId(draft.id)).await? {
                    panel_import::overwrite_php_config(self.cmd.tx, &draft.row).await?;
                    self.report.counts(row.table()).new += 1;
                    self.report.add_notes(row.table(), draft.id, draft.notes);
                } else {
                    drafts.push(draft);
                }
            }
            let (_, here) = self.copy(tables::PHP_CONFIGS.name, drafts, &mut seen).await?;
            self.php_configs.extend(here);
        }
        Ok(())
    }

    fn php_config(&self, row: &Row) -> Draft<PhpConfig> {
        let mut notes = Notes::default();
        let mut description =
            texts::line("description", row.text("description"), MAX_DESCRIPTION, &mut notes);
        if description.is_empty() {
            description = format!("PHP {}", row.id());
        }
        let binary = Some(row.text("binary").trim())
            .filter(|path| path.starts_with('/'))
            .unwrap_or(DEFAULT_BINARY);
        let new = PhpConfig {
            id: row.id(),
            description,
            binary: texts::line("binary", binary, 255, &mut notes),
            php_ini: texts::multiline("phpsettings", row.text("phpsettings"), &mut notes),
            // 0 marks the PHP configuration of a new installation.
            created_at: self.cmd.at.as_second().max(1),
        };
        Draft {
            id: row.id(),
            key: new.description.clone(),
            column: None,
            row: new,
            notes,
            usage: None,
        }
    }

    /// Creates placeholders for PHP configurations that customers or plans refer to, but that do
    /// not exist.
    pub(super) async fn ensure_php_configs(
        &mut self,
        ids: &[PhpConfigId],
    ) -> Result<(), ImportError> {
        for PhpConfigId(id) in ids.iter().copied() {
            if self.php_configs.insert(id) {
                self.report.add_finding(tables::PHP_CONFIGS.name, id, Kind::Placeholder, "");
                let created_at = self.cmd.at.as_second().max(1);
                let description = format!("PHP configuration {id}");
                let row = PhpConfig {
                    id,
                    description,
                    binary: DEFAULT_BINARY.to_owned(),
                    php_ini: String::new(),
                    created_at,
                };
                panel_import::insert(self.cmd.tx, vec![row]).await?;
                self.report.counts(tables::PHP_CONFIGS.name).new += 1;
            }
        }
        Ok(())
    }

    /// Creates placeholders for MySQL servers. Froxlor's database contains only their ids.
    pub(super) async fn ensure_mysql_servers(
        &mut self,
        ids: &[MysqlServerId],
    ) -> Result<(), ImportError> {
        if self.mysql_servers.is_empty() {
            self.mysql_servers = db::mysql_servers::all(self.cmd.tx)
                .await?
                .iter()
                .map(|server| server.id.0)
                .collect();
        }
        for MysqlServerId(id) in ids.iter().copied() {
            if self.mysql_servers.insert(id) {
                self.report.add_finding(MYSQL_SERVERS, id, Kind::Placeholder, "");
                let name =
                    if id == 0 { "Default".to_owned() } else { format!("MySQL server {id}") };
                let (host, created_at) = ("localhost".to_owned(), self.cmd.at.as_second());
                let row = MysqlServer {
                    id,
                    name,
                    access_hosts: host.clone(),
                    host,
                    port: 3306,
                    created_at,
                    sealed_admin_url: None,
                };
                panel_import::insert(self.cmd.tx, vec![row]).await?;
                self.report.counts(MYSQL_SERVERS).new += 1;
            }
        }
        Ok(())
    }

    pub(super) async fn import_plans(&mut self) -> Result<(), ImportError> {
        let mut pages = self.pages(&tables::PLANS).await?;
        while let Some(rows) = self.next(&mut pages).await? {
            let ids: Vec<i64> = rows.iter().map(Row::id).collect();
            let existing = panel_import::rows::<panel_import::Plan>(self.cmd.tx, &ids, &[]).await?;
            let mut new = Vec::new();
            for row in rows {
                let mut notes = Notes::default();
                let Some(plan) = self.plan(&row, &mut notes) else {
                    self.report.skip(row.table(), row.id(), Kind::Orphan, "");
                    continue;
                };
                match existing.iter().find(|plan| plan.id == row.id()) {
                    Some(existing) if existing.key == plan.name => {
                        self.report.counts(row.table()).existing += 1;
                    }
                    Some(existing) => self.report.add_conflict(
                        row.table(),
                        row.id(),
                        format!("this id already belongs to {} here", existing.key),
                    ),
                    None => {
                        self.ensure_php_configs(&plan.services.php_configs).await?;
                        self.report.counts(row.table()).new += 1;
                        self.report.add_notes(row.table(), row.id(), notes);
                        new.push(plan);
                    }
                }
            }
            panel_import::insert_plans(self.cmd.tx, &new).await?;
        }
        Ok(())
    }

    fn plan(&self, row: &Row, notes: &mut Notes) -> Option<ImportedPlan> {
        let mut name = texts::line("name", row.text("name"), 255, notes);
        if name.is_empty() {
            name = format!("Plan {}", row.id());
            notes.note(Kind::Text, format!("name is now {name}"));
        }
        Some(ImportedPlan {
            id: PlanId(row.id()),
            owner: self.owner(row.number("adminid").unwrap_or(0), notes)?,
            name,
            description: texts::multiline("description", row.text("description"), notes),
            services: plan_services(row.text("value"), self.settings.mail_quota(), notes),
            changed_at: values::time(row, "ts", self.cmd.at, notes)
                .unwrap_or(Timestamp::UNIX_EPOCH),
        })
    }
}

/// Name in the report. Froxlor has no such table.
const MYSQL_SERVERS: &str = "mysql_servers";

/// Reads the services of a plan from JSON, with sizes in MiB and GiB.
pub(super) fn plan_services(text: &str, mail_quota: u64, notes: &mut Notes) -> Services {
    let value = if let Ok(Value::Object(value)) = serde_json::from_str(text) {
        value
    } else {
        notes.note(Kind::Json, format!("value {}", values::quote(text)));
        Map::new()
    };
    let mut limits = Limits::NONE;
    for resource in Resource::ALL {
        limits[resource] = match value.get(resource.name()) {
            None if resource == Resource::EmailQuota => Quota::Limited(mail_quota),
            None | Some(Value::Null) => Quota::NONE,
            Some(number) => plan_limit(resource, number, notes),
        };
    }
    let flag = |name: &str| match value.get(name) {
        Some(Value::Bool(on)) => *on,
        Some(Value::Number(number)) => number.as_f64().is_some_and(|number| number != 0.0),
        Some(Value::String(text)) => !matches!(text.trim(), "" | "0" | "false"),
        _ => false,
    };
    let (php, is_complete) =
        value.get("allowed_phpconfigs").map_or((Vec::new(), true), values::parse_ids);
    if !is_complete {
        notes.note(Kind::Json, "allowed_phpconfigs");
    }
    let mut php_configs: Vec<PhpConfigId> =
        php.into_iter().filter(|id| *id > 0).map(PhpConfigId).collect();
    php_configs.sort_unstable();
    php_configs.dedup();
    Services {
        limits,
        imap: flag("email_imap"),
        pop3: flag("email_pop3"),
        php: flag("phpenabled"),
        perl: flag("perlenabled"),
        dns: flag("dnsenabled"),
        log_view: flag("logviewenabled"),
        php_configs,
    }
}

fn plan_limit(resource: Resource, number: &Value, notes: &mut Notes) -> Quota {
    let text = match number {
        Value::String(text) => text.trim().to_owned(),
        other => other.to_string(),
    };
    if text == "-1" {
        return Quota::Unlimited;
    }
    match Quota::parse(&text, resource.unit().size()) {
        Ok(Quota::Limited(size)) if size > values::MAX_AMOUNT => {
            notes.note(Kind::Large, format!("{} {text}", resource.name()));
            Quota::Limited(values::MAX_AMOUNT)
        }
        Ok(quota) => quota,
        Err(_) if text.is_empty() => Quota::NONE,
        Err(_) => {
            notes.note(Kind::Number, format!("{} {}", resource.name(), values::quote(&text)));
            Quota::NONE
        }
    }
}
