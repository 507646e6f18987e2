//! How the tables of a sheet will be read: as ordered, else as this firm's tables with the same header were mapped
//! before, else as recognised.

use super::order::SheetOrder;
use super::recall;
use crate::desk::Desk;
use crate::error::AppError;
use fieldbook_checklist::Bundle;
use fieldbook_intake::{IntakeError, PlanRequest, SheetPlan, SheetProfile, Source};
use fieldbook_vault::Vault;
use jiff::civil::Date;

/// What plans are made with.
pub(super) struct Planner<'a> {
    pub(super) bundle: &'a Bundle,
    pub(super) vault: &'a Vault,
    pub(super) firm: String,
    pub(super) as_of: Date,
    /// Mappings from elsewhere.
    pub(super) profiles: &'a [SheetProfile],
}

/// A plan, and whether its mapping is somebody's choice.
pub(super) struct Planned {
    pub(super) plan: SheetPlan,
    pub(super) chosen: bool,
}

impl<'a> Planner<'a> {
    pub(super) fn of(desk: &'a Desk) -> Result<Self, AppError> {
        let exam = desk.exam()?.store.exam()?;
        Ok(Self {
            bundle: &desk.bundle,
            vault: &desk.vault()?.vault,
            firm: exam.firm,
            as_of: exam.as_of,
            profiles: &[],
        })
    }

    /// A plan for each table of a sheet, or for the one whose header begins on a row.
    ///
    /// # Errors
    /// Whatever stops the sheet from being read.
    pub(super) fn plans(
        &self,
        source: &mut Source,
        sheet: &str,
        header_row: u32,
        order: &SheetOrder,
    ) -> Result<Vec<Planned>, IntakeError> {
        let request = PlanRequest {
            defs: &self.bundle.datasets,
            dataset: order.dataset.as_deref(),
            as_of: self.as_of,
            forced: &order.forced,
        };
        let fresh = if header_row > 0 {
            vec![fieldbook_intake::plan_at(source, sheet, header_row, &request)?]
        } else {
            fieldbook_intake::plans(source, sheet, &request)?
        };
        if !order.forced.is_empty() {
            return Ok(fresh.into_iter().map(|plan| Planned { plan, chosen: true }).collect());
        }
        fresh.into_iter().map(|plan| self.recalled(source, plan, &request)).collect()
    }

    fn recalled(
        &self,
        source: &mut Source,
        fresh: SheetPlan,
        request: &PlanRequest<'_>,
    ) -> Result<Planned, IntakeError> {
        let profile = self.profiles.iter().find(|p| p.fits(&fresh));
        let (dataset, forced) = match profile {
            Some(profile) => (profile.dataset.clone(), Some(profile.forced.clone())),
            None => recall::mapping(self.vault, &self.firm, &fresh, request.dataset).unzip(),
        };
        let Some(forced) = forced else { return Ok(Planned { plan: fresh, chosen: false }) };
        let dataset = request.dataset.or(dataset.as_deref()).or(fresh.dataset.as_deref());
        let request = PlanRequest { dataset, forced: &forced, ..*request };
        let plan = fieldbook_intake::plan_at(source, &fresh.sheet, fresh.header_row, &request)?;
        Ok(Planned { plan, chosen: profile.is_some() })
    }
}
