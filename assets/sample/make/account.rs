//! One account, before a file gives it its own columns and spellings.

use super::chance::Chance;
use super::days::before;
use super::people::Person;
use super::truth::{Place, RuleOf, Truth};
use jiff::civil::{Date, DateTime};

/// What the answer key says about a row.
enum Note {
    Exception(RuleOf<'static>, &'static str),
    Unknown(RuleOf<'static>, &'static str),
    Lead(RuleOf<'static>, &'static str),
    Near(&'static str, &'static str),
}

/// An account of a system.
pub struct Account {
    /// System or host.
    pub system: &'static str,
    /// Account name.
    pub account: String,
    /// Holder as written.
    pub holder: String,
    /// Employee number, may be empty.
    pub employee_id: String,
    /// Unit as written.
    pub unit: String,
    /// Kind, in the words of the file.
    pub kind: &'static str,
    /// Privilege, in the words of the file.
    pub privilege: &'static str,
    /// Status; `None` is written as something that is no status.
    pub enabled: Option<bool>,
    /// Day of creation.
    pub created: Date,
    /// Last log-in; `None` is "never".
    pub last_login: Option<DateTime>,
    /// Day of the last change of password.
    pub pw_changed: Option<Date>,
    /// Password never expires.
    pub pw_never: bool,
    /// Vendor as written.
    pub vendor: &'static str,
    /// The row is hidden in the workbook.
    pub hidden: bool,
    notes: Vec<Note>,
}

impl Account {
    /// An account in good order: enabled, used of late, password changed within three months.
    pub fn new(system: &'static str, account: &str, holder: &str, chance: &mut Chance) -> Self {
        let day = before(chance.between(0, 12));
        let hour = i8::try_from(chance.between(8, 18)).unwrap_or(9);
        let minute = i8::try_from(chance.between(0, 59)).unwrap_or(0);
        Self {
            system,
            account: account.to_owned(),
            holder: holder.to_owned(),
            employee_id: String::new(),
            unit: String::new(),
            kind: "",
            privilege: "",
            enabled: Some(true),
            created: before(chance.between(400, 3000)),
            last_login: Some(day.at(hour, minute, 0, 0)),
            pw_changed: Some(before(chance.between(1, 85))),
            pw_never: false,
            vendor: "",
            hidden: false,
            notes: Vec::new(),
        }
    }

    /// The account of a person, created a little after the first day.
    pub fn of(system: &'static str, account: &str, person: &Person, chance: &mut Chance) -> Self {
        let mut made = Self::new(system, account, &person.name, chance);
        made.employee_id.clone_from(&person.id);
        person.unit.clone_into(&mut made.unit);
        made.created = person.hired().saturating_add(jiff::Span::new().days(chance.between(0, 9)));
        made
    }

    /// Kind and privilege in the words of the file.
    pub fn role(mut self, kind: &'static str, privilege: &'static str) -> Self {
        self.kind = kind;
        self.privilege = privilege;
        self
    }

    /// Disabled on a day; nothing was done with it afterwards.
    pub fn disabled(mut self, last_use: Date) -> Self {
        self.enabled = Some(false);
        self.last_login = Some(last_use.at(11, 20, 0, 0));
        self.pw_changed = Some(last_use.saturating_sub(jiff::Span::new().days(40)));
        self
    }

    /// Last log-in on a day.
    pub fn last_used(mut self, day: Date) -> Self {
        self.last_login = Some(day.at(15, 40, 0, 0));
        self
    }

    /// Unit and vendor as written.
    pub fn at(mut self, unit: &str, vendor: &'static str) -> Self {
        unit.clone_into(&mut self.unit);
        self.vendor = vendor;
        self
    }

    /// Notes an exception.
    pub fn exception(mut self, rule: RuleOf<'static>, why: &'static str) -> Self {
        self.notes.push(Note::Exception(rule, why));
        self
    }

    /// Notes a row that the data cannot decide.
    pub fn unknown(mut self, rule: RuleOf<'static>, why: &'static str) -> Self {
        self.notes.push(Note::Unknown(rule, why));
        self
    }

    /// Notes a lead.
    pub fn lead(mut self, rule: RuleOf<'static>, why: &'static str) -> Self {
        self.notes.push(Note::Lead(rule, why));
        self
    }

    /// Notes a near miss.
    pub fn near(mut self, procedure: &'static str, why: &'static str) -> Self {
        self.notes.push(Note::Near(procedure, why));
        self
    }

    /// Enters the notes into the answer key.
    pub fn tell(&self, truth: &mut Truth, at: Place<'_>) {
        for note in &self.notes {
            match note {
                Note::Exception(rule, why) => truth.exception(*rule, at, why),
                Note::Unknown(rule, why) => truth.unknown(*rule, at, why),
                Note::Lead(rule, why) => truth.lead(*rule, at, why),
                Note::Near(procedure, why) => truth.near(procedure, at, why),
            }
        }
    }
}
