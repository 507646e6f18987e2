//! Three scales that look alike and are not: the class of a firm, the class of a system, the grade of a firm.

use crate::profile::{Fact, FactValue, Profile, System};

/// Class of a securities firm: the first one has a chief information security officer or one of the upper grades
/// (BSL-2.7; domain.md F9, F10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FirmClass {
    /// 第一類證券商.
    First,
    /// Any other.
    Other,
}

/// Class of a system (ASM-3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SystemClass {
    /// 第一類: serves customers over the internet, or is essential to operation.
    First,
    /// 第二類: holds customers' data.
    Second,
    /// 第三類: any other.
    Third,
}

/// Grade of a firm (分級防護應辦事項附表).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FirmGrade {
    /// 第一級.
    First,
    /// 第二級.
    Second,
    /// 第三級.
    Third,
    /// 第四級.
    Fourth,
    /// 第五級.
    Fifth,
}

impl FirmGrade {
    /// The grade that a profile states; `None` while it is unknown.
    #[must_use]
    pub fn of(profile: &Profile) -> Option<Self> {
        let Some(Fact { value: FactValue::Text(text), .. }) = profile.get("grade") else { return None };
        match text.as_str() {
            "1" => Some(Self::First),
            "2" => Some(Self::Second),
            "3" => Some(Self::Third),
            "4" => Some(Self::Fourth),
            "5" => Some(Self::Fifth),
            _ => None,
        }
    }
}

impl FirmClass {
    /// The class that a profile amounts to: first with a chief information security officer or one of the grades one
    /// to three; `None` while neither is known to be so and one is unknown.
    #[must_use]
    pub fn of(profile: &Profile) -> Option<Self> {
        let ciso = profile.get("ciso").map(|f| &f.value);
        let grade = FirmGrade::of(profile);
        match (ciso, grade) {
            (Some(FactValue::Yes), _) => Some(Self::First),
            (_, Some(FirmGrade::First | FirmGrade::Second | FirmGrade::Third)) => Some(Self::First),
            (Some(FactValue::No), Some(FirmGrade::Fourth | FirmGrade::Fifth)) => Some(Self::Other),
            _ => None,
        }
    }
}

impl SystemClass {
    /// The class that the register states; `None` while it is unknown.
    #[must_use]
    pub fn stated(system: &System) -> Option<Self> {
        match system.facts.get("asmt_class") {
            Some(FactValue::Text(text)) => match text.as_str() {
                "1" => Some(Self::First),
                "2" => Some(Self::Second),
                "3" => Some(Self::Third),
                _ => None,
            },
            _ => None,
        }
    }

    /// The class that ASM-3.1 would give by the system's other attributes; `None` while they leave it open.
    #[must_use]
    pub fn suggested(system: &System) -> Option<Self> {
        let known = |code: &str| match system.facts.get(code) {
            Some(FactValue::Yes) => Some(true),
            Some(FactValue::No) => Some(false),
            _ => None,
        };
        // Internet service to customers: what customers log in to and the internet reaches.
        let serves = match (known("inet_exposed"), known("customer_login")) {
            (Some(true), Some(true)) => Some(true),
            (Some(false), _) | (_, Some(false)) => Some(false),
            _ => None,
        };
        match (serves, known("core"), known("has_pii")) {
            (Some(true), ..) | (_, Some(true), _) => Some(Self::First),
            (Some(false), Some(false), Some(true)) => Some(Self::Second),
            (Some(false), Some(false), Some(false)) => Some(Self::Third),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn profile(facts: &[(&str, FactValue)]) -> Profile {
        facts
            .iter()
            .map(|(code, value)| ((*code).to_owned(), Fact { value: value.clone(), ..Fact::default() }))
            .collect()
    }

    fn system(facts: &[(&str, FactValue)]) -> System {
        let facts: BTreeMap<_, _> = facts.iter().map(|(c, v)| ((*c).to_owned(), v.clone())).collect();
        System { name: "甲".to_owned(), facts }
    }

    #[test]
    fn the_class_of_a_firm_is_not_its_grade() {
        let text = |t: &str| FactValue::Text(t.to_owned());
        let grade_3 = profile(&[("grade", text("3"))]);
        assert_eq!(FirmGrade::of(&grade_3), Some(FirmGrade::Third));
        assert_eq!(FirmClass::of(&grade_3), Some(FirmClass::First));
        let grade_4 = profile(&[("grade", text("4"))]);
        assert_eq!(FirmClass::of(&grade_4), None, "unknown officer is not no officer");
        let without = profile(&[("grade", text("4")), ("ciso", FactValue::No)]);
        assert_eq!(FirmClass::of(&without), Some(FirmClass::Other));
        assert_eq!(FirmClass::of(&profile(&[("ciso", FactValue::Yes)])), Some(FirmClass::First));
    }

    #[test]
    fn a_system_class_is_suggested_only_from_what_is_known() {
        assert_eq!(SystemClass::suggested(&system(&[("core", FactValue::Yes)])), Some(SystemClass::First));
        assert_eq!(SystemClass::suggested(&system(&[("has_pii", FactValue::Yes)])), None);
        let second = [("core", FactValue::No), ("inet_exposed", FactValue::No), ("has_pii", FactValue::Yes)];
        assert_eq!(SystemClass::suggested(&system(&second)), Some(SystemClass::Second));
    }
}
