//! One account, before a file gives it its own columns and spellings.

use super::chance::Chance;
use super::days::{AS_OF, before};
use super::people::Person;
use super::truth::{Place, RuleOf, Truth};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};

/// Names that systems come with.
const PRESET: [&str; 3] = ["root", "sa", "Administrator"];
const IT_UNIT: &str = "資訊部";
const BUSINESS_UNITS: [&str; 4] = ["經紀部", "自營部", "結算部", "板橋分公司"];

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
    /// The sheet has a column for the last log-in.
    pub lists_logins: bool,
    /// Held by a person of the roster.
    of_staff: bool,
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
            lists_logins: true,
            of_staff: false,
            notes: Vec::new(),
        }
    }

    /// The account of a person, created a little after the first day.
    pub fn of(system: &'static str, account: &str, person: &Person, chance: &mut Chance) -> Self {
        let mut made = Self::new(system, account, &person.name, chance);
        made.of_staff = true;
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

    /// Enters the notes, and what follows from the account itself, into the answer key.
    pub fn tell(&self, truth: &mut Truth, at: Place<'_>) {
        for note in self.notes.iter().chain(&self.by_rule()) {
            match note {
                Note::Exception(rule, why) => truth.exception(*rule, at, why),
                Note::Unknown(rule, why) => truth.unknown(*rule, at, why),
                Note::Lead(rule, why) => truth.lead(*rule, at, why),
                Note::Near(procedure, why) => truth.near(procedure, at, why),
            }
            // T-ACC-03 judges passwords as T-COL-06 does, T-VEN-02 log-ins after a contract as T-ACC-09 does.
            match *note {
                Note::Exception(("T-COL-06", rule), why) => truth.exception(("T-ACC-03", rule), at, why),
                Note::Unknown(("T-COL-06", rule), why) => truth.unknown(("T-ACC-03", rule), at, why),
                Note::Lead(("T-COL-06", rule), why) => truth.lead(("T-ACC-03", rule), at, why),
                Note::Near("T-COL-06", why) => truth.near("T-ACC-03", at, why),
                Note::Exception(("T-ACC-09", "2"), why) => truth.exception(("T-VEN-02", "2"), at, why),
                Note::Near("T-ACC-09", why) => truth.near("T-VEN-02", at, why),
                _ => {}
            }
        }
    }

    fn by_rule(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        let enabled = self.enabled == Some(true);
        if enabled && PRESET.contains(&self.account.as_str()) {
            notes.push(Note::Lead(("T-ACC-01", "5"), "預設帳號啟用中，密碼於建立後已變更"));
        }
        // Vendors' people are listed by what they are ("丙丁工程師一"), which is no name of one person.
        if self.holder.contains("工程師") {
            if enabled {
                notes.push(Note::Unknown(("T-ACC-02", "5"), "使用者載為廠商工程師之代稱，無法辨識是否一人"));
                notes.push(Note::Unknown(("T-ACC-08", "2"), "廠商人員，未取得委外人員名單"));
            } else {
                notes.push(Note::Near("T-ACC-02", "廠商帳號已停用"));
                notes.push(Note::Near("T-ACC-08", "廠商帳號已停用"));
            }
        }
        if enabled && self.kind != "客戶" {
            notes.extend(self.idle());
        }
        if enabled && self.of_staff && self.kind != "內建帳號" {
            notes.extend(self.duties());
        }
        notes
    }

    fn idle(&self) -> Option<Note> {
        if !self.lists_logins {
            return Some(Note::Unknown(("T-ACC-05", "5"), "清冊無最後登入時間"));
        }
        let last = self.last_login?.date();
        (last.saturating_add(6.months()) < AS_OF)
            .then_some(Note::Exception(("T-ACC-05", "1"), "逾六個月未登入，帳號仍啟用"))
    }

    fn duties(&self) -> Option<Note> {
        let rule = ("T-ACC-15", "4");
        match self.privilege {
            "下單作業" if self.unit == IT_UNIT => {
                Some(Note::Exception(rule, "資訊部人員持有下單作業權限"))
            }
            "Domain Admins" | "DBA" if BUSINESS_UNITS.contains(&self.unit.as_str()) => {
                Some(Note::Exception(rule, "業務單位人員持有網域或資料庫管理權限"))
            }
            _ => None,
        }
    }
}
