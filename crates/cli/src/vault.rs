//! `fieldbook vault`.

mod slot;

use crate::args::Vault;
use crate::opened::{Machine, read_passphrase};
use crate::print::{Done, Failure};
use fieldbook_app::wire::CreateVaultRequest;
use fieldbook_app::{exam, session};
use serde_json::json;

/// Runs a call.
pub fn run(machine: Machine, call: &Vault) -> Result<Done, Failure> {
    match call {
        Vault::Init => init(machine),
        Vault::Info => info(machine),
        Vault::Passwd { new_passphrase_file } => {
            let new = read_passphrase(new_passphrase_file)?;
            let view = session::change_passphrase(&mut machine.unlocked()?, new)?;
            Ok(Done::new(json!({ "slots": view.slots })).line("通行碼已變更。"))
        }
        Vault::Slot(call) => slot::run(machine, call),
        Vault::Verify => {
            let problems = session::verify(&machine.unlocked()?)?;
            let ok = problems.is_empty();
            let lines = problems.clone();
            let done = Done::new(json!({ "ok": ok, "problems": problems })).lines(lines).code(u8::from(!ok));
            Ok(if ok { done.line("保管庫完整無誤。") } else { done })
        }
        Vault::Backup { dest } => {
            let sha256 = session::backup(&machine.unlocked()?, dest)?;
            let dest = dest.to_string_lossy();
            Ok(Done::new(json!({ "dest": dest, "sha256": sha256, "verified": true }))
                .line(format!("已備份並驗證：{dest}")))
        }
    }
}

fn init(machine: Machine) -> Result<Done, Failure> {
    let request = CreateVaultRequest { dir: machine.vault_dir(), passphrase: machine.passphrase()? };
    let made = session::vault_create(&mut machine.closed(), &request)?;
    Ok(Done::new(json!({
        "vault": made.vault.dir, "recovery_identity": made.recovery_identity, "recipient": made.vault.recipient,
    }))
    .line(format!("已建立保管庫：{}", made.vault.dir))
    .line("復原金鑰只顯示這一次，請抄下並妥善保管於他處：")
    .line(made.recovery_identity)
    .line(format!("收件代碼：{}", made.vault.recipient)))
}

fn info(machine: Machine) -> Result<Done, Failure> {
    let desk = machine.unlocked()?;
    let vault = session::vault(&desk)?;
    let exams = exam::exams(&desk)?;
    let list: Vec<_> = exams
        .iter()
        .map(|e| json!({ "id": e.id, "firm": e.firm, "as_of": e.as_of, "case_no": e.case_no }))
        .collect();
    Ok(Done::new(json!({
        "vault": vault.dir, "recipient": vault.recipient, "signer": null, "slots": vault.slots, "exams": list,
    }))
    .line(format!("保管庫：{}", vault.dir))
    .line(format!("金鑰插槽：{}", vault.slots.join("、")))
    .lines(exams.iter().map(|e| format!("{}  {}  {}  基準日 {}", e.id, e.firm, e.case_no, e.as_of))))
}
