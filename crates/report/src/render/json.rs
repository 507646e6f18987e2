//! JSON as bytes: UTF-8, indented, members in the order in which they were put in, a line's end at the end.

use serde_json::Value;

/// The value's bytes.
pub fn bytes(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}
