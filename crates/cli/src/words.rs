//! Why the words of a call are wrong, zh-TW.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is wrong, as part of a sentence.
pub fn said(error: &clap::Error) -> String {
    let arg = texts(error, ContextKind::InvalidArg).join("、");
    let value = texts(error, ContextKind::InvalidValue).join("、");
    let among = |kind| match texts(error, kind) {
        list if list.is_empty() => String::new(),
        list => format!("（可用者：{}）", list.join("、")),
    };
    match error.kind() {
        ErrorKind::MissingRequiredArgument => format!("缺少 {arg}"),
        ErrorKind::UnknownArgument => {
            format!("沒有 {arg} 這個參數{}", among(ContextKind::SuggestedArg))
        }
        ErrorKind::InvalidSubcommand => {
            let call = texts(error, ContextKind::InvalidSubcommand).join("、");
            format!("沒有「{call}」這個命令{}", among(ContextKind::SuggestedSubcommand))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("{arg} 沒有填值{}", among(ContextKind::ValidValue))
        }
        ErrorKind::InvalidValue => {
            format!("「{value}」不是 {arg} 可用的值{}", among(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => format!("「{value}」不是 {arg} 可用的值"),
        ErrorKind::ArgumentConflict => {
            let other = texts(error, ContextKind::PriorArg).join("、");
            if other.is_empty() || other == arg {
                format!("{arg} 只能用一次")
            } else {
                format!("{arg} 不能與 {other} 同時使用")
            }
        }
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            "缺少命令".to_owned()
        }
        _ => first_lines(&error.render().to_string()),
    }
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => {
            vec![text.clone()].into_iter().filter(|t| !t.is_empty()).collect()
        }
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// What the reader of the words says itself, up to its first empty line.
fn first_lines(text: &str) -> String {
    let said: Vec<&str> = text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    said.join(" ").trim_start_matches("error: ").to_owned()
}

#[cfg(test)]
mod tests {
    use super::said;
    use crate::args::Call;
    use clap::Parser;

    fn of(words: &[&str]) -> String {
        Call::try_parse_from(["fieldbook"].iter().chain(words)).err().map(|e| said(&e)).unwrap_or_default()
    }

    #[test]
    fn wrong_words_are_told_in_chinese() {
        assert_eq!(of(&["checklist", "check"]), "缺少 <DIR>");
        assert_eq!(of(&["checklist", "chek"]), "沒有「chek」這個命令（可用者：check）");
        assert_eq!(of(&["checklist", "list", "--jsn"]), "沒有 --jsn 這個參數（可用者：--json）");
        let mode =
            ["answer", "e", "C", "--result", "partial", "--method", "caat", "--note", "", "--mode", "x"];
        assert_eq!(of(&mode), "「x」不是 --mode <MODE> 可用的值（可用者：coverage、spot_check）");
        assert_eq!(of(&["checklist", "load", "p", "--trust-as", "甲"]), "缺少 --fingerprint <F>");
        assert_eq!(of(&["--json"]), "缺少命令");
        assert_eq!(of(&["version", "--json", "--json"]), "--json 只能用一次");
    }
}
