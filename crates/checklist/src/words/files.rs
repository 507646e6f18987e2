//! What is wrong with a file as such, zh-TW: its place, its name, its TOML.

use crate::error::{ChecklistError, LoadError};

/// What to do about a file that is missing or that nothing reads, where its name tells what was meant.
pub(super) fn place_hint(error: &LoadError) -> Option<&'static str> {
    let (folder, name) = match error.file.split_once('/') {
        Some((folder, name)) => (Some(folder), name),
        None => (None, error.file.as_str()),
    };
    let chapter = name.starts_with(|c: char| c.is_ascii_digit()) && name.ends_with(".toml");
    match (&error.what, folder) {
        (ChecklistError::UnexpectedFile, None)
            if chapter || matches!(name, "document.toml" | "source.txt") =>
        {
            Some("文件之檔案須在文件自己的子資料夾內；若檢核的正是該子資料夾，請改檢核其上一層")
        }
        (ChecklistError::UnexpectedFile, Some(_)) if name.ends_with(".toml") => {
            Some("章之檔名須以數字開頭（如 01-accounts.toml），請更正檔名")
        }
        (ChecklistError::UnexpectedFile, Some(_)) => {
            Some("文件之子資料夾只放 document.toml、source.txt 及各章，請移出此檔案")
        }
        (ChecklistError::MissingFile, Some(_)) if name == "document.toml" => {
            Some("文件之子資料夾須有 document.toml；查核程序請放在 procedures/，資料集請放在 datasets/")
        }
        _ => None,
    }
}

/// What the reader of TOML says in English, zh-TW; what it says otherwise stays, in brackets.
pub(super) fn syntax(detail: &str) -> String {
    let quoted: Vec<&str> = detail.split('`').skip(1).step_by(2).collect();
    let first = quoted.first().copied().unwrap_or_default();
    let others = quoted.get(1..).unwrap_or_default().join("、");
    let choices = if others.is_empty() { String::new() } else { format!("；可用者：{others}") };
    match detail {
        _ if detail.starts_with("missing field") => format!("缺少欄位「{first}」"),
        _ if detail.starts_with("unknown field") => format!("沒有「{first}」這個欄位{choices}"),
        _ if detail.starts_with("unknown variant") => format!("「{first}」不是此欄位可用之值{choices}"),
        _ if detail.starts_with("duplicate key") => "同一欄位寫了兩次".to_owned(),
        _ if detail.starts_with("invalid type") => format!("值的型別不對，須為{}", expected(detail)),
        _ if detail.starts_with("data did not match") => "值的型別不對".to_owned(),
        _ if detail.ends_with("is not an entry in double brackets") => {
            format!("「{first}」須以雙重括號逐項列出，如 [[phrase]]")
        }
        _ if detail.starts_with("invalid basic string") || detail.starts_with("invalid literal string") => {
            format!("引號沒有成對（{detail}）")
        }
        _ if detail.starts_with("unclosed") => format!("括號沒有成對（{detail}）"),
        _ => format!("不是正確的 TOML（{detail}）"),
    }
}

/// The kind of value that was expected.
fn expected(detail: &str) -> &str {
    let kind = detail.rsplit_once("expected ").map_or("", |(_, kind)| kind.trim());
    match kind {
        "a string" => "引號內之文字",
        "a boolean" => "true 或 false",
        "a sequence" => "方括號內之清單",
        "a map" => "表格",
        _ if kind.starts_with(['u', 'i']) && kind.ends_with(|c: char| c.is_ascii_digit()) => "不加引號之整數",
        _ if kind.starts_with("struct") => "表格",
        _ => kind,
    }
}

#[cfg(test)]
mod tests {
    use super::{place_hint, syntax};
    use crate::{Files, bundled_files, check_folder};

    fn told(path: &str, text: &str) -> (String, String) {
        let files = Files::from([(path.to_owned(), text.to_owned())]);
        let errors = check_folder(&bundled_files(), &files).expect_err("a defect");
        errors.first().expect("a defect").zh()
    }

    #[test]
    fn what_the_reader_of_toml_says_is_told_in_chinese() {
        let cases = [
            ("[[phrase]]\nresults = [\"compliant\"]\n", "缺少欄位「text」"),
            ("[[phrase]]\ntext = \"甲\"\nresult = []\n", "沒有「result」這個欄位；可用者：text、clauses"),
            (
                "[[phrase]]\ntext = \"甲\"\nresults = [\"符合\"]\n",
                "「符合」不是此欄位可用之值；可用者：compliant",
            ),
            ("[[phrase]]\ntext = \"甲\"\ntext = \"乙\"\n", "同一欄位寫了兩次"),
            ("[[phrase]]\ntext = 4\n", "值的型別不對，須為引號內之文字"),
            ("[phrase]\ntext = \"甲\"\n", "「phrase」須以雙重括號逐項列出"),
            ("[[phrase]]\ntext = \"甲\n", "引號沒有成對"),
            ("[[phrase]]\ntext = \"甲\"\nclauses = [\"BSL-6.7\"\n", "括號沒有成對"),
        ];
        for (text, what) in cases {
            let (message, _) = told("phrases.toml", text);
            assert!(message.starts_with("phrases.toml 第 ") && message.contains(what), "{message}");
            assert!(!message.contains("missing field") && !message.contains("unknown"), "{message}");
        }
        assert_eq!(syntax("invalid type: string \"4\", expected u32"), "值的型別不對，須為不加引號之整數");
    }

    #[test]
    fn a_file_in_the_wrong_place_is_told_where_it_belongs() {
        let cases = [
            ("document.toml", "上一層"),
            ("01-accounts.toml", "上一層"),
            ("procs/T-X-01.toml", "procedures/"),
        ];
        for (path, hint) in cases {
            assert!(told(path, "").1.contains(hint), "{path}: {:?}", told(path, ""));
        }
        let notes = crate::LoadError {
            file: "audit/notes.txt".to_owned(),
            line: None,
            what: crate::ChecklistError::UnexpectedFile,
        };
        assert!(place_hint(&notes).is_some_and(|hint| hint.contains("source.txt")));
    }
}
