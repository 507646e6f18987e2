//! `fieldbook vault`.

mod slot;

use crate::args::Vault;
use crate::opened::{Machine, read_passphrase};
use crate::print::{Done, Failure};
use fieldbook_app::wire::{CopyStateWord, CreateVaultRequest, RestoreRequest};
use fieldbook_app::{backup, exam, integrity, session};
use serde_json::json;
use std::path::Path;

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
            let found = integrity::verify(&machine.unlocked()?)?;
            let ok = found.is_empty();
            let problems: Vec<&str> = found.iter().map(|f| f.message.as_str()).collect();
            let lines = found.iter().flat_map(|f| [f.message.clone(), format!("  {}", f.hint)]);
            let done = Done::new(json!({ "ok": ok, "problems": problems, "found": found }));
            let done = done.lines(lines).code(u8::from(!ok));
            Ok(if ok { done.line("保管庫完整無誤。") } else { done })
        }
        Vault::Backup { dest, generations: None } => {
            let sha256 = backup::backup(&machine.unlocked()?, dest)?;
            let dest = dest.to_string_lossy();
            Ok(Done::new(json!({ "dest": dest, "sha256": sha256, "verified": true }))
                .line(format!("已備份並驗證：{dest}")))
        }
        Vault::Backup { dest, generations: Some(keep) } => {
            let kept = backup::generation(&mut machine.unlocked()?, dest, *keep)?;
            let made = dest.join(&kept.made.name);
            let made = made.to_string_lossy();
            Ok(Done::new(json!({
                "dest": made, "sha256": kept.made.sha256, "verified": true,
                "generation": kept.made.number, "removed": kept.removed,
            }))
            .line(format!("已備份並驗證第 {} 代：{made}", kept.made.number))
            .lines(kept.removed.iter().map(|name| format!("已移除最舊的一代：{name}"))))
        }
        Vault::Backups { folder } => backups(folder),
        Vault::Restore { from, to } => restore(&machine, from, to),
    }
}

fn backups(folder: &Path) -> Result<Done, Failure> {
    let all = backup::generations(folder)?;
    let lines =
        all.iter().map(|g| format!("第 {} 代  {}  {}  {}", g.generation, g.made_at, state(g.state), g.name));
    let lines: Vec<String> = lines.collect();
    Ok(Done::new(json!(all)).lines(lines))
}

fn state(word: CopyStateWord) -> &'static str {
    match word {
        CopyStateWord::Whole => "完整",
        CopyStateWord::CutOff => "未完成",
        CopyStateWord::Damaged => "受損",
    }
}

fn restore(machine: &Machine, from: &Path, to: &Path) -> Result<Done, Failure> {
    let shown = |path: &Path| path.to_string_lossy().into_owned();
    let request = RestoreRequest { from: shown(from), to: shown(to), passphrase: machine.passphrase()? };
    let made = backup::restore(&request)?;
    Ok(Done::new(
        json!({ "vault": made.vault, "sha256": made.sha256, "exams": made.exams, "verified": true }),
    )
    .line(format!("已還原並驗證：{}（{} 案）", made.vault, made.exams)))
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
