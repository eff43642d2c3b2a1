//! What a request says of a plan.

use crate::domain::fault::{Fault, FieldFaults};
use crate::domain::resources::Services;
use crate::domain::text;
use crate::services::customers::{ServicesPatch, parse_services};
use crate::services::params::Params;

/// The longest description, in characters.
const DESCRIPTION_MAX: usize = 20_000;

/// The fields that were sent.
#[derive(Clone, Debug, Default)]
pub struct PlanPatch {
    /// Its name.
    pub name: Option<String>,
    /// What it is meant for.
    pub description: Option<String>,
    /// What it gives.
    pub services: ServicesPatch,
    /// The version the form was filled from.
    pub version: Option<i64>,
}

/// Name, description and services of a plan, put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contents {
    pub name: String,
    pub description: String,
    pub services: Services,
}

/// Reads the parameters of `add`.
///
/// # Errors
/// Every fault, by field.
pub fn parse_new(mut params: Params) -> Result<PlanPatch, FieldFaults> {
    if !params.has("name") {
        params.faults.push("name", Fault::new("required"));
    }
    let patch = parse_patch(&mut params);
    params.refuse_unknown();
    params.finish(patch)
}

/// Reads the parameters of `update`, the plan's id left out.
///
/// # Errors
/// Every fault, by field.
pub fn parse_update(mut params: Params) -> Result<PlanPatch, FieldFaults> {
    let version = params.number("version");
    let patch = PlanPatch { version, ..parse_patch(&mut params) };
    params.refuse_unknown();
    params.finish(patch)
}

fn parse_patch(params: &mut Params) -> PlanPatch {
    let name = |text: &str| if text::is_blank(text) { Err(Fault::new("required")) } else { text::line(text, 255) };
    PlanPatch {
        name: params.parsed("name", name),
        description: params.parsed("description", |text| text::multiline(text, DESCRIPTION_MAX)),
        services: parse_services(params),
        version: None,
    }
}

impl PlanPatch {
    /// Changes the fields that were sent.
    pub(super) fn apply(&self, contents: &mut Contents) {
        if let Some(name) = &self.name {
            contents.name.clone_from(name);
        }
        if let Some(description) = &self.description {
            contents.description.clone_from(description);
        }
        self.services.apply(&mut contents.services);
    }
}
