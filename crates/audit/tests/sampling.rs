//! Sampling: draws that anybody can repeat, sizes and limits against published tables and exact fractions.
//!
//! Literal samples, sizes and limits were computed apart from this crate, from the recipes and with exact fractions;
//! sizes and limits of large populations are also those of AICPA, Audit Sampling, tables.

use fieldbook_audit::sampling::{
    ALGORITHM, Amount, Chosen, Estimate, Evaluation, Method, NO_STRATUM, Outcome, Plan, Rate, Sample,
    SamplingError, Unit, Why, asm_3_2, attribute_size, draw, evaluate,
};
use fieldbook_model::Tri;
use proptest::prelude::*;
use std::collections::BTreeSet;

const METHODS: [Method; 4] = [Method::Random, Method::Interval, Method::Stratified, Method::MonetaryUnit];

fn plan(method: Method, size: u32, seed: u64) -> Plan {
    Plan { method, size, seed }
}

fn units(count: usize) -> Vec<Unit> {
    vec![Unit::default(); count]
}

fn in_strata(names: &[Option<&str>]) -> Vec<Unit> {
    names.iter().map(|name| Unit { stratum: name.map(str::to_owned), amount: None }).collect()
}

fn with_amounts(hundredths: &[i64]) -> Vec<Unit> {
    let amount = |h: &i64| Some(Amount::from_hundredths(*h));
    hundredths.iter().map(|h| Unit { stratum: None, amount: amount(h) }).collect()
}

fn indices(sample: &Sample) -> Vec<usize> {
    sample.drawn.iter().map(|d| d.index).collect()
}

fn lines(sample: &Sample) -> Vec<String> {
    sample.drawn.iter().map(|d| d.why.to_string()).collect()
}

fn percent_hundredths(points: u16) -> Rate {
    Rate::from_basis_points(points).expect("at most 100 %")
}

#[test]
fn a_random_sample_is_the_smallest_tickets() {
    let sample = draw(&plan(Method::Random, 5, 42), &units(1000), &[]).expect("drawn");
    assert_eq!(indices(&sample), [78, 560, 678, 852, 990]);
    assert_eq!(lines(&sample), ["亂數序 1", "亂數序 4", "亂數序 5", "亂數序 3", "亂數序 2"]);
    for method in METHODS {
        assert!(method.recipe().contains(ALGORITHM) || method == Method::Judgemental);
    }
}

#[test]
fn a_larger_random_sample_of_the_same_seed_holds_the_smaller_one() {
    let of = |size| indices(&draw(&plan(Method::Random, size, 9), &units(300), &[]).expect("drawn"));
    let larger = of(60);
    assert!(of(25).iter().all(|i| larger.contains(i)));
}

#[test]
fn an_interval_sample_is_evenly_spaced() {
    let sample = draw(&plan(Method::Interval, 40, 7), &units(1000), &[]).expect("drawn");
    assert_eq!(indices(&sample).get(..3), Some([19, 44, 69].as_slice()));
    assert_eq!(lines(&sample).first().map(String::as_str), Some("起點 19 間隔 25"));

    let sample = draw(&plan(Method::Interval, 40, 7), &units(1003), &[]).expect("drawn");
    assert_eq!((sample.drawn.len(), indices(&sample).last()), (40, Some(&994)));
    assert_eq!(lines(&sample).first().map(String::as_str), Some("起點 16 間隔 1003/40"));
}

#[test]
fn strata_are_drawn_in_proportion_and_the_smallest_is_not_forgotten() {
    let mut names: Vec<_> = (0..90).map(|i| [Some("甲"), Some("乙"), None][i % 3]).collect();
    names.extend([Some("丙"), Some("丙")]);
    let sample = draw(&plan(Method::Stratified, 10, 5), &in_strata(&names), &[]).expect("drawn");
    let strata: Vec<_> = sample.strata.iter().map(|s| (s.name.as_str(), s.units, s.drawn)).collect();
    assert_eq!(strata, [("丙", 2, 1), ("乙", 30, 3), (NO_STRATUM, 30, 3), ("甲", 30, 3)]);
    assert_eq!(indices(&sample), [6, 16, 56, 68, 72, 75, 79, 82, 83, 90]);
    assert_eq!(lines(&sample).last().map(String::as_str), Some("分層「丙」之 1/1"));
}

#[test]
fn with_fewer_units_than_strata_the_largest_remainders_come_first() {
    let names = [Some("a"), Some("b"), Some("b"), Some("c"), Some(" "), None];
    let sample = draw(&plan(Method::Stratified, 2, 1), &in_strata(&names), &[]).expect("drawn");
    let strata: Vec<_> = sample.strata.iter().map(|s| (s.name.as_str(), s.units, s.drawn)).collect();
    assert_eq!(strata, [("a", 1, 0), ("b", 2, 1), ("c", 1, 0), (NO_STRATUM, 2, 1)]);
}

#[test]
fn a_monetary_sample_takes_large_amounts_surely_and_reports_units_without_any() {
    let mut population = with_amounts(&[100, 90_000, 0, -2_500, 100, 30_000, 3_000, 3_000, 2_000, 100]);
    population.push(Unit::default());
    let sample = draw(&plan(Method::MonetaryUnit, 4, 1), &population, &[]).expect("drawn");
    assert_eq!(indices(&sample), [1, 3, 5, 6]);
    assert_eq!(sample.without_amount, [2, 10]);
    let expected = [
        "金額 900.00 不小於間隔 327.00，必選",
        "金額區間 1.01–26.00 含選取點 2.84",
        "金額 300.00 不小於間隔 136.00，必選",
        "金額區間 27.01–57.00 含選取點 56.84",
    ];
    assert_eq!(lines(&sample), expected);
    let other = draw(&plan(Method::MonetaryUnit, 4, 2), &population, &[]).expect("drawn");
    assert_eq!(indices(&other), [1, 3, 5, 7]);
}

#[test]
fn amounts_are_read_exactly_or_not_at_all() {
    let shown = |text: &str| Amount::parse(text).map(|a| a.to_string());
    for (text, expected) in [
        ("0", "0.00"),
        ("-1234567.5", "-1,234,567.50"),
        ("999.995", "1,000.00"),
        ("0.30000000000000004", "0.30"),
        ("123456", "123,456.00"),
    ] {
        assert_eq!(shown(text).as_deref(), Some(expected));
    }
    for text in ["", "-", ".5", "5.", "1,000", "1e5", "NaN", "inf", "+1", "１", "99999999999999999999"] {
        assert_eq!(shown(text), None, "{text}");
    }
}

#[test]
fn the_examiners_choice_is_taken_with_its_reasons() {
    let chosen = |index, reason: &str| Chosen { index, reason: reason.to_owned() };
    let judged = |size, list: &[Chosen]| draw(&plan(Method::Judgemental, size, 0), &units(10), list);
    let sample = judged(2, &[chosen(7, "近期異動"), chosen(2, " 特權帳號 ")]).expect("drawn");
    assert_eq!(indices(&sample), [2, 7]);
    assert_eq!(lines(&sample), ["查核人員指定：特權帳號", "查核人員指定：近期異動"]);
    let refused = [
        (vec![chosen(1, "a"), chosen(1, "b")], SamplingError::ChosenTwice(1)),
        (vec![chosen(1, "a"), chosen(10, "b")], SamplingError::BadIndex(10)),
        (vec![chosen(1, "a"), chosen(2, " ")], SamplingError::NoReason(2)),
        (vec![chosen(1, "a")], SamplingError::ChosenCount { expected: 2, chosen: 1 }),
    ];
    for (list, error) in refused {
        assert_eq!(judged(2, &list), Err(error));
    }
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    for method in METHODS {
        let refused = |size, population: &[Unit]| draw(&plan(method, size, 1), population, &[]).err();
        assert_eq!(refused(1, &[]), Some(SamplingError::EmptyPopulation));
        assert_eq!(refused(0, &units(3)), Some(SamplingError::SizeZero));
        let too_large = SamplingError::SizeTooLarge { size: 4, available: 3 };
        assert_eq!(refused(4, &units(3)), Some(too_large));
        let stray = [Chosen { index: 0, reason: "x".to_owned() }];
        let error = SamplingError::ChosenCount { expected: 0, chosen: 1 };
        assert_eq!(draw(&plan(method, 1, 1), &units(3), &stray), Err(error));
    }
    let monetary = |size, hundredths: &[i64]| {
        draw(&plan(Method::MonetaryUnit, size, 1), &with_amounts(hundredths), &[]).err()
    };
    assert_eq!(monetary(1, &[0, 0]), Some(SamplingError::NoAmounts));
    assert_eq!(monetary(2, &[0, 5]), Some(SamplingError::SizeTooLarge { size: 2, available: 1 }));
}

#[test]
fn sizes_agree_with_tables_and_exact_fractions() {
    let cases: [(u16, u16, u16, Option<u64>, u64, u64); 26] = [
        (9500, 500, 0, None, 59, 0),
        (9500, 500, 100, None, 93, 1),
        (9500, 500, 200, None, 181, 4),
        (9500, 1000, 0, None, 29, 0),
        (9500, 1000, 200, None, 46, 1),
        (9500, 1000, 500, None, 116, 6),
        (9500, 700, 150, None, 66, 1),
        (9000, 1000, 0, None, 22, 0),
        (9000, 500, 0, None, 45, 0),
        (9000, 500, 100, None, 77, 1),
        (9000, 500, 200, None, 132, 3),
        (9000, 1000, 200, None, 38, 1),
        (9000, 1000, 500, None, 78, 4),
        (9900, 500, 0, None, 90, 0),
        (9900, 500, 100, None, 165, 2),
        (9900, 500, 200, None, 288, 6),
        (9900, 1000, 500, None, 197, 10),
        (9500, 500, 0, Some(50), 31, 0),
        (9500, 500, 0, Some(100), 45, 0),
        (9500, 500, 0, Some(500), 56, 0),
        (9500, 500, 100, Some(500), 87, 1),
        (9500, 500, 0, Some(1000), 57, 0),
        (9000, 1000, 300, Some(1000), 51, 2),
        (9900, 700, 100, Some(200), 76, 1),
        // A single deviation is more than 5 % of 10 already, so nothing less than all of them is enough.
        (9500, 500, 100, Some(10), 10, 0),
        (9500, 500, 0, Some(1), 1, 0),
    ];
    for (confidence, tolerable, expected, population, size, allowed) in cases {
        let [c, t, e] = [confidence, tolerable, expected].map(percent_hundredths);
        let found = attribute_size(c, t, e, population).expect("a size");
        assert_eq!((found.size, found.allowed), (size, allowed), "{c:?} {t:?} {e:?} {population:?}");
    }
}

#[test]
fn sizes_that_make_no_sense_are_refused() {
    let of = |c, t, e, population| {
        let [c, t, e] = [c, t, e].map(percent_hundredths);
        attribute_size(c, t, e, population).err()
    };
    assert_eq!(of(9500, 500, 500, None), Some(SamplingError::BadRate("expected rate")));
    assert_eq!(of(9500, 0, 0, None), Some(SamplingError::BadRate("tolerable rate")));
    assert_eq!(of(10_000, 500, 0, None), Some(SamplingError::BadRate("confidence")));
    assert_eq!(of(9500, 500, 0, Some(0)), Some(SamplingError::EmptyPopulation));
    assert_eq!(of(9500, 500, 499, None), Some(SamplingError::TooClose));
    assert_eq!(of(9500, 500, 499, Some(1_000_000)), Some(SamplingError::TooClose));
    assert_eq!(Rate::from_basis_points(10_001), None);
}

#[test]
fn asm_3_2_asks_for_a_tenth_or_a_hundred_devices() {
    let of = |devices| (asm_3_2(devices).required, asm_3_2(devices).strict);
    for (devices, expected) in
        [(0, (0, 0)), (1, (1, 1)), (91, (10, 91)), (100, (10, 100)), (1001, (100, 101)), (9999, (100, 1000))]
    {
        assert_eq!(of(devices), expected, "{devices} devices");
    }
}

fn outcome(sampled: u64, deviations: u64, unexamined: u64, population: Option<u64>) -> Outcome {
    Outcome { method: Method::Random, sampled, deviations, unexamined, population }
}

fn estimate(outcome: &Outcome, confidence: u16, tolerable: u16) -> Estimate {
    let [confidence, tolerable] = [confidence, tolerable].map(percent_hundredths);
    match evaluate(outcome, confidence, tolerable) {
        Ok(Evaluation::Estimate(estimate)) => estimate,
        other => panic!("{other:?}"),
    }
}

#[test]
fn limits_of_a_large_population_are_clopper_pearsons() {
    for (n, k, confidence, upper) in [
        (59, 0, 9500, 0.049_507_609_9),
        (100, 3, 9500, 0.075_710_793_8),
        (25, 0, 9000, 0.087_989_160_7),
        (25, 1, 9000, 0.146_867_196_2),
        (60, 5, 9900, 0.204_085_117_6),
        (7, 7, 9500, 1.0),
    ] {
        let found = estimate(&outcome(n, k, 0, None), confidence, 500);
        assert!((found.upper_rate - upper).abs() < 1e-9, "{n} {k}: {}", found.upper_rate);
        assert!((found.rate - k as f64 / n as f64).abs() < 1e-12);
        assert_eq!(found.upper_count, None);
    }
}

#[test]
fn limits_of_a_known_population_are_exact_counts() {
    for (units, n, k, confidence, upper) in [
        (100, 20, 0, 9500, 12),
        (500, 59, 0, 9500, 23),
        (500, 59, 1, 9500, 37),
        (1000, 100, 3, 9000, 63),
        (60, 60, 2, 9500, 2),
        (40, 30, 30, 9500, 40),
        (250, 25, 2, 9900, 71),
        (5000, 2000, 700, 9900, 1848),
        (20_000, 300, 10, 9500, 1114),
        (20_000, 300, 250, 9500, 17_351),
        (1_000_000, 93, 1, 9500, 49_992),
    ] {
        let found = estimate(&outcome(n, k, 0, Some(units)), confidence, 500);
        assert_eq!(found.upper_count, Some(upper), "{units} {n} {k}");
        assert!((found.upper_rate - upper as f64 / units as f64).abs() < 1e-12);
    }
}

#[test]
fn units_that_could_not_be_examined_leave_the_answer_open() {
    let exceeds = |n, k, unexamined| estimate(&outcome(n, k, unexamined, None), 9500, 500).exceeds;
    assert_eq!(exceeds(59, 0, 0), Tri::No);
    assert_eq!(exceeds(58, 0, 0), Tri::Yes);
    assert_eq!(exceeds(59, 0, 1), Tri::Unknown);
    assert_eq!(exceeds(59, 1, 1), Tri::Yes);
    assert_eq!(exceeds(93, 0, 1), Tri::No);
    let open = estimate(&outcome(59, 0, 1, None), 9500, 500);
    let bad = estimate(&outcome(59, 1, 0, None), 9500, 500);
    assert_eq!((open.rate, open.worst, open.upper_rate), (0.0, bad.worst, bad.upper_rate));
    // Examined whole, a population has the rate it has.
    assert_eq!(estimate(&outcome(40, 2, 0, Some(40)), 9500, 500).exceeds, Tri::No);
    assert_eq!(estimate(&outcome(40, 2, 1, Some(40)), 9500, 500).exceeds, Tri::Unknown);
}

#[test]
fn a_sample_that_is_not_representative_of_units_is_not_extrapolated() {
    let [confidence, tolerable] = [9500, 500].map(percent_hundredths);
    for method in [Method::Judgemental, Method::MonetaryUnit] {
        let outcome = Outcome { method, ..outcome(30, 1, 0, Some(200)) };
        assert_eq!(evaluate(&outcome, confidence, tolerable), Ok(Evaluation::NotExtrapolated));
    }
    let refused = |o: &Outcome| evaluate(o, confidence, tolerable).err();
    assert_eq!(refused(&outcome(0, 0, 0, None)), Some(SamplingError::SizeZero));
    assert_eq!(refused(&outcome(5, 3, 3, None)), Some(SamplingError::BadCounts));
    assert_eq!(refused(&outcome(5, 0, 0, Some(4))), Some(SamplingError::BadCounts));
    assert_eq!(refused(&outcome(5, 0, 0, Some(0))), Some(SamplingError::EmptyPopulation));
}

#[test]
fn every_unit_can_be_drawn() {
    // 10 units, 6 drawn: an interval cut to 1 would always leave out the last four.
    let names = [Some("甲"), Some("甲"), Some("甲"), Some("乙"), None, None, None, None, None, None];
    let mut population = in_strata(&names);
    for (unit, hundredths) in population.iter_mut().zip([1, 2, 3, 4, 5, -6, 7, 8, 9, 10]) {
        unit.amount = Some(Amount::from_hundredths(hundredths));
    }
    for method in METHODS {
        let mut seen = BTreeSet::new();
        for seed in 0..400 {
            seen.extend(indices(&draw(&plan(method, 6, seed), &population, &[]).expect("drawn")));
        }
        assert_eq!(seen.len(), population.len(), "{method:?}");
    }
}

#[test]
fn equal_units_are_drawn_about_equally_often() {
    for method in [Method::Random, Method::Interval] {
        let mut hits = [0_u32; 7];
        for seed in 0..7000 {
            for index in indices(&draw(&plan(method, 3, seed), &units(7), &[]).expect("drawn")) {
                hits[index] += 1;
            }
        }
        // 3,000 expected, with a standard deviation of 41.
        assert!(hits.iter().all(|h| h.abs_diff(3000) < 206), "{method:?} {hits:?}");
    }
}

fn populations() -> impl Strategy<Value = Vec<Unit>> {
    let name = prop::sample::select(vec![None, Some("甲"), Some("乙"), Some("丙"), Some("丁")]);
    let unit =
        (name, prop::option::weighted(0.9, -2_000_000_i64..5_000_000)).prop_map(|(name, hundredths)| Unit {
            stratum: name.map(str::to_owned),
            amount: hundredths.map(Amount::from_hundredths),
        });
    prop::collection::vec(unit, 1..120)
}

proptest! {
    #[test]
    fn a_sample_has_its_size_no_unit_twice_and_comes_again(
        population in populations(), seed: u64, part in 1_u32..120
    ) {
        for method in METHODS {
            let drawable = match method {
                Method::MonetaryUnit => {
                    population.iter().filter(|u| u.amount.is_some_and(|a| a.magnitude() > 0)).count()
                }
                _ => population.len(),
            };
            if drawable == 0 {
                continue;
            }
            let size = (part - 1) % drawable as u32 + 1;
            let sample = draw(&plan(method, size, seed), &population, &[]).expect("drawn");
            let drawn = indices(&sample);
            prop_assert_eq!(drawn.len(), size as usize);
            prop_assert!(drawn.is_sorted_by(|a, b| a < b));
            prop_assert!(drawn.iter().all(|i| *i < population.len()));
            prop_assert_eq!(&draw(&plan(method, size, seed), &population, &[]), &Ok(sample));
        }
    }

    #[test]
    fn allotments_add_up_and_leave_no_stratum_out(population in populations(), seed: u64, part in 1_u32..120) {
        let size = (part - 1) % population.len() as u32 + 1;
        let sample = draw(&plan(Method::Stratified, size, seed), &population, &[]).expect("drawn");
        prop_assert_eq!(sample.strata.iter().map(|s| s.drawn).sum::<usize>(), size as usize);
        prop_assert_eq!(sample.strata.iter().map(|s| s.units).sum::<usize>(), population.len());
        for stratum in &sample.strata {
            prop_assert!(stratum.drawn <= stratum.units);
            prop_assert!(stratum.drawn > 0 || (size as usize) < sample.strata.len());
            let shown = sample.drawn.iter().filter(|d| {
                matches!(&d.why, Why::Stratified { stratum: name, .. } if *name == stratum.name)
            });
            prop_assert_eq!(shown.count(), stratum.drawn);
        }
    }

    #[test]
    fn where_other_strata_lie_changes_nothing(population in populations(), seed: u64, part in 1_u32..120) {
        // The k-th unit of each stratum is marked, then the strata are put one after the other.
        let size = (part - 1) % population.len() as u32 + 1;
        let order: Vec<usize> = {
            let mut order: Vec<usize> = (0..population.len()).collect();
            order.sort_by_key(|i| population[*i].stratum.clone());
            order
        };
        let sorted: Vec<Unit> = order.iter().map(|i| population[*i].clone()).collect();
        let one = draw(&plan(Method::Stratified, size, seed), &population, &[]).expect("drawn");
        let other = draw(&plan(Method::Stratified, size, seed), &sorted, &[]).expect("drawn");
        let back: BTreeSet<usize> = indices(&other).into_iter().map(|i| order[i]).collect();
        prop_assert_eq!(indices(&one).into_iter().collect::<BTreeSet<_>>(), back);
    }

    #[test]
    fn a_monetary_sample_holds_every_unit_that_reaches_the_interval(
        population in populations(), seed: u64, part in 1_u32..120
    ) {
        let size_of = |u: &Unit| u.amount.map_or(0, Amount::magnitude);
        let drawable = population.iter().filter(|u| size_of(u) > 0).count();
        prop_assume!(drawable > 0);
        let size = (part - 1) % drawable as u32 + 1;
        let total: i128 = population.iter().map(size_of).sum();
        let sample = draw(&plan(Method::MonetaryUnit, size, seed), &population, &[]).expect("drawn");
        let drawn = indices(&sample);
        for (index, unit) in population.iter().enumerate() {
            let length = size_of(unit);
            prop_assert!(length * i128::from(size) < total || drawn.contains(&index));
            prop_assert_eq!(length == 0, sample.without_amount.contains(&index));
            prop_assert!(length > 0 || !drawn.contains(&index));
        }
    }

    #[test]
    fn a_planned_sample_supports_its_conclusion(
        confidence in 5000_u16..9990, tolerable in 300_u16..3000, part in 0_u16..5,
        population in prop::option::of(1_u64..3000)
    ) {
        let expected = tolerable / 10 * part;
        let [c, t, e] = [confidence, tolerable, expected].map(percent_hundredths);
        let planned = attribute_size(c, t, e, population).expect("a size");
        let at = |k| estimate(&outcome(planned.size, k, 0, population), confidence, tolerable);
        prop_assert_eq!(at(planned.allowed).exceeds, Tri::No);
        prop_assert!(at(planned.allowed).upper_rate <= t.fraction() + 1e-12);
        if planned.allowed < planned.size {
            let more = at(planned.allowed + 1);
            prop_assert!(more.upper_rate > at(planned.allowed).upper_rate);
        }
    }
}
