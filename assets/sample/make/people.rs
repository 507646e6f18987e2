//! The invented staff of the sample firm.

use super::chance::Chance;
use super::days::before;
use jiff::civil::{Date, date};

const SURNAMES: [&str; 20] = [
    "陳", "林", "黃", "張", "李", "王", "吳", "劉", "蔡", "楊", "許", "鄭", "謝", "郭", "洪", "曾", "邱",
    "廖", "賴", "周",
];
const STEMS: [&str; 10] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"];
const NUMBERS: [&str; 4] = ["一", "二", "三", "四"];
const UNITS: [&str; 8] = ["資訊部", "資安室", "經紀部", "自營部", "結算部", "稽核室", "法遵部", "板橋分公司"];
const TITLES: [&str; 5] = ["專員", "高級專員", "副理", "襄理", "經理"];

/// One employment; a person who came back has two.
#[derive(Debug, Clone, Copy)]
pub struct Spell {
    /// First day.
    pub hired: Date,
    /// Last day, if it is known.
    pub left: Option<Date>,
}

/// One person of the staff.
#[derive(Debug, Clone)]
pub struct Person {
    /// Employee number.
    pub id: String,
    /// Name.
    pub name: String,
    /// Unit.
    pub unit: &'static str,
    /// Title.
    pub title: &'static str,
    /// Employments, oldest first.
    pub spells: Vec<Spell>,
    /// The roster lists the person among the present staff although it also lists a leave date.
    pub contradicted: bool,
}

impl Person {
    /// Whether the last employment has an end.
    pub fn has_left(&self) -> bool {
        self.spells.last().is_some_and(|s| s.left.is_some())
    }

    /// Day of the first employment.
    pub fn hired(&self) -> Date {
        self.spells.first().map_or(date(2010, 1, 4), |s| s.hired)
    }
}

/// The people with a part in the story; the others are [`Roster::plain`].
#[derive(Debug, Clone)]
pub struct Roster {
    /// Present staff without a story.
    pub plain: Vec<Person>,
    /// Left on 2020-11-15.
    pub left_in_november: Person,
    /// Left on 2020-10-31.
    pub left_in_october: Person,
    /// Left on 2020-08-31.
    pub left_in_august: Person,
    /// Last day is the as-of date.
    pub leaves_on_as_of: Person,
    /// Will leave on 2021-01-15.
    pub leaves_next_year: Person,
    /// Left in March and came back in July under the same number.
    pub came_back: Person,
    /// Left on 2020-05-31; has the name of [`Roster::namesake`] but sat in another unit.
    pub left_namesake: Person,
    /// Present, with the name of someone who left.
    pub namesake: Person,
    /// Left on 2020-07-31; an account bears only the name.
    pub name_only: Person,
    /// Left on 2020-06-30, account disabled two days later.
    pub used_after_leaving: Person,
    /// Listed both as present and as gone.
    pub contradicted: Person,
    /// Hired on 2020-11-16.
    pub newcomer: Person,
    /// Gone, and everything about them in order.
    pub gone: Vec<Person>,
}

/// Everybody, the same every time.
pub fn roster() -> Roster {
    let mut chance = Chance::new(109);
    let mut next = 0;
    let mut person = |unit: Option<&'static str>, left: Option<Date>| {
        let index = next;
        next += 1;
        let hired = before(chance.between(700, 5500));
        Person {
            id: format!("J{:04}", 1001 + index * 7),
            name: format!(
                "{}{}{}",
                SURNAMES[index % 20],
                STEMS[(index * 3 + index / 20) % 10],
                NUMBERS[index / 20]
            ),
            unit: unit.unwrap_or(UNITS[index * 5 % 8]),
            title: TITLES[index * 7 % 5],
            spells: vec![Spell { hired, left }],
            contradicted: false,
        }
    };
    let plain: Vec<Person> = (0..56).map(|_| person(None, None)).collect();
    let namesake = person(Some("資訊部"), None);
    let mut left_namesake = person(Some("經紀部"), Some(date(2020, 5, 31)));
    left_namesake.name.clone_from(&namesake.name);
    let mut came_back = person(None, Some(date(2020, 3, 31)));
    came_back.spells.push(Spell { hired: date(2020, 7, 1), left: None });
    let mut newcomer = person(Some("結算部"), None);
    newcomer.spells = vec![Spell { hired: date(2020, 11, 16), left: None }];
    let mut contradicted = person(None, Some(date(2020, 9, 15)));
    contradicted.contradicted = true;
    Roster {
        plain,
        left_in_november: person(Some("經紀部"), Some(date(2020, 11, 15))),
        left_in_october: person(Some("資訊部"), Some(date(2020, 10, 31))),
        left_in_august: person(Some("自營部"), Some(date(2020, 8, 31))),
        leaves_on_as_of: person(Some("結算部"), Some(date(2020, 12, 31))),
        leaves_next_year: person(Some("法遵部"), Some(date(2021, 1, 15))),
        came_back,
        left_namesake,
        namesake,
        name_only: person(Some("資訊部"), Some(date(2020, 7, 31))),
        used_after_leaving: person(Some("板橋分公司"), Some(date(2020, 6, 30))),
        contradicted,
        newcomer,
        gone: (1..=6).map(|m| person(None, Some(date(2020, m, 28)))).collect(),
    }
}

impl Roster {
    /// Everybody.
    pub fn all(&self) -> Vec<&Person> {
        let told = [
            &self.left_in_november,
            &self.left_in_october,
            &self.left_in_august,
            &self.leaves_on_as_of,
            &self.leaves_next_year,
            &self.came_back,
            &self.left_namesake,
            &self.namesake,
            &self.name_only,
            &self.used_after_leaving,
            &self.contradicted,
            &self.newcomer,
        ];
        let mut all: Vec<&Person> = self.plain.iter().chain(told).chain(&self.gone).collect();
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    }
}
