//! Cells: every line of the input, as a date, a time, a number, a yes or no, a state.

use fieldbook_fuzz::{input, opened, taken};

const ACCOUNTS: &str =
    "系統名稱\t帳號\t使用者姓名\t帳號狀態\t建立日期\t最後登入時間\t密碼最後變更日期\t密碼永不過期";
const ORDERS: &str = "交易日期\t委託單號\t投資人帳號\t接單時間\t送單時間\t股數";

pub fn run(bytes: &[u8]) {
    input(|| {
        let text = String::from_utf8_lossy(bytes);
        for (key, header) in [("accounts", ACCOUNTS), ("orders", ORDERS)] {
            let mut table = format!("{header}\n");
            for cell in text.split('\n').take(200) {
                let cell = cell.replace(['\t', '\r', '"'], " ");
                let columns = header.matches('\t').count() + 1;
                table.push_str(&vec![cell.as_str(); columns].join("\t"));
                table.push('\n');
            }
            if let Ok(mut source) = opened("cells.txt", table.as_bytes(), Some("utf-8")) {
                taken(&mut source, Some(key));
            }
        }
    });
}
