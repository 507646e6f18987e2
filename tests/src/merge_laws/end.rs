//! What holds of the copies when a history is over.

use super::{Dice, History, Place, values};
use fieldbook_model::Held;
use std::collections::BTreeMap;

impl History {
    /// Of any two copies, each gets the same values from the other.
    pub(super) fn both_ways(&self) -> Result<(), String> {
        for one in 0..self.copies.len() {
            for other in 0..one {
                let (mut there, mut back) = (self.clone(), self.clone());
                there.receive(other, &self.whole(one))?;
                back.receive(one, &self.whole(other))?;
                same(
                    &values(&there.copies[other].state),
                    &values(&back.copies[one].state),
                    "the other way round",
                )?;
            }
        }
        Ok(())
    }

    /// Everybody merges everybody: all hold the same, and nothing that anybody wrote is gone unknown. Where a package came
    /// before what it builds on, whoever took it says less than they know, and it takes a second time.
    pub(super) fn converge(&mut self) -> Result<(), String> {
        let rounds = if self.tally.gaps == 0 { 1 } else { 2 };
        let count = self.copies.len();
        for to in (0..rounds).flat_map(|_| 0..count) {
            for from in (0..count).filter(|from| *from != to) {
                let bundle = self.whole(from);
                self.receive(to, &bundle)?;
            }
        }
        for copy in &self.copies[1..] {
            if copy.state.records != self.copies[0].state.records {
                let (one, other) = (values(&self.copies[0].state), values(&copy.state));
                same(&one, &other, "after everybody merged everybody")?;
                return Err("after everybody merged everybody, entries differ".to_owned());
            }
        }
        let end = &self.copies[0].state;
        for (at, write) in self.writes.iter().enumerate() {
            let (record, name) = &write.place;
            let field = end.records.get(record).and_then(|record| record.get(name));
            let field = field.ok_or_else(|| format!("{:?} is nowhere", write.place))?;
            let reached = field.value == write.value
                || self.is_overwritten(at)
                || self.told.contains(&(write.place.clone(), write.value.clone()));
            if !reached {
                return Err(format!("{:?} = {:?} is gone, and nobody knew", write.place, write.value));
            }
        }
        Ok(())
    }

    /// From where all hold the same, each copy but one goes on alone; that one gets the same values whatever package comes
    /// first.
    pub(super) fn any_order(&self, dice: &mut Dice) -> Result<(), String> {
        let mut apart = self.clone();
        for at in 0..apart.copies.len() {
            for _ in 0..dice.below(6) {
                apart.write(at, dice);
            }
        }
        let bundles: Vec<_> = (1..apart.copies.len()).map(|from| apart.whole(from)).collect();
        let mut first: Option<BTreeMap<Place, Held>> = None;
        for order in orders(bundles.len()) {
            let mut history = apart.clone();
            for at in order {
                history.receive(0, &bundles[at])?;
            }
            let found = values(&history.copies[0].state);
            match &first {
                Some(first) => same(first, &found, "in another order")?,
                None => first = Some(found),
            }
        }
        Ok(())
    }
}

/// All orders of so many packages.
fn orders(count: usize) -> Vec<Vec<usize>> {
    (0..count).fold(vec![Vec::new()], |orders, next| {
        let places = |order: Vec<usize>| {
            (0..=order.len())
                .map(move |at| [&order[..at], &[next], &order[at..]].concat())
                .collect::<Vec<_>>()
        };
        orders.into_iter().flat_map(places).collect()
    })
}

fn same(one: &BTreeMap<Place, Held>, other: &BTreeMap<Place, Held>, when: &str) -> Result<(), String> {
    let all: std::collections::BTreeSet<&Place> = one.keys().chain(other.keys()).collect();
    let differing: Vec<String> = all
        .into_iter()
        .filter(|place| one.get(*place) != other.get(*place))
        .map(|place| format!("{place:?}: {:?} and {:?}", one.get(place), other.get(place)))
        .collect();
    if differing.is_empty() {
        Ok(())
    } else {
        Err(format!("{when}, values differ: {}", differing.join("; ")))
    }
}
