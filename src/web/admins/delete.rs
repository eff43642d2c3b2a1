//! The confirmation to delete an admin.

use crate::crud::{Impact, Record};
use crate::extract::AsServerAdmin;
use crate::flash::Flash;
use crate::nav::Section;
use crate::page::Chrome;
use domain::admin::{Admin, AdminRef};
use domain::validation::{ErrorCode, ValidationError};
use services::{Command, Outcome, View, admins};

impl Record for Admin {
    type By = AsServerAdmin;
    type Key = String;
    const AREA: &'static str = "admins";
    const SECTION: Section = Section::Admins;
    const HAS_PAGE: bool = true;

    fn address(&self) -> String {
        format!("/admins/{}", self.login_name)
    }

    fn name(&self) -> &str {
        self.display_name()
    }

    fn confirmation(&self) -> Option<&str> {
        Some(self.login_name.as_str())
    }

    async fn get(view: View<'_>, by: &AsServerAdmin, login_name: String) -> Outcome<Self> {
        admins::get(view, by, &AdminRef::Login(login_name)).await
    }

    async fn impact(&self, view: View<'_>, by: &AsServerAdmin, c: &Chrome) -> Outcome<Impact> {
        let impact = Impact::new(c.t("admins-delete-text"));
        let customers = self.assigned.customers;
        if self.id == by.manager().id() {
            return Ok(impact.refused(Some(ValidationError::new(ErrorCode::CannotDeleteSelf))));
        }
        if customers > 0 {
            let obstacle =
                ValidationError::new(ErrorCode::AdminHasCustomers).with("count", customers);
            let address = format!("/customers?owner={}", self.login_name);
            return Ok(impact
                .refused(Some(obstacle))
                .resolution_link(address, c.t("admins-own-customers")));
        }
        let plans = admins::count_plans(view, by, self).await?;
        let mut items = Vec::new();
        if plans > 0 {
            items.push(c.t_with("admins-delete-plans", &[("count", plans)]));
        }
        items.push(c.t("admins-delete-access"));
        Ok(impact.items(items))
    }

    async fn delete(&self, cmd: Command<'_>, by: &AsServerAdmin) -> Outcome<Self> {
        admins::delete(cmd, by, &AdminRef::Id(self.id)).await
    }

    fn deleted_flash(&self) -> Flash {
        Flash::success("flash-admin-deleted").with("loginname", &self.login_name)
    }
}
