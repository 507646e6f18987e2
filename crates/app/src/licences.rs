//! The licences of everything that is shipped, as `cargo xtask licences` wrote them.

use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::LicencesView;

/// All of them.
///
/// # Errors
/// None; it is a result like those of the other use cases.
pub fn licences(_: &Desk) -> Result<LicencesView, AppError> {
    serde_json::from_str(include_str!("../../../assets/licences.json"))
        .map_err(|_| AppError::new("internal").with("what", "licences"))
}

#[cfg(test)]
mod tests {
    use crate::wire::LicencesView;

    #[test]
    fn every_part_has_texts_and_every_text_its_paragraphs() {
        let all: LicencesView =
            serde_json::from_str(include_str!("../../../assets/licences.json")).expect("the licences");
        assert!(all.parts.len() > 400, "{}", all.parts.len());
        let paragraphs = u32::try_from(all.paragraphs.len()).expect("few");
        assert!(all.texts.iter().all(|text| !text.is_empty() && text.iter().all(|at| *at < paragraphs)));
        let texts = u32::try_from(all.texts.len()).expect("few");
        assert!(all.parts.iter().all(|part| part.texts.iter().all(|at| *at < texts)));
    }
}
