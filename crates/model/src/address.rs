//! Ranges of network addresses as firms write them.

use crate::text::split_list;
use std::net::{IpAddr, Ipv4Addr};

/// Whether an address lies in one of the ranges of a text: single addresses, `10.0.0.0/24`, `a-b`, `a~b`, and the short
/// `10.0.0.1-20`, several of them as [`split_list`] takes them apart. `None` when `address` is none, or when no range
/// can be read.
#[must_use]
pub fn ip_in(address: &str, ranges: &str) -> Option<bool> {
    let address = parse(address)?;
    let ranges: Vec<(IpAddr, IpAddr)> = split_parts(ranges).iter().filter_map(|part| range(part)).collect();
    let within = |&(from, to): &(IpAddr, IpAddr)| {
        from.is_ipv4() == address.is_ipv4() && (from..=to).contains(&address)
    };
    if ranges.is_empty() { None } else { Some(ranges.iter().any(within)) }
}

/// A slash may also be the one of a prefix.
fn split_parts(text: &str) -> Vec<String> {
    let hidden = text.replace('/', "\u{1}");
    split_list(&hidden).into_iter().map(|part| part.replace('\u{1}', "/")).collect()
}

fn parse(text: &str) -> Option<IpAddr> {
    text.trim().parse::<IpAddr>().ok().map(|ip| ip.to_canonical())
}

/// First and last address of a range.
fn range(text: &str) -> Option<(IpAddr, IpAddr)> {
    let text = text.trim();
    if let Some((network, bits)) = text.split_once('/') {
        return prefix(parse(network)?, bits.trim());
    }
    let Some((from, to)) = text.split_once(['-', '~', '～', '－']) else {
        return parse(text).map(|ip| (ip, ip));
    };
    let from = parse(from)?;
    let to = match (from, to.trim().parse::<u8>()) {
        (IpAddr::V4(ip), Ok(last)) => {
            let [a, b, c, _] = ip.octets();
            IpAddr::V4(Ipv4Addr::new(a, b, c, last))
        }
        _ => parse(to)?,
    };
    (from.is_ipv4() == to.is_ipv4() && from <= to).then_some((from, to))
}

/// The addresses of a network, by the number of its bits or by a mask.
fn prefix(network: IpAddr, bits: &str) -> Option<(IpAddr, IpAddr)> {
    match network {
        IpAddr::V4(ip) => {
            let bits = match bits.parse::<Ipv4Addr>() {
                Ok(mask) => {
                    let mask = u32::from(mask);
                    (mask.leading_ones() + mask.trailing_zeros() == 32).then_some(mask.leading_ones())?
                }
                Err(_) => bits.parse().ok().filter(|bits| *bits <= 32)?,
            };
            let host = u32::MAX.checked_shr(bits).unwrap_or(0);
            let first = u32::from(ip) & !host;
            Some((Ipv4Addr::from(first).into(), Ipv4Addr::from(first | host).into()))
        }
        IpAddr::V6(ip) => {
            let bits: u32 = bits.parse().ok().filter(|bits| *bits <= 128)?;
            let host = u128::MAX.checked_shr(bits).unwrap_or(0);
            let first = u128::from(ip) & !host;
            Some((std::net::Ipv6Addr::from(first).into(), std::net::Ipv6Addr::from(first | host).into()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ranges_in_every_dress() {
        for (address, ranges, expected) in [
            ("10.0.0.7", "10.0.0.7", Some(true)),
            ("10.0.0.7", "10.0.0.0/29", Some(true)),
            ("10.0.0.8", "10.0.0.0/29", Some(false)),
            ("10.0.0.8", "10.0.0.0/255.255.255.0", Some(true)),
            ("10.0.0.8", "10.0.0.0/255.0.255.0", None),
            ("10.0.0.20", "10.0.0.1-20", Some(true)),
            ("10.0.0.21", "10.0.0.1~10.0.0.20", Some(false)),
            ("10.0.1.5", "10.0.0.0/24、10.0.1.1 - 10.0.1.9；主機", Some(true)),
            ("::ffff:10.0.0.7", "10.0.0.0/8", Some(true)),
            ("fe80::1", "fe80::/10", Some(true)),
            ("fe80::1", "10.0.0.0/8", Some(false)),
            ("10.0.0.7", "全部主機", None),
            ("10.0.0.7", "", None),
            ("主機", "10.0.0.0/8", None),
            ("10.0.0.7", "0.0.0.0/0", Some(true)),
            ("10.0.0.7", "10.0.0.9-10.0.0.1", None),
        ] {
            assert_eq!(ip_in(address, ranges), expected, "{address} in {ranges}");
        }
    }

    proptest! {
        #[test]
        fn a_network_holds_what_shares_its_bits(ip: u32, other: u32, bits in 0_u32..=32) {
            let mask = u32::MAX.checked_shl(32 - bits).unwrap_or(0);
            let ranges = format!("{}/{bits}", Ipv4Addr::from(ip));
            let expected = ip & mask == other & mask;
            prop_assert_eq!(ip_in(&Ipv4Addr::from(other).to_string(), &ranges), Some(expected));
        }

        #[test]
        fn a_range_holds_what_lies_between(a: u32, b: u32, ip: u32) {
            let (from, to) = (a.min(b), a.max(b));
            let ranges = format!("{}~{}", Ipv4Addr::from(from), Ipv4Addr::from(to));
            prop_assert_eq!(ip_in(&Ipv4Addr::from(ip).to_string(), &ranges), Some((from..=to).contains(&ip)));
        }

        #[test]
        fn any_texts_are_judged(address in ".*", ranges in ".*") {
            let _ = ip_in(&address, &ranges);
        }
    }
}
