//! Audit samples: which rows are examined, how many, and what the result says about the rest.
//!
//! [`draw()`] takes rows from a population in a fixed order (by the file's SHA-256, sheet, row). Chance enters only
//! through the seed, so whoever has the population, the method and the seed can draw the same sample by hand.
//! [`attribute_size`] says how many rows to take, [`evaluate()`] what their deviations mean.
//!
//! Indices are positions in the population, from 0, everywhere: in hashes, in results and on paper (序號).

mod amount;
mod chance;
mod draw;
mod evaluate;
mod size;
mod systematic;
mod why;

pub use amount::{Amount, Hundredths};
pub use draw::draw;
pub use evaluate::{Estimate, Evaluation, Outcome, evaluate};
pub use size::{AttributeSize, DeviceSize, MAX_SIZE, Rate, asm_3_2, attribute_size};
pub use why::Why;

/// Name of the algorithm, first part of every hashed text, and stated on the paper. It changes whenever the same
/// seed would draw another sample; [`Method::recipe`] is the algorithm in words.
pub const ALGORITHM: &str = "fieldbook-sample-1";

/// Name of the stratum of units that have none.
pub const NO_STRATUM: &str = "未載";

/// 抽樣方法.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// 隨機: every unit has the same chance.
    Random,
    /// 等距: every so many units from a random start.
    Interval,
    /// 分層: each stratum in proportion to its size, at random within it.
    Stratified,
    /// 判斷: the examiner names the units. Never extrapolated.
    Judgemental,
    /// 金額單位: the chance of a unit is in proportion to its amount.
    MonetaryUnit,
}

impl Method {
    /// How to draw the same sample again, zh-TW, for the paper.
    #[must_use]
    pub fn recipe(self) -> &'static str {
        match self {
            Self::Random => {
                "序號由 0 起算；各序號取 SHA-256(\"fieldbook-sample-1,種子,序號\")，由小至大取前 n 個（抽出不放回）。"
            }
            Self::Interval => {
                "序號由 0 起算；r＝SHA-256(\"fieldbook-sample-1,種子,start\") 前 16 位元組（大端序）除以 N 之餘數；\
                 第 j 個（j 由 0 至 n−1）為序號 (r＋j×N)÷n 之整數部分。"
            }
            Self::Stratified => {
                "各層依占母體比例配置，以最大餘數法取整（餘數相同依層名）；n 不少於層數時每層至少 1 個；\
                 層內序號由 0 起算，取 SHA-256(\"fieldbook-sample-1,種子,層內序號,層名\") 最小者。"
            }
            Self::Judgemental => "由查核人員指定並敘明理由；結果不得推論至母體。",
            Self::MonetaryUnit => {
                "以金額絕對值（單位 0.01）計；金額不小於間隔（總額÷個數）者必選，剔除後重算至無必選者；其餘累計總額 T、個數 n，\
                 r＝SHA-256(\"fieldbook-sample-1,種子,start\") 前 16 位元組（大端序）除以 T 之餘數，\
                 選取點為 (r＋j×T)÷n（j 由 0 至 n−1）。"
            }
        }
    }
}

/// How a sample is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Method.
    pub method: Method,
    /// Number of units to draw.
    pub size: u32,
    /// Seed; of no effect on a judgemental sample.
    pub seed: u64,
}

/// What a draw needs to know of one unit of the population.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unit {
    /// Stratum. A missing or blank one counts as [`NO_STRATUM`].
    pub stratum: Option<String>,
    /// Amount; only its absolute value matters.
    pub amount: Option<Amount>,
}

/// A unit that the examiner names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Position in the population, from 0.
    pub index: usize,
    /// Why this one; never blank.
    pub reason: String,
}

/// A unit drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    /// Position in the population, from 0.
    pub index: usize,
    /// Why it was taken.
    pub why: Why,
}

/// Share of a stratum in the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allotment {
    /// Stratum.
    pub name: String,
    /// Units of the population in it.
    pub units: usize,
    /// Units drawn from it; 0 is possible when there are more strata than units to draw.
    pub drawn: usize,
}

/// A sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// Plan it was drawn by.
    pub plan: Plan,
    /// Size of the population.
    pub population: usize,
    /// Units drawn, by index; exactly as many as planned, none twice.
    pub drawn: Vec<Drawn>,
    /// Strata by name; empty unless the method is [`Method::Stratified`].
    pub strata: Vec<Allotment>,
    /// Units without an amount or with 0, by index, which a monetary sample can never draw and which need another
    /// procedure; empty for the other methods.
    pub without_amount: Vec<usize>,
}

/// Why no sample, size or evaluation came about. No message repeats firm data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SamplingError {
    /// Nothing to draw from.
    #[error("the population is empty")]
    EmptyPopulation,
    /// Nothing to draw.
    #[error("the sample size is 0")]
    SizeZero,
    /// More to draw than there is; for a monetary sample, than there are units with an amount.
    #[error("the sample of {size} is larger than the {available} units that can be drawn")]
    SizeTooLarge {
        /// Planned size.
        size: u64,
        /// Units that can be drawn.
        available: u64,
    },
    /// A monetary sample of units none of which has an amount other than 0.
    #[error("no unit has an amount")]
    NoAmounts,
    /// The examiner named a unit that is not there.
    #[error("no unit {0} in the population")]
    BadIndex(usize),
    /// The examiner named a unit twice.
    #[error("unit {0} is chosen more than once")]
    ChosenTwice(usize),
    /// The examiner named a unit without saying why.
    #[error("unit {0} is chosen without a reason")]
    NoReason(usize),
    /// The planned size is not the number of units chosen; any other method than judgemental expects none.
    #[error("{chosen} units are chosen where {expected} are expected")]
    ChosenCount {
        /// Expected.
        expected: u64,
        /// Given.
        chosen: u64,
    },
    /// A confidence, tolerable or expected rate that makes no sense.
    #[error("the {0} is out of range")]
    BadRate(&'static str),
    /// Sampling would take more than [`MAX_SIZE`] units.
    #[error("the expected rate is too near the tolerable one for a sample of usable size")]
    TooClose,
    /// More deviations and unexamined units than sampled, or more sampled than there are.
    #[error("the counts contradict each other")]
    BadCounts,
}
