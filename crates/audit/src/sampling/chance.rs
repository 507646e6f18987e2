//! The chance of seeing few deviations in a random sample.
//!
//! Only the four basic operations on floats are used, which every machine rounds alike; a library's logarithm of the
//! gamma function differs between platforms in the last digits, and loses the more of them the larger the population.

/// Where a sample comes from.
#[derive(Debug, Clone, Copy)]
pub(super) enum Source {
    /// A population without end with deviations at rate p; q = 1 − p. Binomial.
    Endless { p: f64, q: f64 },
    /// So many units, so many of them deviations. Hypergeometric.
    Finite { units: u64, deviations: u64 },
}

impl Source {
    /// An endless population with this rate of deviations.
    pub(super) fn endless(p: f64) -> Self {
        Self::Endless { p, q: 1.0 - p }
    }

    /// Probability of at most `k` deviations among `n` units drawn without replacement; n ≤ units.
    pub(super) fn at_most(self, n: u64, k: u64) -> f64 {
        let (surely, never) = match self {
            Self::Endless { p, q } => (k >= n || p <= 0.0, q <= 0.0),
            Self::Finite { units, deviations } => {
                (k >= n.min(deviations), n > (units - deviations).saturating_add(k))
            }
        };
        match () {
            () if surely => 1.0,
            () if never => 0.0,
            // The smaller tail is summed: near 1 the other one would have nothing to start from.
            () if k as f64 >= self.mean(n) => 1.0 - self.mirrored().tail(n, n - k - 1),
            () => self.tail(n, k),
        }
    }

    fn mean(self, n: u64) -> f64 {
        match self {
            Self::Endless { p, .. } => n as f64 * p,
            Self::Finite { units, deviations } => n as f64 * deviations as f64 / units as f64,
        }
    }

    /// The same population with deviations and sound units exchanged.
    fn mirrored(self) -> Self {
        match self {
            Self::Endless { p, q } => Self::Endless { p: q, q: p },
            Self::Finite { units, deviations } => Self::Finite { units, deviations: units - deviations },
        }
    }

    /// P(k) + P(k−1) + …, for a possible k below the mean, where each term is smaller than the one before.
    fn tail(self, n: u64, k: u64) -> f64 {
        let (mut term, mut sum) = (1.0, 1.0);
        for x in (1..=k).rev() {
            term *= self.step_down(n, x);
            sum += term;
            if term < sum * 1e-18 {
                break;
            }
        }
        (self.exactly(n, k) * sum).min(1.0)
    }

    /// P(x−1) ÷ P(x).
    fn step_down(self, n: u64, x: u64) -> f64 {
        let odds = match self {
            Self::Endless { p, q } => q / p,
            Self::Finite { units, deviations } => {
                (units - deviations + x).saturating_sub(n) as f64 / (deviations - x + 1) as f64
            }
        };
        odds * x as f64 / (n - x + 1) as f64
    }

    /// P(k), as a product of one factor a unit drawn. Rising and falling factors take turns, so that the product stays
    /// near 1 until only falling ones are left, and ends at 0 only if the result is that small.
    fn exactly(self, n: u64, k: u64) -> f64 {
        let (mut value, mut hit, mut sound) = (1.0, 0, 0);
        while hit < k || sound < n - k {
            if hit < k && (value < 1.0 || sound == n - k) {
                let ways = (n - k + 1 + hit) as f64 / (hit + 1) as f64;
                value *= ways
                    * match self {
                        Self::Endless { p, .. } => p,
                        Self::Finite { units, deviations } => {
                            (deviations - hit) as f64 / (units - hit) as f64
                        }
                    };
                hit += 1;
            } else {
                value *= match self {
                    Self::Endless { q, .. } => q,
                    Self::Finite { units, deviations } => {
                        (units - deviations - sound) as f64 / (units - k - sound) as f64
                    }
                };
                sound += 1;
            }
        }
        value
    }
}
