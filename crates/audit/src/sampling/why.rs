//! Why a unit was taken, in a line for the paper.

use super::amount::{Amount, Hundredths};
use std::fmt;

/// Why a unit was taken. [`fmt::Display`] gives the zh-TW line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// 亂數序 3.
    Random {
        /// Rank of its ticket, from 1. A sample that is extended with the same seed goes on from here.
        rank: usize,
    },
    /// 起點 17 間隔 25, or 起點 17 間隔 1003/40 where the interval is not whole.
    Interval {
        /// Index of the first unit taken.
        start: usize,
        /// Size of the population.
        population: usize,
        /// Size of the sample.
        size: usize,
    },
    /// 分層「甲」之 2/10.
    Stratified {
        /// Stratum.
        stratum: String,
        /// Rank of its ticket in the stratum, from 1.
        rank: usize,
        /// Units drawn from the stratum.
        drawn: usize,
    },
    /// 金額 9,000.00 不小於間隔 1,250.00，必選.
    LargeAmount {
        /// The unit's amount.
        amount: Amount,
        /// Interval that it reaches, in hundredths, cut to whole ones.
        interval: i128,
    },
    /// 金額區間 1,200.01–1,300.00 含選取點 1,234.56.
    AmountHit {
        /// Cumulative amount before the unit, in hundredths; units taken surely are not counted.
        before: i128,
        /// Cumulative amount with the unit, in hundredths.
        through: i128,
        /// The hundredth that was hit, counted from 1.
        point: i128,
    },
    /// 查核人員指定：近期異動.
    Judgemental {
        /// The examiner's reason.
        reason: String,
    },
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Random { rank } => write!(f, "亂數序 {rank}"),
            Self::Interval { start, population, size } if population.is_multiple_of(*size) => {
                write!(f, "起點 {start} 間隔 {}", population / size)
            }
            Self::Interval { start, population, size } => {
                write!(f, "起點 {start} 間隔 {population}/{size}")
            }
            Self::Stratified { stratum, rank, drawn } => write!(f, "分層「{stratum}」之 {rank}/{drawn}"),
            Self::LargeAmount { amount, interval } => {
                write!(f, "金額 {amount} 不小於間隔 {}，必選", Hundredths(*interval))
            }
            Self::AmountHit { before, through, point } => {
                let [from, to, point] = [before + 1, *through, *point].map(Hundredths);
                write!(f, "金額區間 {from}–{to} 含選取點 {point}")
            }
            Self::Judgemental { reason } => write!(f, "查核人員指定：{reason}"),
        }
    }
}
