//! The plans that a file names.

use super::cells::Cells;
use super::file::Sheet;
use super::header::{PLAN, Target};
use crate::{Outcome, View};
use auth::actor::Manager;
use domain::id::PlanId;
use domain::plan::Plan;
use domain::text::nfc;
use domain::validation::{ErrorCode, ValidationError};
use std::collections::{BTreeSet, HashMap};

/// Maximum number of plans that one statement looks up.
const PLANS_PER_QUERY: usize = 2000;

/// Plans by name and by id. Holds plans that the file names and the manager may use.
#[derive(Default)]
pub(super) struct Plans {
    by_name: HashMap<String, Vec<PlanId>>,
    by_id: HashMap<PlanId, Plan>,
    manager: Option<domain::id::AdminId>,
}

impl Plans {
    /// Reads all plans that the rows name.
    pub async fn read(view: View<'_>, by: &Manager, sheet: &Sheet) -> Outcome<Self> {
        let mut plans = Self { manager: Some(by.id()), ..Self::default() };
        let distinct_cells = |target: &Target| -> BTreeSet<String> {
            let rows =
                sheet.records.iter().filter_map(|record| Cells::of(sheet, record).get(target));
            rows.map(|cell| nfc(cell.trim()).into_owned()).collect()
        };
        let names: Vec<String> = distinct_cells(&Target::Plan).into_iter().collect();
        if !names.is_empty() {
            for (id, name) in db::plans::find_ids_by_names(view.on, by.scope(), &names).await? {
                plans.by_name.entry(name).or_default().push(id);
            }
        }
        let typed_ids = distinct_cells(&Target::Parameter(PLAN.to_owned()));
        let ids: BTreeSet<i64> = typed_ids.iter().filter_map(|id| id.parse().ok()).collect();
        let named_ids = plans.by_name.values().flatten().map(|id| id.0);
        let ids: BTreeSet<i64> = named_ids.chain(ids).collect();
        let ids: Vec<PlanId> = ids.into_iter().map(PlanId).collect();
        for batch in ids.chunks(PLANS_PER_QUERY) {
            let found = db::plans::find_all(view.on, by.scope(), batch).await?;
            plans.by_id.extend(found.into_iter().map(|plan| (plan.id, plan)));
        }
        Ok(plans)
    }

    /// Returns the plan with this name. If several have it, the manager's own plan is preferred.
    ///
    /// # Errors
    /// `plan-name-unknown` or `plan-name-ambiguous`.
    pub fn find_by_name(&self, name: &str) -> Result<&Plan, ValidationError> {
        let found: Vec<&Plan> = self
            .by_name
            .get(&*nfc(name.trim()))
            .into_iter()
            .flatten()
            .filter_map(|id| self.by_id.get(id))
            .collect();
        let own: Vec<&Plan> =
            found.iter().copied().filter(|plan| Some(plan.owner) == self.manager).collect();
        match (found.as_slice(), own.as_slice()) {
            ([plan], _) | (_, [plan]) => Ok(plan),
            ([], _) => {
                Err(ValidationError::new(ErrorCode::PlanNameUnknown).with("name", name.trim()))
            }
            _ => Err(ValidationError::new(ErrorCode::PlanNameAmbiguous).with("name", name.trim())),
        }
    }

    /// Returns the plan with this id.
    pub fn find_by_id(&self, id: &str) -> Option<&Plan> {
        self.by_id.get(&PlanId(id.trim().parse().ok()?))
    }
}
