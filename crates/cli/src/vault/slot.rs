//! `fieldbook vault slot`.

use crate::args::{OnOff, SlotCall};
use crate::opened::Machine;
use crate::print::{Done, Failure};
use fieldbook_app::keys;
use fieldbook_app::wire::{
    EscrowRequest, KeySlotView, KeySlotsView, ProofRequest, SlotRequest, SlotStateWord,
};
use serde_json::json;

/// Runs a call.
pub fn run(machine: Machine, call: &SlotCall) -> Result<Done, Failure> {
    let (mut desk, proof) = machine.proven()?;
    Ok(match call {
        SlotCall::List => listed(&keys::key_slots(&desk)?),
        SlotCall::AddEscrow { recipient, label } => {
            let (recipient, label) = (recipient.clone(), label.clone());
            let view = keys::escrow_add(&mut desk, &EscrowRequest { proof, recipient, label })?;
            listed(&view).line("已新增託管鑰匙。")
        }
        SlotCall::Remove { slot } => {
            let view = keys::slot_remove(&mut desk, &SlotRequest { proof, slot: slot.clone() })?;
            listed(&view).line("已移除鑰匙。")
        }
        SlotCall::RenewRecovery => {
            let made = keys::recovery_renew(&mut desk, &ProofRequest { proof })?;
            Done::new(json!({ "recovery_identity": made.recovery_identity }))
                .line("原有的復原金鑰已失效。新的只顯示這一次，請抄下並妥善保管於他處：")
                .line(made.recovery_identity)
        }
        SlotCall::Keystore { switch: OnOff::On } => {
            let view = keys::keystore_add(&mut desk, &ProofRequest { proof })?;
            listed(&view).line("已啟用：登入這個帳號即可開啟保管庫。")
        }
        SlotCall::Keystore { switch: OnOff::Off } => {
            let view = keys::slot_remove(&mut desk, &SlotRequest { proof, slot: "keystore".to_owned() })?;
            listed(&view).line("已停用作業系統的密碼庫。")
        }
    })
}

fn listed(view: &KeySlotsView) -> Done {
    let slots: Vec<_> = view
        .slots
        .iter()
        .map(|s| json!({ "slot": s.slot, "kind": s.kind, "state": s.state, "recipient": s.recipient, "label": s.label }))
        .collect();
    Done::new(json!({ "slots": slots, "recovery_confirmed": view.recovery_confirmed }))
        .lines(view.slots.iter().map(told))
}

fn told(slot: &KeySlotView) -> String {
    let kind = match slot.kind.as_str() {
        "passphrase" => "通行碼",
        "recovery" => "復原金鑰",
        "keystore" => "作業系統的密碼庫",
        _ => "託管鑰匙",
    };
    let state = match slot.state {
        SlotStateWord::AsWritten => "",
        SlotStateWord::Changed => "（檔案不是最後寫入的那一個）",
        SlotStateWord::Missing => "（檔案不見了）",
    };
    let holder = [&slot.label, &slot.recipient].into_iter().flatten().cloned().collect::<Vec<_>>().join("  ");
    format!("{}  {kind}{state}  {holder}", slot.slot).trim_end().to_owned()
}
