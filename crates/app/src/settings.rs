//! Settings of the organisation: its name, how it words severity and categories, what it calls the exit meeting.

use crate::desk::Desk;
use crate::error::AppError;
use crate::wire::SettingsView;
use fieldbook_model::SeverityScale;

const ORGANISATION: &str = "organisation";
const SEVERITY: &str = "severity";
const CATEGORIES: &str = "categories";
const EXIT_MEETING: &str = "exit_meeting";
const MASK: &str = "mask";
/// Characters that a word of a setting may have.
const LONGEST: usize = 60;

/// What papers call things.
pub(crate) struct Settings {
    pub(crate) organisation: String,
    pub(crate) scale: SeverityScale,
    /// Empty: the chapters' titles.
    pub(crate) categories: Vec<String>,
    pub(crate) exit_meeting: String,
    pub(crate) mask: bool,
}

impl Settings {
    /// As they stand in the vault.
    pub(crate) fn of(desk: &Desk) -> Result<Self, AppError> {
        let vault = &desk.vault()?.vault;
        let text = |key| Ok::<String, AppError>(vault.setting(key)?.unwrap_or_default());
        let lines = |text: &str| -> Vec<String> {
            text.lines().map(str::to_owned).filter(|l| !l.is_empty()).collect()
        };
        let stored = text(SEVERITY)?;
        let words: Vec<String> = stored.split('\n').map(str::to_owned).collect();
        let scale = <[String; 4]>::try_from(words).ok().and_then(|words| SeverityScale::new(words).ok());
        let meeting = text(EXIT_MEETING)?;
        Ok(Self {
            organisation: text(ORGANISATION)?,
            scale: scale.unwrap_or_default(),
            categories: lines(&text(CATEGORIES)?),
            exit_meeting: if meeting.is_empty() { "離場會議".to_owned() } else { meeting },
            // Masked unless somebody said that it need not be.
            mask: text(MASK)? != "no",
        })
    }
}

/// The settings.
///
/// # Errors
/// `locked`, or the store's.
pub fn settings(desk: &Desk) -> Result<SettingsView, AppError> {
    let settings = Settings::of(desk)?;
    let mut severity: [String; 4] = Default::default();
    for (grade, word) in settings.scale.grades() {
        if let Some(slot) = severity.get_mut(grade as usize) {
            word.clone_into(slot);
        }
    }
    let categories = match settings.categories.is_empty() {
        false => settings.categories,
        true => {
            let mut titles: Vec<String> = vec!["管理面".to_owned(), "技術面".to_owned()];
            for chapter in desk.bundle.documents.iter().flat_map(|d| &d.chapters) {
                if !titles.contains(&chapter.title) {
                    titles.push(chapter.title.clone());
                }
            }
            titles
        }
    };
    Ok(SettingsView {
        organisation: settings.organisation,
        severity,
        categories,
        exit_meeting: settings.exit_meeting,
        mask: settings.mask,
    })
}

/// Changes the settings.
///
/// # Errors
/// `bad_scale`, `too_long`, `locked`, or the store's.
pub fn settings_set(desk: &mut Desk, request: &SettingsView) -> Result<SettingsView, AppError> {
    let words = request.severity.clone().map(|w| w.trim().to_owned());
    SeverityScale::new(words.clone()).map_err(|_| AppError::new("bad_scale"))?;
    let categories: Vec<String> = request.categories.iter().map(|c| c.trim().to_owned()).collect();
    let all = words.iter().chain(&categories).chain([&request.organisation, &request.exit_meeting]);
    if all.clone().any(|w| w.chars().count() > LONGEST || w.contains('\n')) {
        return Err(AppError::new("too_long").with("max", LONGEST));
    }
    let (by, at) = (desk.person(), desk.host.now());
    let vault = &mut desk.vault_mut()?.vault;
    let texts = [
        (ORGANISATION, request.organisation.trim().to_owned()),
        (SEVERITY, words.join("\n")),
        (CATEGORIES, categories.join("\n")),
        (EXIT_MEETING, request.exit_meeting.trim().to_owned()),
        (MASK, if request.mask { "yes" } else { "no" }.to_owned()),
    ];
    vault.decide_settings(&texts.each_ref().map(|(key, text)| (*key, text.as_str())), &by, at)?;
    desk.saved();
    settings(desk)
}
