// Generated from crates/app/src/wire; `cargo xtask bindings` writes it, a test compares it.

export type ErrorView = { 
/**
 * Code, only there because a screen acts on it.
 */
code: string, 
/**
 * What happened, zh-TW, without firm data.
 */
message: string, 
/**
 * What to do, zh-TW.
 */
hint: string, };
export type SessionView = { 
/**
 * Version of the program.
 */
version: string, 
/**
 * Folder offered for a vault.
 */
suggested_dir: string, 
/**
 * Whether there is a vault in that folder.
 */
vault_exists: boolean, 
/**
 * Whether that vault can be opened by what the system's store of secrets keeps.
 */
keystore_opens: boolean, 
/**
 * The open vault.
 */
vault: VaultView | null, 
/**
 * The open exam: there is one only when the pages begin again in the middle of the work.
 */
exam: ExamView | null, 
/**
 * Why the vault that was open before was locked.
 */
locked_by: LockedByWord | null, };
export type CreateVaultRequest = { 
/**
 * Folder.
 */
dir: string, 
/**
 * Passphrase, as [`passphrase`](crate::passphrase) takes it.
 */
passphrase: string, };
export type VaultCreatedView = { 
/**
 * Recovery identity, shown once.
 */
recovery_identity: string, 
/**
 * Its part behind `AGE-SECRET-KEY-1` in the groups in which it is shown and typed back.
 */
recovery_groups: Array<string>, 
/**
 * What must be typed back.
 */
challenge: RecoveryChallengeView, 
/**
 * The vault.
 */
vault: VaultView, };
export type RecoveryChallengeView = { 
/**
 * Group numbers, from 1.
 */
groups: Array<number>, };
export type RecoveryConfirmRequest = { 
/**
 * Texts in the order of the challenge's groups.
 */
typed: Array<string>, };
export type UnlockRequest = { 
/**
 * Folder.
 */
dir: string, 
/**
 * Passphrase.
 */
passphrase: string, };
export type VaultDirRequest = { 
/**
 * Folder.
 */
dir: string, };
export type StrengthRequest = { 
/**
 * As typed.
 */
passphrase: string, };
export type StrengthView = { 
/**
 * 0 (guessed at once) to 4.
 */
score: number, 
/**
 * Characters that are missing.
 */
missing: number, 
/**
 * Longer than a passphrase may be.
 */
too_long: boolean, 
/**
 * Whether a vault takes it.
 */
taken: boolean, 
/**
 * What makes it weak.
 */
warning: StrengthWarning | null, 
/**
 * What would make it stronger.
 */
advice: Array<StrengthAdvice>, };
export type StrengthWarning = "keys" | "repeats" | "sequence" | "dates" | "names" | "common";
export type StrengthAdvice = "more_words" | "no_tricks" | "no_patterns" | "no_dates";
export type SlotStateWord = "as_written" | "changed" | "missing";
export type KeySlotView = { 
/**
 * Name, by which it is taken away: `passphrase`, `recovery`, `keystore`, `escrow-…`.
 */
slot: string, 
/**
 * `passphrase`, `recovery`, `keystore` or `escrow`.
 */
kind: string, 
/**
 * What stands of its file.
 */
state: SlotStateWord, 
/**
 * `age1…` of an escrow slot's holder.
 */
recipient: string | null, 
/**
 * What that holder is called.
 */
label: string | null, 
/**
 * Whether it may be taken away: somebody must still be able to open the vault by what they know or wrote down.
 */
removable: boolean, };
export type KeySlotsView = { 
/**
 * The slots.
 */
slots: Array<KeySlotView>, 
/**
 * Whether this system has a store of secrets that a slot can use.
 */
keystore_offered: boolean, 
/**
 * Whether the recovery identity was typed back.
 */
recovery_confirmed: boolean, };
export type ProofRequest = { 
/**
 * The passphrase of now, or the recovery identity.
 */
proof: string, };
export type PassphraseChangeRequest = { 
/**
 * The passphrase of now, or the recovery identity.
 */
proof: string, 
/**
 * The new one.
 */
passphrase: string, };
export type EscrowRequest = { 
/**
 * The passphrase of now, or the recovery identity.
 */
proof: string, 
/**
 * `age1…`.
 */
recipient: string, 
/**
 * Who holds the identity.
 */
label: string, };
export type SlotRequest = { 
/**
 * The passphrase of now, or the recovery identity.
 */
proof: string, 
/**
 * Name of the slot.
 */
slot: string, };
export type VaultView = { 
/**
 * Folder's name, not its path.
 */
name: string, 
/**
 * Folder.
 */
dir: string, 
/**
 * Key slots.
 */
slots: Array<string>, 
/**
 * `age1…`, to which others encrypt packages.
 */
recipient: string, 
/**
 * Whether the recovery identity was typed back.
 */
recovery_confirmed: boolean, 
/**
 * Whether nobody looked yet at what is new in this version of the program.
 */
news: boolean, };
export type StatusView = { 
/**
 * Last durable write, `14:03:22`; empty before the first.
 */
saved_at: string, 
/**
 * Items not yet answered among the applicable ones.
 */
items_open: number, 
/**
 * Items whose applicability is undetermined.
 */
items_undetermined: number, 
/**
 * Imported files.
 */
files: number, 
/**
 * Cells and rows that could not be read.
 */
issues: number, 
/**
 * Exceptions not yet disposed of.
 */
exceptions_open: number, 
/**
 * Findings.
 */
findings: number, 
/**
 * Items that wait for something from the firm (待補資料).
 */
items_awaited: number, 
/**
 * Whether the figures of items, exceptions and findings are of what belongs to who works now only.
 */
mine: boolean, 
/**
 * What undo would take back, zh-TW; `null` when there is nothing.
 */
undo: string | null, 
/**
 * What redo would bring back.
 */
redo: string | null, };
export type IntegrityState = "idle" | "running" | "whole" | "problems" | "stopped" | "failed";
export type FoundView = { 
/**
 * What kind of thing, a stable word (`pages`, `journal`, `slot`).
 */
kind: string, 
/**
 * `vault` or an exam's id; empty for what belongs to neither.
 */
database: string, 
/**
 * The file, below the vault's folder.
 */
file: string, 
/**
 * Damaged pages, from 1; the first ones when there are many.
 */
pages: Array<number>, 
/**
 * Tables concerned.
 */
tables: Array<string>, 
/**
 * Number of the journal's entry or of the piece of evidence.
 */
number: number | null, 
/**
 * What is wrong, zh-TW, without firm data.
 */
message: string, 
/**
 * What to do, zh-TW.
 */
hint: string, };
export type IntegrityView = { 
/**
 * How it stands.
 */
state: IntegrityState, 
/**
 * Part done, 0–100.
 */
percent: number, 
/**
 * When it ended, `14:03:22`; empty before.
 */
at: string, 
/**
 * What was found.
 */
found: Array<FoundView>, };
export type ApplicabilityWord = "applicable" | "not_applicable" | "undetermined" | "substituted" | "waived";
export type StrengthWord = "must" | "should" | "may" | "must_not" | "question" | "declarative" | "inherited_must" | "procedure" | "definition";
export type ResultWord = "compliant" | "partial" | "noncompliant" | "not_applicable" | "no_data" | "not_examined";
export type MethodWord = "interview" | "inspection" | "observation" | "reperformance" | "caat" | "sampling";
export type RunVerdictWord = "exceptions" | "pass" | "unknown" | "not_applicable" | "not_runnable";
export type RuleVerdictWord = "exception" | "unknown" | "lead";
export type DispositionWord = "confirmed" | "explained" | "false_positive" | "open";
export type FindingTypeWord = "deficiency" | "recommendation" | "observation" | "good_practice";
export type SeverityWord = "critical" | "high" | "medium" | "low";
export type FindingStatusWord = "draft" | "in_review" | "final" | "sent" | "replied" | "followed_up" | "closed" | "withdrawn";
export type FactView = boolean | string | Array<string>;
export type ExamStateWord = "open" | "sealed" | "archived";
export type PutAwayRequest = { 
/**
 * Id.
 */
exam: string, 
/**
 * To what.
 */
to: ExamStateWord, 
/**
 * Why.
 */
reason: string, };
export type DestroyRequest = { 
/**
 * Id.
 */
exam: string, 
/**
 * The case number or the firm's name, typed.
 */
typed: string, 
/**
 * Why.
 */
reason: string, 
/**
 * 會同人員; may be empty.
 */
witness: string, 
/**
 * Why before the last day of keeping; empty when that is over.
 */
before_due: string, };
export type DestructionView = { 
/**
 * Id.
 */
exam: string, 
/**
 * 受查單位.
 */
firm: string, 
/**
 * 查核案號.
 */
case_no: string, 
/**
 * 查核基準日.
 */
as_of: string, 
/**
 * First day of the period.
 */
period_from: string, 
/**
 * Last day of the period.
 */
period_to: string, 
/**
 * Day of the report; empty when it had none.
 */
report_on: string, 
/**
 * Last day of keeping; empty when it was not known.
 */
keep_until: string, 
/**
 * Who.
 */
by: string, 
/**
 * Who stood by.
 */
witness: string, 
/**
 * Why.
 */
reason: string, 
/**
 * Why before its day; empty when that was over.
 */
before_due: string, 
/**
 * When.
 */
at: string, 
/**
 * When its last file was gone; empty while that is not so.
 */
finished_at: string, 
/**
 * The journal's last checkpoint, `size:root`; empty when it could not be read.
 */
checkpoint: string, 
/**
 * SHA-256 of the encrypted file.
 */
file_sha256: string, 
/**
 * Whether its key was its own and was destroyed; else the file was overwritten.
 */
own_key: boolean, 
/**
 * Copies in the vault's own backups that went with it.
 */
copies: number, };
export type DestructionExportRequest = { 
/**
 * The exam.
 */
exam: string, 
/**
 * Where to.
 */
path: string, };
export type TrailRequest = { 
/**
 * The vault's own journal instead of the open exam's.
 */
vault: boolean, 
/**
 * Who.
 */
by: string, 
/**
 * A family of acts (`answer`) or one of them (`answer.set`).
 */
action: string, 
/**
 * Part of the subject.
 */
subject: string, 
/**
 * Part of what was recorded.
 */
text: string, 
/**
 * First day, ISO or ROC.
 */
from: string, 
/**
 * Last day.
 */
to: string, 
/**
 * How many to pass over.
 */
offset: number, 
/**
 * How many at most.
 */
limit: number, };
export type TrailLineView = { 
/**
 * Number, from 1.
 */
seq: number, 
/**
 * When.
 */
at: string, 
/**
 * Who; may be empty in the vault's own journal.
 */
by: string, 
/**
 * Code of the act.
 */
action: string, 
/**
 * To what.
 */
subject: string, };
export type TrailPageView = { 
/**
 * Entries that pass the filter.
 */
total: number, 
/**
 * Those asked for.
 */
lines: Array<TrailLineView>, 
/**
 * Everybody who is named in the journal.
 */
people: Array<string>, 
/**
 * Families of acts, in the order of the work.
 */
families: Array<string>, };
export type TrailEntryRequest = { 
/**
 * The vault's own journal instead of the open exam's.
 */
vault: boolean, 
/**
 * Number.
 */
seq: number, };
export type TrailFieldView = { 
/**
 * Key; parts of parts are joined by a dot.
 */
key: string, 
/**
 * Before; `null` where there was none.
 */
before: string | null, 
/**
 * After; `null` where there is none any more.
 */
after: string | null, };
export type TrailEntryView = { 
/**
 * The entry.
 */
line: TrailLineView, 
/**
 * Whether it replaced something.
 */
replaced: boolean, 
/**
 * What it recorded, part by part.
 */
fields: Array<TrailFieldView>, };
export type CheckpointRequest = { 
/**
 * The vault's own journal instead of the open exam's.
 */
vault: boolean, };
export type CheckpointView = { 
/**
 * Which journal.
 */
origin: string, 
/**
 * Entries.
 */
size: number, 
/**
 * Merkle root, lower-case hex.
 */
root: string, 
/**
 * The same as a signed note; empty while the vault has no signer.
 */
note: string, 
/**
 * The signer's key as other programs take it; empty with the note.
 */
key: string, };
export type TrailVerifyRequest = { 
/**
 * The vault's own journal instead of the open exam's.
 */
vault: boolean, 
/**
 * `size:root`, or the text of a signed note.
 */
checkpoint: string, };
export type TrailVerdictWord = "holds" | "edited" | "cut" | "fork";
export type TrailVerdictView = { 
/**
 * Verdict.
 */
verdict: TrailVerdictWord, 
/**
 * Holds: entries that came after; edited: number of the entry; cut: entries that are there; fork: 0.
 */
number: number, 
/**
 * Entries that the checkpoint stood for.
 */
size: number, 
/**
 * Whether the checkpoint was signed by this vault's signer.
 */
signed: boolean, };
export type ExamHeadView = { 
/**
 * Id.
 */
id: string, 
/**
 * 範例查核案: there to practise on, with invented data.
 */
practice: boolean, 
/**
 * 受查單位.
 */
firm: string, 
/**
 * 查核案號.
 */
case_no: string, 
/**
 * 查核基準日.
 */
as_of: string, 
/**
 * First day of the period.
 */
period_from: string, 
/**
 * Last day of the period.
 */
period_to: string, 
/**
 * When it was made.
 */
created_at: string, 
/**
 * Open, sealed or archived.
 */
state: ExamStateWord, 
/**
 * Day of its report, as known when it was open last; empty while it has none.
 */
report_on: string, 
/**
 * Last day of keeping; empty, not known, while there is no report.
 */
keep_until: string, 
/**
 * Whether that day is over; what is not known is not over.
 */
keep_over: boolean, };
export type ExamFiguresView = { 
/**
 * Id.
 */
exam: string, 
/**
 * Items that bind the firm or may.
 */
items: number, 
/**
 * Those of them that were examined.
 */
examined: number, 
/**
 * Findings that were not withdrawn.
 */
findings: number, };
export type ExamNewRequest = { 
/**
 * 受查單位.
 */
firm: string, 
/**
 * 查核案號.
 */
case_no: string, 
/**
 * 查核基準日.
 */
as_of: string, 
/**
 * First day of the period.
 */
period_from: string, 
/**
 * Last day of the period.
 */
period_to: string, 
/**
 * 查核人員, at least one.
 */
examiners: Array<string>, };
export type ExamRequest = { 
/**
 * Id.
 */
exam: string, };
export type ExamView = { 
/**
 * Head.
 */
head: ExamHeadView, 
/**
 * 查核人員.
 */
examiners: Array<string>, 
/**
 * Who is working now; the first examiner unless changed.
 */
current_examiner: string, 
/**
 * Items by applicability.
 */
counts: CountsView, 
/**
 * What was noticed when it was opened.
 */
notices: Array<NoticeWord>, };
export type NoticeWord = "exam_older" | "exam_forked" | "vault_older" | "clock_back";
export type ExaminerRequest = { 
/**
 * One of the exam's examiners.
 */
examiner: string, };
export type CountsView = { 
/**
 * 適用 (with 依較佳規範 and exceptions met).
 */
applicable: number, 
/**
 * 不適用.
 */
not_applicable: number, 
/**
 * 適用性待確認.
 */
undetermined: number, };
export type ChoiceView = { 
/**
 * Value.
 */
value: string, 
/**
 * zh-TW word.
 */
zh: string, };
export type FactDefView = { 
/**
 * Code.
 */
code: string, 
/**
 * Question, zh-TW.
 */
question: string, 
/**
 * Group heading, zh-TW.
 */
group: string, 
/**
 * `yes_no`, `choice`, `set`, `text` or `derived`.
 */
kind: string, 
/**
 * Choices.
 */
choices: Array<ChoiceView>, 
/**
 * Value now.
 */
value: FactView, 
/**
 * 依據／來源.
 */
basis: string, 
/**
 * Items that depend on it.
 */
drives: number, };
export type SystemView = { 
/**
 * Name.
 */
name: string, 
/**
 * Attributes by code.
 */
facts: { [key in string]: FactView }, };
export type ProfileRemarkView = { 
/**
 * System that it is about, or empty.
 */
system: string, 
/**
 * Fact that it is about.
 */
fact: string, 
/**
 * Value that the other facts suggest; `null` when there is none to offer.
 */
suggested: string | null, 
/**
 * zh-TW sentence.
 */
text: string, };
export type ProfileView = { 
/**
 * Facts about the firm in the order of asking.
 */
facts: Array<FactDefView>, 
/**
 * What can be said about a system (values are unknown here).
 */
system_facts: Array<FactDefView>, 
/**
 * System register.
 */
systems: Array<SystemView>, 
/**
 * What looks wrong or can be derived, without deciding it.
 */
remarks: Array<ProfileRemarkView>, 
/**
 * Items by applicability.
 */
counts: CountsView, };
export type FactChange = { 
/**
 * Code.
 */
code: string, 
/**
 * New value.
 */
value: FactView, 
/**
 * 依據／來源.
 */
basis: string, };
export type ProfileRequest = { 
/**
 * Changed facts.
 */
facts: Array<FactChange>, 
/**
 * The register as it shall be; `null` leaves it.
 */
systems: Array<SystemView> | null, };
export type ItemChangeView = { 
/**
 * Clause.
 */
clause: string, 
/**
 * Label.
 */
label: string, 
/**
 * Before.
 */
from: ApplicabilityWord, 
/**
 * After.
 */
to: ApplicabilityWord, 
/**
 * Reason after, or which answers would no longer apply.
 */
reason: string, 
/**
 * It already has an answer (which is kept).
 */
answered: boolean, };
export type ProfileChangeView = { 
/**
 * Changed items.
 */
changes: Array<ItemChangeView>, 
/**
 * Counts after.
 */
counts: CountsView, };
export type AnswerModeWord = "coverage" | "spot_check";
export type TopicRelationWord = "alike" | "differing" | "conflicting";
export type LicenceWord = "securities" | "futures" | "both";
export type PairRelationWord = "equal" | "near" | "within";
export type ItemLineView = { 
/**
 * Clause id.
 */
clause: string, 
/**
 * Document code.
 */
document: string, 
/**
 * Label.
 */
label: string, 
/**
 * Verbatim text.
 */
text: string, 
/**
 * Strength.
 */
strength: StrengthWord, 
/**
 * Applicability.
 */
applicability: ApplicabilityWord, 
/**
 * Reason, zh-TW.
 */
reason: string, 
/**
 * The examiner decided on the applicability.
 */
overridden: boolean, 
/**
 * Result; for several units or systems the worst.
 */
result: ResultWord, 
/**
 * What an unmet duty leads to by the answers given: deficiency or recommendation.
 */
failure: FindingTypeWord | null, 
/**
 * How many answers it wants: units × systems.
 */
due: number, 
/**
 * How many of them are there.
 */
answered: number, 
/**
 * 待補資料, joined; `null` when nothing is awaited.
 */
awaited: string | null, 
/**
 * It has answers about something that no longer applies.
 */
stale: boolean, 
/**
 * An answer was taken over from elsewhere.
 */
taken_over: boolean, 
/**
 * Findings that cite it.
 */
findings: number, 
/**
 * Codes of its topics.
 */
topics: Array<string>, 
/**
 * Notes of its answers, for searching.
 */
notes: string, 
/**
 * Everybody who answered.
 */
by: Array<string>, };
export type ChapterView = { 
/**
 * Number.
 */
number: string, 
/**
 * Title.
 */
title: string, 
/**
 * Items.
 */
items: Array<ItemLineView>, };
export type DocumentView = { 
/**
 * Code.
 */
code: string, 
/**
 * Title.
 */
title: string, 
/**
 * Issuer.
 */
issuer: string, 
/**
 * 依據版本.
 */
edition: string, 
/**
 * Short name of the edition.
 */
version: string, 
/**
 * Chapters.
 */
chapters: Array<ChapterView>, };
export type TopicHeadView = { 
/**
 * Code.
 */
code: string, 
/**
 * Title.
 */
title: string, };
export type ChecklistView = { 
/**
 * Documents.
 */
documents: Array<DocumentView>, 
/**
 * Items by applicability.
 */
counts: CountsView, 
/**
 * Topics that have items.
 */
topics: Array<TopicHeadView>, 
/**
 * Who works now.
 */
examiner: string, };
export type ClauseRequest = { 
/**
 * Clause id.
 */
clause: string, };
export type DocumentRequest = { 
/**
 * Code.
 */
document: string, };
export type ClauseText = { 
/**
 * Clause id.
 */
clause: string, 
/**
 * Document title.
 */
document: string, 
/**
 * 依據版本.
 */
edition: string, 
/**
 * Label.
 */
label: string, 
/**
 * Verbatim text.
 */
text: string, };
export type ClauseRefView = { 
/**
 * Clause id.
 */
clause: string, 
/**
 * Label.
 */
label: string, };
export type AnswerKeyView = { 
/**
 * Clause id.
 */
clause: string, 
/**
 * Unit, or empty for the clause as a whole.
 */
unit: string, 
/**
 * System, or empty for the firm as a whole.
 */
system: string, };
export type OriginView = { 
/**
 * Exam id, or empty for this exam.
 */
exam: string, 
/**
 * What was answered there.
 */
key: AnswerKeyView, 
/**
 * Its label.
 */
label: string, };
export type AnswerView = { 
/**
 * Unit, or empty.
 */
unit: string, 
/**
 * System, or empty.
 */
system: string, 
/**
 * Result.
 */
result: ResultWord, 
/**
 * Method.
 */
method: MethodWord | null, 
/**
 * 報告涵蓋 or 抽查, where the document distinguishes them.
 */
mode: AnswerModeWord | null, 
/**
 * 說明.
 */
note: string, 
/**
 * 底稿編號.
 */
paper_ref: string, 
/**
 * 待補資料: what the firm still owes, may be empty; `null` when nothing is awaited.
 */
awaited: string | null, 
/**
 * Where it was taken over from.
 */
origin: OriginView | null, 
/**
 * It is about a unit or system that no longer applies.
 */
stale: boolean, 
/**
 * Examiner.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type RelatedRunView = { 
/**
 * Procedure id.
 */
procedure: string, 
/**
 * Title.
 */
title: string, 
/**
 * Latest run.
 */
run: RunView | null, };
export type FindingRefView = { 
/**
 * Number within the exam.
 */
no: number, 
/**
 * 缺失編號.
 */
number: string, 
/**
 * 標題.
 */
title: string, 
/**
 * Status.
 */
status: FindingStatusWord, };
export type CellView = { 
/**
 * System, or empty for the firm as a whole.
 */
system: string, 
/**
 * Applicability.
 */
applicability: ApplicabilityWord, 
/**
 * Reason, zh-TW.
 */
reason: string, };
export type UnitView = { 
/**
 * Unit, or empty where the clause is one duty.
 */
unit: string, 
/**
 * The words of the duty; empty where the clause is one duty.
 */
text: string, 
/**
 * Strength.
 */
strength: StrengthWord, 
/**
 * Applicability.
 */
applicability: ApplicabilityWord, 
/**
 * What it becomes when it is not met; `null` where the clause only permits.
 */
failure: FindingTypeWord | null, 
/**
 * Where it is answered, systems that it does not apply to among them.
 */
cells: Array<CellView>, };
export type OverriddenView = { 
/**
 * Reason.
 */
reason: string, 
/**
 * Examiner.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * What the profile says.
 */
profile: ApplicabilityWord, 
/**
 * Why it says so.
 */
profile_reason: string, };
export type PeriodView = { 
/**
 * What has to be done.
 */
duty: string, 
/**
 * The clause's words.
 */
words: string, 
/**
 * Calendar months; `null` for daily duties and for the firm's own rule.
 */
months: number | null, 
/**
 * The firm's own rule is the measure: to be asked.
 */
own_rule: boolean, 
/**
 * Last date that imported data has, ISO.
 */
last: string | null, 
/**
 * Next date due by it, ISO.
 */
due: string | null, 
/**
 * `done`, `overdue`, `open` (a date, but no measure), `no_date` (data without a date), `no_data`.
 */
state: string, 
/**
 * Datasets that tell it, zh-TW.
 */
source: string, };
export type GoverningView = { 
/**
 * Licence.
 */
licence: LicenceWord, 
/**
 * What the value is of.
 */
subject: string, 
/**
 * The value.
 */
value: string, 
/**
 * Strength.
 */
strength: StrengthWord, 
/**
 * Clauses that set it.
 */
clauses: Array<ClauseRefView>, 
/**
 * What to mind.
 */
note: string, 
/**
 * The firm of this exam has that licence; `null` while that is unknown.
 */
here: boolean | null, };
export type TopicView = { 
/**
 * Code.
 */
code: string, 
/**
 * Title.
 */
title: string, 
/**
 * Relation of its clauses.
 */
relation: TopicRelationWord, 
/**
 * How they differ.
 */
difference: string, 
/**
 * Governing values.
 */
governing: Array<GoverningView>, };
export type RelativeView = { 
/**
 * Clause id.
 */
clause: string, 
/**
 * Document code.
 */
document: string, 
/**
 * Label.
 */
label: string, 
/**
 * Verbatim text.
 */
text: string, 
/**
 * Strength.
 */
strength: StrengthWord, 
/**
 * Applicability; `null` for a definition or heading, which is not answered.
 */
applicability: ApplicabilityWord | null, 
/**
 * Result.
 */
result: ResultWord, 
/**
 * Answers wanted and given.
 */
due: number, 
/**
 * Answers given.
 */
answered: number, 
/**
 * Findings that cite it.
 */
findings: Array<FindingRefView>, 
/**
 * Codes of the topics that both belong to.
 */
topics: Array<string>, 
/**
 * How the two texts relate, where they state the same rule.
 */
pair: PairRelationWord | null, 
/**
 * What to mind.
 */
note: string, };
export type PhraseView = { 
/**
 * Text; `○` marks what is to be filled in.
 */
text: string, 
/**
 * Results with which it is offered; empty: all.
 */
results: Array<ResultWord>, 
/**
 * Kept by an examiner.
 */
own: boolean, };
export type ItemView = { 
/**
 * Line.
 */
line: ItemLineView, 
/**
 * Document title.
 */
document: string, 
/**
 * Note where the title is inferred.
 */
title_note: string | null, 
/**
 * 依據版本.
 */
edition: string, 
/**
 * Short name of the edition.
 */
version: string, 
/**
 * Headings and lead-ins above.
 */
context: Array<string>, 
/**
 * 校註.
 */
editor_note: string | null, 
/**
 * Remark on applicability.
 */
applies_note: string | null, 
/**
 * Parameters as the clause states them.
 */
params: Array<string>, 
/**
 * Line in the source text.
 */
source_line: number, 
/**
 * Systems for which it applies.
 */
systems: Array<string>, 
/**
 * Its duties, at least one.
 */
units: Array<UnitView>, 
/**
 * Whether an answer says if the firm's report covers the item or the examiner checked it.
 */
asks_mode: boolean, 
/**
 * Answers, those that no longer apply among them.
 */
answers: Array<AnswerView>, 
/**
 * The examiner's decision on applicability.
 */
overridden: OverriddenView | null, 
/**
 * Periods.
 */
periods: Array<PeriodView>, 
/**
 * Topics.
 */
topics: Array<TopicView>, 
/**
 * Clauses of the same topics or with the same rule, those that bind the firm first.
 */
relatives: Array<RelativeView>, 
/**
 * Codes of the deficiency patterns that it belongs to.
 */
patterns: Array<string>, 
/**
 * Procedures that test it.
 */
procedures: Array<RelatedRunView>, 
/**
 * Phrases for the note.
 */
phrases: Array<PhraseView>, 
/**
 * Findings that cite it.
 */
findings: Array<FindingRefView>, };
export type CriterionView = { 
/**
 * Text.
 */
text: ClauseText, 
/**
 * Applicability; `null` when it is not answered.
 */
applicability: ApplicabilityWord | null, 
/**
 * Result.
 */
result: ResultWord, 
/**
 * Clauses that state the same rule.
 */
same: Array<ClauseRefView>, };
export type PatternView = { 
/**
 * Code.
 */
code: string, 
/**
 * 查核發現.
 */
finding: ClauseText, 
/**
 * Applicability.
 */
applicability: ApplicabilityWord, 
/**
 * Reason.
 */
reason: string, 
/**
 * Result.
 */
result: ResultWord, 
/**
 * 現行規範.
 */
criteria: Array<CriterionView>, 
/**
 * Procedures that test it.
 */
procedures: Array<RelatedRunView>, 
/**
 * Findings that cite it or a criterion.
 */
findings: Array<FindingRefView>, };
export type AnchorView = { 
/**
 * Clause id.
 */
clause: string, 
/**
 * Label.
 */
label: string, 
/**
 * Line, from 1.
 */
line: number, };
export type SourceTextView = { 
/**
 * Document code.
 */
document: string, 
/**
 * Title.
 */
title: string, 
/**
 * 依據版本.
 */
edition: string, 
/**
 * SHA-256 of the text.
 */
sha256: string, 
/**
 * Lines.
 */
lines: Array<string>, 
/**
 * Clauses in order.
 */
anchors: Array<AnchorView>, };
export type AnswerRequest = { 
/**
 * Clause id.
 */
clause: string, 
/**
 * Unit, or empty.
 */
unit: string, 
/**
 * System, or empty.
 */
system: string, 
/**
 * Result.
 */
result: ResultWord, 
/**
 * Method.
 */
method: MethodWord | null, 
/**
 * 報告涵蓋 or 抽查.
 */
mode: AnswerModeWord | null, 
/**
 * 說明.
 */
note: string, 
/**
 * 底稿編號.
 */
paper_ref: string, 
/**
 * 待補資料.
 */
awaited: string | null, };
export type BulkRequest = { 
/**
 * What to answer. A key without unit and system stands for everything that the clause asks.
 */
keys: Array<AnswerKeyView>, 
/**
 * Result.
 */
result: ResultWord, 
/**
 * Method.
 */
method: MethodWord | null, 
/**
 * 說明.
 */
note: string, 
/**
 * Leaves what has an answer as it is.
 */
only_open: boolean, };
export type SkippedView = { 
/**
 * Clause.
 */
clause: string, 
/**
 * Label.
 */
label: string, 
/**
 * Why, zh-TW.
 */
why: string, };
export type AnswersView = { 
/**
 * The changed items.
 */
lines: Array<ItemLineView>, 
/**
 * Number of answers written.
 */
changed: number, 
/**
 * What was left out, and why.
 */
skipped: Array<SkippedView>, };
export type CopyRequest = { 
/**
 * The answer.
 */
from: AnswerKeyView, 
/**
 * Where to.
 */
to: Array<AnswerKeyView>, };
export type CopyTargetView = { 
/**
 * What would be answered.
 */
key: AnswerKeyView, 
/**
 * Document code.
 */
document: string, 
/**
 * Label.
 */
label: string, 
/**
 * The words of the duty.
 */
text: string, 
/**
 * Strength of the duty.
 */
strength: StrengthWord, 
/**
 * Applicability.
 */
applicability: ApplicabilityWord, 
/**
 * The answer that it has now.
 */
before: AnswerView | null, 
/**
 * Why it cannot be taken over, zh-TW; empty when it can.
 */
refused: string, };
export type CopyPreviewView = { 
/**
 * The answer.
 */
answer: AnswerView, 
/**
 * Label of its item.
 */
label: string, 
/**
 * Targets in the order of the request.
 */
targets: Array<CopyTargetView>, };
export type ApplicabilityRequest = { 
/**
 * Clause id.
 */
clause: string, 
/**
 * The decision.
 */
applicability: ApplicabilityWord | null, 
/**
 * Why; needed in both cases.
 */
reason: string, };
export type PhraseRequest = { 
/**
 * Clause id.
 */
clause: string, 
/**
 * Text.
 */
text: string, };
export type EditionView = { 
/**
 * Document code.
 */
document: string, 
/**
 * Title.
 */
title: string, 
/**
 * Short name of the edition.
 */
version: string, 
/**
 * 依據版本.
 */
edition: string, 
/**
 * First day in force, ISO; empty where the source does not say.
 */
effective_from: string, 
/**
 * SHA-256 of the source text.
 */
source_sha256: string, 
/**
 * Package that it comes from; empty: built in.
 */
package: string, 
/**
 * The edition that the open exam pins, where it has the document: short name.
 */
pinned: string | null, 
/**
 * Whether the open exam pins exactly this one.
 */
same: boolean, };
export type PackageView = { 
/**
 * SHA-256 of the file.
 */
sha256: string, 
/**
 * Name.
 */
name: string, 
/**
 * Version.
 */
version: string, 
/**
 * Name under which the signer is trusted.
 */
signer: string, 
/**
 * Fingerprint of the signer's key.
 */
fingerprint: string, 
/**
 * Who loaded it.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type SignerView = { 
/**
 * Public key, hex.
 */
key: string, 
/**
 * Name.
 */
name: string, 
/**
 * Fingerprint.
 */
fingerprint: string, 
/**
 * Who trusts it.
 */
by: string, 
/**
 * Since when.
 */
at: string, };
export type EditionsView = { 
/**
 * Documents that new exams get.
 */
documents: Array<EditionView>, 
/**
 * Packages in the order of loading.
 */
packages: Array<PackageView>, 
/**
 * Trusted signers.
 */
signers: Array<SignerView>, 
/**
 * Why the packages are left out of what new exams get: they do not fit this program. Empty when they are in.
 */
unfit: Array<ProblemView>, 
/**
 * Fingerprint of this vault's own signing key.
 */
own_fingerprint: string, };
export type SquaresView = { 
/**
 * Squares on a side, with the white edge that a camera needs.
 */
side: number, 
/**
 * The black ones, as the path of an SVG picture in which a square is one unit.
 */
path: string, };
export type OwnCardView = { 
/**
 * Name on it.
 */
name: string, 
/**
 * 單位 on it.
 */
unit: string, 
/**
 * Whether somebody chose the name; otherwise it is who is at the keyboard.
 */
chosen: boolean, 
/**
 * The card, one line.
 */
text: string, 
/**
 * The same to be taken by a camera.
 */
picture: SquaresView, 
/**
 * Fingerprint, six groups of five digits.
 */
fingerprint: Array<string>, };
export type FormerKeyView = { 
/**
 * Fingerprint, six groups.
 */
fingerprint: Array<string>, 
/**
 * When it was taken in.
 */
pinned_at: string, 
/**
 * Whether it was compared.
 */
verified: boolean, 
/**
 * When another took its place.
 */
ended_at: string, 
/**
 * Why.
 */
reason: string, };
export type ContactView = { 
/**
 * Number; the same when the key changes.
 */
id: number, 
/**
 * Name.
 */
name: string, 
/**
 * 單位.
 */
unit: string, 
/**
 * `age1…`.
 */
recipient: string, 
/**
 * Fingerprint, six groups.
 */
fingerprint: Array<string>, 
/**
 * When the card was taken in.
 */
pinned_at: string, 
/**
 * When the fingerprint was compared; empty while it was not.
 */
verified_at: string, 
/**
 * Who took it in.
 */
by: string, 
/**
 * Keys before, the earliest first.
 */
former: Array<FormerKeyView>, };
export type ContactsView = { 
/**
 * The own card.
 */
own: OwnCardView, 
/**
 * By name.
 */
contacts: Array<ContactView>, };
export type CardNameRequest = { 
/**
 * Name.
 */
name: string, 
/**
 * 單位; may be empty.
 */
unit: string, };
export type CardRequest = { 
/**
 * The text; not looked at where there is a path.
 */
text: string, 
/**
 * A text file; empty: none.
 */
path: string, };
export type CardStandingWord = "new" | "verified" | "pinned" | "key_changed" | "own";
export type CardLookView = { 
/**
 * How it stands.
 */
standing: CardStandingWord, 
/**
 * Name.
 */
name: string, 
/**
 * 單位.
 */
unit: string, 
/**
 * Fingerprint, six groups; those that are asked for are empty, so that they can be had from the person only.
 */
fingerprint: Array<string>, 
/**
 * Numbers, from 1, of the groups to be typed before this key takes the place of the known one; otherwise none.
 */
asked: Array<number>, 
/**
 * Who is known.
 */
contact: ContactView | null, };
export type ContactVerifyRequest = { 
/**
 * Number of the contact.
 */
contact: number, 
/**
 * The fingerprint that was compared.
 */
fingerprint: string, };
export type TypedGroup = { 
/**
 * Number, from 1.
 */
number: number, 
/**
 * Five digits.
 */
digits: string, };
export type ContactKeyRequest = { 
/**
 * Number of the contact.
 */
contact: number, 
/**
 * The new card.
 */
card: CardRequest, 
/**
 * Why the key changed.
 */
reason: string, 
/**
 * Groups of the new fingerprint, two at least.
 */
typed: Array<TypedGroup>, };
export type ContactRequest = { 
/**
 * Number.
 */
contact: number, };
export type WorkWord = "document" | "chapter" | "system" | "procedure";
export type WorkKey = { 
/**
 * Kind.
 */
kind: WorkWord, 
/**
 * Code of the document, `<code>/<number>` of a chapter, name of the system, id of the procedure.
 */
key: string, };
export type WorkView = { 
/**
 * What.
 */
work: WorkKey, 
/**
 * Title; of a chapter with its number.
 */
title: string, 
/**
 * Who was given it; empty: nobody.
 */
person: string, 
/**
 * Who has it because the document was given to them; empty where it was given itself, or nobody has it.
 */
through: string, 
/**
 * Items that ask something (answers, of a system; exceptions of the latest run, of a procedure).
 */
whole: number, 
/**
 * How many of them are done.
 */
done: number, 
/**
 * A procedure that did not run yet.
 */
waiting: boolean, 
/**
 * It was given to somebody and is in the exam no more.
 */
gone: boolean, };
export type PersonWorkView = { 
/**
 * Name; empty: what nobody was given.
 */
name: string, 
/**
 * Whether the name is one of the examiners' or the team's.
 */
known: boolean, 
/**
 * Items given.
 */
items: number, 
/**
 * How many of them have every answer that is asked of this person.
 */
answered: number, 
/**
 * The items by result.
 */
results: Array<ResultCountView>, 
/**
 * Procedures given.
 */
procedures: number, 
/**
 * How many of them ran.
 */
ran: number, 
/**
 * Exceptions of theirs that nobody has disposed of.
 */
exceptions_open: number, 
/**
 * Findings that this person wrote.
 */
findings: number, 
/**
 * Answers that this person gave, to whatever.
 */
gave: number, 
/**
 * When the last of them was given; empty: none.
 */
last_at: string, };
export type AssignmentsView = { 
/**
 * Who works now.
 */
examiner: string, 
/**
 * Who can be given something: the examiners, then the team.
 */
people: Array<string>, 
/**
 * Documents, each before its chapters; then systems; then procedures.
 */
works: Array<WorkView>, 
/**
 * Who was given and did what; what nobody was given comes last.
 */
done: Array<PersonWorkView>, };
export type AssignRequest = { 
/**
 * What.
 */
works: Array<WorkKey>, 
/**
 * Who; empty: nobody.
 */
person: string, };
export type MineView = { 
/**
 * Whether lists show only that; remembered in the vault.
 */
on: boolean, 
/**
 * Who works now.
 */
examiner: string, 
/**
 * Whether anything was given to anybody.
 */
divided: boolean, 
/**
 * Clauses of the items.
 */
items: Array<string>, 
/**
 * Ids of the procedures.
 */
procedures: Array<string>, };
export type MineRequest = { 
/**
 * Only what belongs to who works now.
 */
on: boolean, };
export type PathRequest = { 
/**
 * Path.
 */
path: string, };
export type PackageRequest = { 
/**
 * Path.
 */
path: string, 
/**
 * Name under which the signer's key shall be trusted; empty: only a signer who is trusted already.
 */
trust_as: string, 
/**
 * Fingerprint that the examiner compared; needed with `trust_as`.
 */
fingerprint: string, };
export type ProblemView = { 
/**
 * File below the folder.
 */
file: string, 
/**
 * Line from 1, when it is known.
 */
line: number | null, 
/**
 * What is wrong.
 */
message: string, 
/**
 * What to do.
 */
hint: string, };
export type PackageInspectView = { 
/**
 * Name.
 */
name: string, 
/**
 * Version.
 */
version: string, 
/**
 * Day on which it was made.
 */
made_on: string, 
/**
 * Fingerprint of the signer's key.
 */
fingerprint: string, 
/**
 * Name under which the signer is trusted; `null` for an unknown one.
 */
signer: string | null, 
/**
 * What it changes against the editions in use.
 */
changes: Array<DocumentChangeView>, 
/**
 * Procedures that it adds.
 */
procedures: Array<string>, 
/**
 * Defects; with one it cannot be loaded.
 */
problems: Array<ProblemView>, };
export type KeyRequest = { 
/**
 * SHA-256 of the package or key of the signer, hex.
 */
key: string, };
export type CompareRequest = { 
/**
 * Older side.
 */
from: string, 
/**
 * Newer side.
 */
to: string, };
export type PieceView = { 
/**
 * `kept`, `removed` or `added`.
 */
kind: string, 
/**
 * Text.
 */
text: string, };
export type ClauseChangeView = { 
/**
 * `added`, `removed`, `changed`, `moved` or `rule`.
 */
kind: string, 
/**
 * Clause, in the newer edition where it is in both.
 */
clause: string, 
/**
 * Label.
 */
label: string, 
/**
 * For a moved one: label in the older edition.
 */
from_label: string, 
/**
 * The text, in pieces.
 */
pieces: Array<PieceView>, 
/**
 * For a changed rule: what changed, a line each.
 */
what: Array<string>, };
export type DocumentChangeView = { 
/**
 * Code.
 */
document: string, 
/**
 * Title.
 */
title: string, 
/**
 * Edition on the older side; `null` when it is new.
 */
from: string | null, 
/**
 * Edition on the newer side; `null` when it is gone.
 */
to: string | null, 
/**
 * Clauses.
 */
changes: Array<ClauseChangeView>, };
export type CarryLineView = { 
/**
 * Clause.
 */
clause: string, 
/**
 * Label.
 */
label: string, 
/**
 * Unit, or empty.
 */
unit: string, 
/**
 * System, or empty.
 */
system: string, 
/**
 * Result there.
 */
result: ResultWord, 
/**
 * 說明 there.
 */
note: string, 
/**
 * Why it has to be examined anew, zh-TW; empty when it can be carried.
 */
again: string, };
export type CarryView = { 
/**
 * The other exam's firm.
 */
firm: string, 
/**
 * Its case number.
 */
case_no: string, 
/**
 * Answers in the order of the documents.
 */
lines: Array<CarryLineView>, 
/**
 * How many can be carried.
 */
carried: number, };
export type FieldSheetView = { 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * Items that would be on it.
 */
items: number, };
export type SheetRequest = { 
/**
 * Key.
 */
key: string, 
/**
 * File to write.
 */
path: string, };
export type RequestListRequest = { 
/**
 * Folder to write to.
 */
path: string, 
/**
 * 提供期限, ISO; empty: none.
 */
due: string, 
/**
 * With a blank workbook for each dataset.
 */
templates: boolean, };
export type DatasetView = { 
/**
 * Key.
 */
key: string, 
/**
 * zh-TW name.
 */
zh: string, 
/**
 * Columns.
 */
columns: Array<ColumnView>, };
export type ColumnView = { 
/**
 * Key.
 */
key: string, 
/**
 * zh-TW name.
 */
zh: string, 
/**
 * Whether it is required.
 */
required: boolean, 
/**
 * What it holds: `text`, `date`, `datetime` …, as in `DataColumnView`.
 */
kind: string, };
export type InspectRequest = { 
/**
 * Paths, as chosen or dropped by the examiner.
 */
paths: Array<string>, 
/**
 * Encoding of texts; `null` recognises it.
 */
encoding: string | null, };
export type SampleView = { 
/**
 * Original text.
 */
original: string, 
/**
 * As read (`民國109年12月31日`).
 */
read: string, };
export type ReadingChoiceView = { 
/**
 * Reading, as in [`MappedColumnView`].
 */
reading: string, 
/**
 * The dates, in the order of the samples; empty where it does not fit.
 */
texts: Array<string>, };
export type MappedColumnView = { 
/**
 * Sheet column, from 0.
 */
index: number, 
/**
 * Their header.
 */
header: string, 
/**
 * Our column's key; `null` when it is not taken.
 */
column: string | null, 
/**
 * Reading: `plain`, `roc_ymd`, `ymd`, `dmy`, `mdy`, `serial`, `roc_compact`, `compact`, `file_time`, `epoch`, `ambiguous`.
 */
reading: string, 
/**
 * 0–100.
 */
confidence: number, 
/**
 * A second column of theirs that holds the time of day.
 */
time_index: number | null, 
/**
 * The workbook hides the column; ignored in requests.
 */
hidden: boolean, 
/**
 * Samples; ignored in requests.
 */
samples: Array<SampleView>, 
/**
 * For dates that several calendars fit: what each would make of the samples; ignored in requests.
 */
choices: Array<ReadingChoiceView>, };
export type RowView = { 
/**
 * Row number that a spreadsheet shows.
 */
row: number, 
/**
 * Hidden in the workbook.
 */
hidden: boolean, 
/**
 * Texts in the order of the columns; `null` without a value.
 */
cells: Array<string | null>, 
/**
 * Indices of cells that could not be read.
 */
bad: Array<number>, };
export type InspectedSheetView = { 
/**
 * Sheet; empty for CSV.
 */
sheet: string, 
/**
 * The sheet itself is hidden.
 */
hidden: boolean, 
/**
 * Dataset key; `null` when none fits.
 */
dataset: string | null, 
/**
 * How sure the dataset is, 0–100.
 */
confidence: number, 
/**
 * `green`, `amber` (something is asked), `red` (it cannot be read as it is).
 */
light: string, 
/**
 * What is asked.
 */
asks: Array<AskView>, 
/**
 * Header row as a spreadsheet shows it; with the sheet's name it tells the table.
 */
header_row: number, 
/**
 * Last row, where another table follows on the sheet.
 */
end_row: number | null, 
/**
 * Rows that hold anything, as far as was looked.
 */
row_count: number, 
/**
 * There are more rows than were looked at.
 */
more_rows: boolean, 
/**
 * How many of the rows looked at are hidden; `null` when the format does not tell.
 */
hidden_rows: number | null, 
/**
 * All columns of the sheet.
 */
columns: Array<MappedColumnView>, 
/**
 * Columns that have one value for the whole table.
 */
filled: Array<FilledView>, 
/**
 * Stored lists of the same dataset.
 */
earlier: Array<EarlierView>, 
/**
 * Required columns without a header: zh-TW names.
 */
missing_required: Array<string>, 
/**
 * The first rows, as they will be stored; columns are the mapped ones in order, then the filled ones.
 */
rows: Array<RowView>, };
export type InspectedFileView = { 
/**
 * Path as given.
 */
path: string, 
/**
 * Name.
 */
file: string, 
/**
 * SHA-256.
 */
sha256: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * Encoding of CSV.
 */
encoding: string, 
/**
 * Tables, in the order of the sheets.
 */
sheets: Array<InspectedSheetView>, 
/**
 * Why nothing could be read.
 */
error: ErrorView | null, };
export type SheetChoice = { 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Header row that tells the table; 0 for the sheet's first.
 */
header_row: number, 
/**
 * Dataset key.
 */
dataset: string, 
/**
 * Mapping; empty takes the recognised one.
 */
columns: Array<MappedColumnView>, 
/**
 * Columns that have one value for the whole table; read together with a mapping only.
 */
filled: Array<FilledView>, 
/**
 * `FILED`, `LEDGER`, `ONSITE`, `DISCOVERED`.
 */
origin: string | null, 
/**
 * Rows that the firm says there are.
 */
declared_rows: number | null, 
/**
 * Id of the stored list that this one takes the place of.
 */
replaces: number | null, };
export type AskView = { 
/**
 * `dataset`, `calendar`, `required`, `filled`, `continues`, `above`, `shift`.
 */
code: string, 
/**
 * Key of our column that it is about, or empty.
 */
column: string, 
/**
 * In words.
 */
zh: string, 
/**
 * Keys of the datasets that are possible, when it is the dataset that is asked for.
 */
options: Array<string>, };
export type EarlierView = { 
/**
 * Its id.
 */
id: number, 
/**
 * Batch.
 */
batch: number, 
/**
 * File.
 */
file: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Rows.
 */
rows: number, 
/**
 * Its name or its headings say that the sheet is a newer version of it.
 */
likely: boolean, };
export type FileChoice = { 
/**
 * Path.
 */
path: string, 
/**
 * Choices.
 */
sheets: Array<SheetChoice>, 
/**
 * Encoding for CSV; `null` recognises it.
 */
encoding: string | null, };
export type FilledView = { 
/**
 * Our column's key.
 */
column: string, 
/**
 * zh-TW name of it; ignored in requests.
 */
zh: string, 
/**
 * The value; empty in a request takes none.
 */
text: string, 
/**
 * `sheet_name`, `title`, `examiner`.
 */
from: string, };
export type ImportCompareRequest = { 
/**
 * The file with one choice, which says what it replaces.
 */
file: FileChoice, 
/**
 * First row of each kind.
 */
offset: number, 
/**
 * Rows of each kind, at most 200.
 */
limit: number, };
export type ImportCompareCountsView = { 
/**
 * Only in the newer list.
 */
added: number, 
/**
 * Only in the older list.
 */
removed: number, 
/**
 * In both, with other values.
 */
changed: number, 
/**
 * In both, alike.
 */
equal: number, 
/**
 * Rows without a key, before and after together.
 */
unkeyed: number, };
export type ComparedCellView = { 
/**
 * zh-TW name of the column.
 */
column: string, 
/**
 * Before; `null` without a value.
 */
before: string | null, 
/**
 * After.
 */
after: string | null, };
export type ComparedRowView = { 
/**
 * `added`, `removed`, `changed`.
 */
change: string, 
/**
 * What tells the row apart, in words.
 */
key: string, 
/**
 * Row number before, as a spreadsheet shows it.
 */
row_before: number | null, 
/**
 * Row number after.
 */
row_after: number | null, 
/**
 * What changed; for rows that came or went, all of their values.
 */
cells: Array<ComparedCellView>, };
export type ImportCompareView = { 
/**
 * Rows before.
 */
before: number, 
/**
 * Rows after.
 */
after: number, 
/**
 * `null` when nothing tells the rows of the dataset apart.
 */
counts: ImportCompareCountsView | null, 
/**
 * Columns that only the newer list has: zh-TW names.
 */
new_columns: Array<string>, 
/**
 * Columns that only the older list has.
 */
gone_columns: Array<string>, 
/**
 * zh-TW names of the columns that tell rows apart.
 */
key_columns: Array<string>, 
/**
 * A window of the rows that differ: the changed, the added, the removed.
 */
rows: Array<ComparedRowView>, };
export type DataSetView = { 
/**
 * Key.
 */
key: string, 
/**
 * Code (`D01`).
 */
code: string, 
/**
 * zh-TW name.
 */
zh: string, 
/**
 * What one row is, in zh-TW.
 */
row: string, 
/**
 * Rows.
 */
rows: number, 
/**
 * Columns, in their order.
 */
columns: Array<DataColumnView>, 
/**
 * The tables that its rows came from.
 */
sheets: Array<DataSheetView>, };
export type DataColumnView = { 
/**
 * Key.
 */
key: string, 
/**
 * zh-TW name.
 */
zh: string, 
/**
 * `text`, `bool`, `enum`, `date`, `datetime`, `int`, `num`, `duration`.
 */
kind: string, 
/**
 * A table has it.
 */
present: boolean, };
export type DataSheetView = { 
/**
 * Id.
 */
id: number, 
/**
 * Batch.
 */
batch: number, 
/**
 * File.
 */
file: string, 
/**
 * SHA-256 of the file, in hexadecimal.
 */
sha256: string, 
/**
 * Sheet; empty for CSV.
 */
sheet: string, 
/**
 * Rows.
 */
rows: number, };
export type SortChoice = { 
/**
 * Column key.
 */
column: string, 
/**
 * Largest first.
 */
descending: boolean, };
export type FilterChoice = { 
/**
 * Column key; empty for `hidden` and `sheet`.
 */
column: string, 
/**
 * `contains`, `equals`, `between`, `missing`, `never`, `unreadable`, `hidden`, `sheet`.
 */
test: string, 
/**
 * Text, lowest value, or the id of the table; may be empty where the test needs none.
 */
from: string, 
/**
 * Highest value, for `between`.
 */
to: string, };
export type DataRequest = { 
/**
 * Dataset key.
 */
dataset: string, 
/**
 * First row.
 */
offset: number, 
/**
 * Rows, at most 500; 5,000 to copy.
 */
limit: number, 
/**
 * The most important first.
 */
sort: Array<SortChoice>, 
/**
 * Conditions.
 */
filters: Array<FilterChoice>, 
/**
 * Only rows of which a cell contains this; empty for all.
 */
find: string, };
export type DataFindRequest = { 
/**
 * Rows and their order.
 */
data: DataRequest, 
/**
 * Index from which on, itself included.
 */
from: number, 
/**
 * What a cell contains.
 */
text: string, 
/**
 * Towards the first row instead of the last.
 */
back: boolean, 
/**
 * All that there are are counted; it takes a look at every row.
 */
counted: boolean, };
export type DataFoundView = { 
/**
 * Index in the order asked for; `null` when there is none.
 */
index: number | null, 
/**
 * Which of all hits it is, from 1; `null` when they were not counted or there is none.
 */
nth: number | null, 
/**
 * All hits; `null` when they were not counted.
 */
hits: number | null, };
export type DataPageView = { 
/**
 * Rows that meet the conditions.
 */
total: number, 
/**
 * This window.
 */
rows: Array<DataRowView>, };
export type DataRowView = { 
/**
 * Cells and row number.
 */
row: RowView, 
/**
 * File.
 */
file: string, 
/**
 * Sheet; empty for CSV.
 */
sheet: string, 
/**
 * What the firm wrote, where the stored value differs, in the order of the cells.
 */
originals: Array<string | null>, 
/**
 * Indices of cells in which the firm wrote that it never happened.
 */
never: Array<number>, 
/**
 * The table that it belongs to: id in [`DataSheetView`].
 */
sheet_id: number, 
/**
 * Its place among the rows of that table, from 0: its index when only that table is asked for, in no other order.
 */
place: number, };
export type DataCopyView = { 
/**
 * Tab-separated, with the headings first.
 */
text: string, 
/**
 * Rows.
 */
rows: number, };
export type DataProfileRequest = { 
/**
 * Dataset key.
 */
dataset: string, 
/**
 * Column key.
 */
column: string, };
export type DataProfileView = { 
/**
 * Rows.
 */
rows: number, 
/**
 * Nothing was written.
 */
missing: number, 
/**
 * The firm wrote that it never happened.
 */
never: number, 
/**
 * Could not be read.
 */
unreadable: number, 
/**
 * Different values.
 */
distinct: number, 
/**
 * Smallest value, as people read it.
 */
min: string | null, 
/**
 * Largest value.
 */
max: string | null, 
/**
 * The most frequent values, at most 20.
 */
top: Array<DataTopView>, 
/**
 * Histogram of dates or numbers, at most 40 bars without gaps.
 */
bins: Array<DataBinView>, };
export type DataTopView = { 
/**
 * As people read it.
 */
zh: string, 
/**
 * As stored, for a condition.
 */
value: string, 
/**
 * Rows.
 */
rows: number, };
export type DataBinView = { 
/**
 * As people read it.
 */
zh: string, 
/**
 * Lowest value, for a condition.
 */
from: string, 
/**
 * Highest value, for a condition.
 */
to: string, 
/**
 * Rows.
 */
rows: number, };
export type ImportRequest = { 
/**
 * Files.
 */
files: Array<FileChoice>, 
/**
 * Who handed them over; may be empty.
 */
received_from: string, };
export type ProgressView = { 
/**
 * Path as given.
 */
path: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Rows of the sheet so far.
 */
rows: number, 
/**
 * Which of the files it is, from 1.
 */
file: number, 
/**
 * How many files there are.
 */
files: number, 
/**
 * The part of all files that is done, 0–1; `null` when there is nothing to measure it by.
 */
fraction: number | null, 
/**
 * Rows read in a second, lately; 0 before it can be told.
 */
rows_per_second: number, 
/**
 * Seconds until all files are read, by the present speed; `null` before it can be told.
 */
seconds_left: number | null, };
export type MappingColumnView = { 
/**
 * Their header.
 */
header: string, 
/**
 * Our column's key.
 */
column: string, 
/**
 * zh-TW name of it.
 */
zh: string, 
/**
 * Header of a second column of theirs that holds the time of day.
 */
time_header: string | null, };
export type MappingMemoryView = { 
/**
 * Dataset key.
 */
dataset: string, 
/**
 * zh-TW name of it.
 */
dataset_zh: string, 
/**
 * Signature of the headers, by which it is forgotten.
 */
header: string, 
/**
 * Their headers, as written; empty where only the signature was kept.
 */
headers: Array<string>, 
/**
 * Their columns that are taken, and ours.
 */
columns: Array<MappingColumnView>, 
/**
 * File that it was last used with, or that it came with; may be empty.
 */
file: string, 
/**
 * When it was last used; `null` when that was not kept.
 */
used_at: string | null, };
export type MappingRequest = { 
/**
 * Dataset key.
 */
dataset: string, 
/**
 * Signature of the headers.
 */
header: string, };
export type MappingRefusedView = { 
/**
 * Which table of the file, from 1.
 */
no: number, 
/**
 * Dataset key as given; may be empty.
 */
dataset: string, 
/**
 * Why, in words.
 */
why: string, };
export type MappingsImportedView = { 
/**
 * New ones, and those in place of others.
 */
taken: number, 
/**
 * Those that were known as they are.
 */
unchanged: number, 
/**
 * Those that cannot be remembered.
 */
refused: Array<MappingRefusedView>, };
export type SheetView = { 
/**
 * Id, by which its rows and issues are asked for; 0 when nothing was stored.
 */
id: number, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Dataset key; `null` when none fits and nothing was stored.
 */
dataset: string | null, 
/**
 * zh-TW name of the dataset.
 */
dataset_zh: string, 
/**
 * Header row.
 */
header_row: number, 
/**
 * Last row, where another table follows on the sheet.
 */
end_row: number | null, 
/**
 * Mapped columns.
 */
mapping: Array<MappedColumnView>, 
/**
 * Columns that have one value for the whole table.
 */
filled: Array<FilledView>, 
/**
 * Headers without a column of ours.
 */
unmapped: Array<string>, 
/**
 * Rows read.
 */
rows_read: number, 
/**
 * Rows stored.
 */
rows_stored: number, 
/**
 * Rows rejected.
 */
rows_rejected: number, 
/**
 * Hidden rows; `null` when the format does not tell.
 */
hidden_rows: number | null, 
/**
 * Headers of hidden columns; `null` when the format does not tell.
 */
hidden_columns: Array<string> | null, 
/**
 * The sheet itself is hidden.
 */
hidden_sheet: boolean, 
/**
 * Number of issues.
 */
issue_count: number, 
/**
 * Which list.
 */
origin: string | null, 
/**
 * Declared rows.
 */
declared_rows: number | null, 
/**
 * Whether the rows read are those stored and those rejected together; `null` when nothing was read.
 */
reconciles: boolean | null, 
/**
 * Whether as many rows were stored as the firm declared; `null` when it declared nothing, or nothing was stored.
 */
complete: boolean | null, 
/**
 * Batch that brought a newer version of it.
 */
superseded_by: number | null, 
/**
 * Why nothing was stored.
 */
error: ErrorView | null, };
export type ImportView = { 
/**
 * Batch; 0 when nothing was stored.
 */
batch: number, 
/**
 * Files.
 */
files: Array<ImportedFileView>, 
/**
 * Who handed them over; may be empty.
 */
received_from: string, 
/**
 * By whom.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Taken back.
 */
undone: boolean, };
export type ImportedFileView = { 
/**
 * Name.
 */
file: string, 
/**
 * SHA-256.
 */
sha256: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * Encoding.
 */
encoding: string, 
/**
 * Tables.
 */
sheets: Array<SheetView>, 
/**
 * Why nothing was stored.
 */
error: ErrorView | null, };
export type ImportBatchRequest = { 
/**
 * Batch.
 */
batch: number, };
export type UndoneView = { 
/**
 * Batch.
 */
batch: number, 
/**
 * Rows removed.
 */
rows_removed: number, };
export type IssuesRequest = { 
/**
 * Id of the stored table.
 */
sheet: number, 
/**
 * First.
 */
offset: number, 
/**
 * At most 500.
 */
limit: number, };
export type IssueView = { 
/**
 * Row.
 */
row: number, 
/**
 * Column's zh-TW name or their header.
 */
column: string, 
/**
 * Code.
 */
code: string, 
/**
 * What it means, zh-TW.
 */
zh: string, 
/**
 * Original text.
 */
text: string, 
/**
 * The whole row was rejected.
 */
row_rejected: boolean, };
export type IssuePageView = { 
/**
 * All of them.
 */
total: number, 
/**
 * This window.
 */
issues: Array<IssueView>, };
export type RowsRequest = { 
/**
 * Id of the stored table.
 */
sheet: number, 
/**
 * First.
 */
offset: number, 
/**
 * At most 500.
 */
limit: number, };
export type RowsPageView = { 
/**
 * All of them.
 */
total: number, 
/**
 * Columns: zh-TW names.
 */
columns: Array<string>, 
/**
 * This window.
 */
rows: Array<RowView>, };
export type ParameterView = { 
/**
 * Key.
 */
key: string, 
/**
 * zh-TW name.
 */
zh: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * Default as text; lists joined by `、`.
 */
value: string, 
/**
 * Value used by the latest run, when it differs.
 */
used: string | null, 
/**
 * Reason for the difference.
 */
reason: string | null, 
/**
 * Clause that sets it.
 */
clause: string | null, };
export type RuleView = { 
/**
 * Id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * What its rows are.
 */
verdict: RuleVerdictWord, 
/**
 * Strength.
 */
strength: StrengthWord, 
/**
 * Clauses breached.
 */
clauses: Array<string>, 
/**
 * Rows in the latest run; `null` when it did not or could not run.
 */
rows: number | null, 
/**
 * What it lacked.
 */
missing: Array<string>, };
export type RunView = { 
/**
 * Number.
 */
id: number, 
/**
 * Procedure.
 */
procedure: string, 
/**
 * When.
 */
at: string, 
/**
 * By whom.
 */
by: string, 
/**
 * Verdict.
 */
verdict: RunVerdictWord, 
/**
 * Population.
 */
population: number | null, 
/**
 * `complete`, `incomplete` or `not_stated`.
 */
completeness: string, 
/**
 * Exceptions.
 */
exceptions: number, 
/**
 * Unknown.
 */
unknown: number, 
/**
 * Leads.
 */
leads: number, 
/**
 * What was missing, zh-TW.
 */
missing: Array<string>, };
export type FailedRunView = { 
/**
 * Procedure.
 */
procedure: string, 
/**
 * Why.
 */
error: ErrorView, };
export type RunsView = { 
/**
 * Those that ran.
 */
runs: Array<RunView>, 
/**
 * Those that did not.
 */
failed: Array<FailedRunView>, 
/**
 * Somebody broke it off: the procedures that are in neither list did not run.
 */
cancelled: boolean, };
export type RunProgressView = { 
/**
 * The procedure that begins.
 */
procedure: string, 
/**
 * Its title.
 */
title: string, 
/**
 * How many are done.
 */
done: number, 
/**
 * How many there are.
 */
of: number, };
export type ReperformRequest = { 
/**
 * Number of the run.
 */
run: number, };
export type RunDifferenceView = { 
/**
 * `no_record`, `procedure`, `engine`, `sheet`, a figure's name, `lacks`, `new` or `row`.
 */
kind: string, 
/**
 * In words.
 */
text: string, };
export type ReperformView = { 
/**
 * Number of the run.
 */
run: number, 
/**
 * Procedure.
 */
procedure: string, 
/**
 * Whether nothing differs.
 */
same: boolean, 
/**
 * What differs.
 */
differences: Array<RunDifferenceView>, };
export type DerivedRequest = { 
/**
 * Dataset key.
 */
dataset: string, 
/**
 * Column key.
 */
column: string, 
/**
 * Only rows with this value; an empty text for those without one.
 */
value: string | null, 
/**
 * Only rows with this text in a cell shown.
 */
text: string, 
/**
 * First row.
 */
offset: number, 
/**
 * At most so many rows.
 */
limit: number, };
export type DerivedCountView = { 
/**
 * Value; empty for none.
 */
value: string, 
/**
 * In words.
 */
word: string, 
/**
 * Rows.
 */
rows: number, };
export type DerivedRowView = { 
/**
 * Number of the row.
 */
id: number, 
/**
 * Cells that tell the row from others.
 */
cells: Array<string | null>, 
/**
 * What the list says.
 */
stated: string | null, 
/**
 * What holds; `null` when nothing tells.
 */
value: string | null, 
/**
 * Why.
 */
basis: string, 
/**
 * Whether an examiner corrected it.
 */
corrected: boolean, };
export type DerivedPageView = { 
/**
 * How it is inferred.
 */
steps: Array<string>, 
/**
 * Name of the inferred column.
 */
title: string, 
/**
 * Names of the cells.
 */
columns: Array<string>, 
/**
 * Values that a correction may give, with their words.
 */
choices: Array<[string, string]>, 
/**
 * Rows by value.
 */
counts: Array<DerivedCountView>, 
/**
 * Rows that the request is about.
 */
total: number, 
/**
 * The window.
 */
rows: Array<DerivedRowView>, };
export type CorrectRequest = { 
/**
 * Dataset key.
 */
dataset: string, 
/**
 * Column key.
 */
column: string, 
/**
 * Numbers of the rows.
 */
rows: Array<number>, 
/**
 * Value; `null` says that it is not known.
 */
value: string | null, 
/**
 * Why.
 */
note: string, 
/**
 * Take corrections back instead.
 */
restore: boolean, };
export type ProcedureRequest = { 
/**
 * Procedure.
 */
procedure: string, };
export type RunChangeRowView = { 
/**
 * Rule.
 */
rule: string, 
/**
 * What it is.
 */
verdict: RuleVerdictWord, 
/**
 * File.
 */
file: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row.
 */
row: number, 
/**
 * Values in the order of the columns.
 */
values: Array<string | null>, };
export type RunChangeView = { 
/**
 * Procedure.
 */
procedure: string, 
/**
 * The latest run.
 */
latest: RunView | null, 
/**
 * The one before; `null` when there is none, and then nothing changed.
 */
earlier: RunView | null, 
/**
 * Names of the columns.
 */
columns: Array<string>, 
/**
 * Rows that only the latest lists.
 */
appeared: number, 
/**
 * Rows that only the earlier listed.
 */
gone: number, 
/**
 * Rows that both list.
 */
unchanged: number, 
/**
 * The first of those that appeared.
 */
appeared_rows: Array<RunChangeRowView>, 
/**
 * The first of those that are gone.
 */
gone_rows: Array<RunChangeRowView>, };
export type UndisposeRequest = { 
/**
 * Rows.
 */
ids: Array<number>, };
export type SampleMethodWord = "random" | "interval" | "stratified" | "judgemental" | "monetary";
export type SampleChoice = { 
/**
 * File name.
 */
file: string, 
/**
 * Sheet; empty where the format has none.
 */
sheet: string, 
/**
 * Row.
 */
row: number, 
/**
 * Why this one.
 */
reason: string, };
export type SampleDrawRequest = { 
/**
 * Dataset key.
 */
dataset: string, 
/**
 * Method.
 */
method: SampleMethodWord, 
/**
 * Number of rows; not looked at for a judgemental sample.
 */
size: number, 
/**
 * Seed as text (it fills 64 bits); `null` draws one.
 */
seed: string | null, 
/**
 * Column of the strata.
 */
stratum: string | null, 
/**
 * Column of the amounts.
 */
amount: string | null, 
/**
 * Rows that the examiner names (judgemental).
 */
chosen: Array<SampleChoice>, 
/**
 * What it is drawn for.
 */
purpose: string, };
export type SampleRowView = { 
/**
 * Number within the sample, from 1.
 */
no: number, 
/**
 * Position in the population, from 0.
 */
index: number, 
/**
 * File name.
 */
file: string, 
/**
 * SHA-256 of the file.
 */
sha256: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row.
 */
row: number, 
/**
 * What tells it from others.
 */
content: string, 
/**
 * Why it was taken.
 */
why: string, };
export type DrawnSampleView = { 
/**
 * Number.
 */
id: number, 
/**
 * 抽樣編號.
 */
number: string, 
/**
 * Dataset key.
 */
dataset: string, 
/**
 * Its name.
 */
dataset_zh: string, 
/**
 * Method in words.
 */
method: string, 
/**
 * How to draw it again.
 */
recipe: string, 
/**
 * Algorithm.
 */
algorithm: string, 
/**
 * Seed.
 */
seed: string, 
/**
 * Column of the strata.
 */
stratum: string | null, 
/**
 * Column of the amounts.
 */
amount: string | null, 
/**
 * Rows in the population.
 */
population: number, 
/**
 * SHA-256 over the population.
 */
population_sha256: string, 
/**
 * What it was drawn for.
 */
purpose: string, 
/**
 * By whom.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * The rows.
 */
rows: Array<SampleRowView>, };
export type SampleSheetRequest = { 
/**
 * Number of the sample.
 */
sample: number, 
/**
 * File to write (.xlsx).
 */
path: string, };
export type SampleSizeRequest = { 
/**
 * 信心水準.
 */
confidence: number, 
/**
 * 可容忍偏差率.
 */
tolerable: number, 
/**
 * 預期偏差率.
 */
expected: number, 
/**
 * Rows in the population; `null` for a large one.
 */
population: number | null, };
export type SampleSizeView = { 
/**
 * Rows to examine.
 */
size: number, 
/**
 * Deviations up to which the tolerable rate is not exceeded.
 */
allowed: number, 
/**
 * ASM-3.2 for so many devices: the smaller of 10 % and 100.
 */
asm_required: number | null, 
/**
 * The strict reading: the larger of the two.
 */
asm_strict: number | null, };
export type SampleEvaluateRequest = { 
/**
 * How it was drawn.
 */
method: SampleMethodWord, 
/**
 * Rows in the sample.
 */
sampled: number, 
/**
 * 不符.
 */
deviations: number, 
/**
 * 無法查核.
 */
unexamined: number, 
/**
 * Rows in the population; `null` for a large one.
 */
population: number | null, 
/**
 * 信心水準.
 */
confidence: number, 
/**
 * 可容忍偏差率.
 */
tolerable: number, };
export type SampleEvaluationView = { 
/**
 * Whether they say anything about it.
 */
extrapolated: boolean, 
/**
 * Rate seen.
 */
rate: number | null, 
/**
 * Upper limit of the population's rate.
 */
upper_rate: number | null, 
/**
 * The same as a number of rows.
 */
upper_count: number | null, 
/**
 * Whether the limit is above the tolerable rate; `null` when that depends on what could not be examined.
 */
exceeds: boolean | null, 
/**
 * In words.
 */
words: string, };
export type OwnScope = "exam" | "organisation";
export type OwnColumn = { 
/**
 * Name in the statement.
 */
key: string, 
/**
 * Heading.
 */
zh: string, };
export type OwnForm = { 
/**
 * Title.
 */
title: string, 
/**
 * 查核目的.
 */
purpose: string, 
/**
 * Dataset whose rows it lists.
 */
subject: string, 
/**
 * What its rows are.
 */
verdict: RuleVerdictWord, 
/**
 * Strength of the duty.
 */
strength: StrengthWord, 
/**
 * Clauses that a row breaches; may be empty.
 */
clauses: Array<string>, 
/**
 * Headings; columns of the statement that are not named here get the dataset's or their own name.
 */
columns: Array<OwnColumn>, 
/**
 * The statement.
 */
sql: string, };
export type OwnSaveRequest = { 
/**
 * Its id; `null` for a new one.
 */
id: string | null, 
/**
 * Where it is kept; that of an existing one does not change.
 */
scope: OwnScope, 
/**
 * What it is.
 */
form: OwnForm, };
export type OwnRequest = { 
/**
 * Its id.
 */
id: string, };
export type OwnProcedureView = { 
/**
 * Id (`X-01`, `O-01`).
 */
id: string, 
/**
 * Where it is kept.
 */
scope: OwnScope, 
/**
 * What the form shows; `null` when its file holds more than a form can.
 */
form: OwnForm | null, 
/**
 * Title.
 */
title: string, 
/**
 * Its file.
 */
text: string, 
/**
 * Who wrote this version.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Versions so far.
 */
versions: number, };
export type OwnPreviewRequest = { 
/**
 * Dataset whose rows it lists.
 */
subject: string, 
/**
 * The statement.
 */
sql: string, };
export type OwnRefusalView = { 
/**
 * What is wrong.
 */
message: string, 
/**
 * What to do.
 */
hint: string, 
/**
 * The database's own words; may be empty.
 */
said: string, 
/**
 * Line, from 1; `null` when no place is known.
 */
line: number | null, 
/**
 * Character on the line, from 1.
 */
character: number | null, };
export type OwnPreviewRowView = { 
/**
 * File.
 */
file: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row.
 */
row: number, 
/**
 * Values in the order of the columns.
 */
values: Array<string | null>, };
export type OwnPreviewView = { 
/**
 * Why it is refused; then all else is empty.
 */
refused: OwnRefusalView | null, 
/**
 * Result columns.
 */
columns: Array<OwnColumn>, 
/**
 * The first 100 rows.
 */
rows: Array<OwnPreviewRowView>, 
/**
 * All that it lists.
 */
total: number, 
/**
 * Rows of the dataset.
 */
population: number, };
export type OwnSchemaColumnView = { 
/**
 * Name.
 */
key: string, 
/**
 * Heading.
 */
zh: string, 
/**
 * Type: `text`, `int`, `num`, `date`, `datetime`, `bool` …
 */
ty: string, 
/**
 * Whether a list of this exam has it.
 */
filled: boolean, };
export type OwnSchemaDatasetView = { 
/**
 * Name.
 */
key: string, 
/**
 * Code (`D01`).
 */
code: string, 
/**
 * Heading.
 */
zh: string, 
/**
 * Rows in this exam.
 */
rows: number, 
/**
 * Columns.
 */
columns: Array<OwnSchemaColumnView>, };
export type OwnSchemaWordView = { 
/**
 * How it is written (`:as_of`, `add_months(date, n)`).
 */
call: string, 
/**
 * What it gives.
 */
zh: string, };
export type OwnSchemaView = { 
/**
 * Datasets; those with rows first.
 */
datasets: Array<OwnSchemaDatasetView>, 
/**
 * Values.
 */
values: Array<OwnSchemaWordView>, 
/**
 * Functions.
 */
functions: Array<OwnSchemaWordView>, };
export type CountState = "found" | "not_found" | "not_listed";
export type CountDevice = { 
/**
 * 設備名稱.
 */
name: string, 
/**
 * 廠牌型號.
 */
model: string, 
/**
 * 序號.
 */
serial: string, 
/**
 * 財產編號.
 */
property_no: string, 
/**
 * 機櫃.
 */
rack: string, 
/**
 * U 位.
 */
u_pos: string, 
/**
 * 擁有者.
 */
owner: string, 
/**
 * 軟體所有人.
 */
software_owner: string, };
export type CountItemView = { 
/**
 * Key, to name it in requests.
 */
key: string, 
/**
 * As it is shown: what the examiner saw, else as filed, else as the ledger has it.
 */
device: CountDevice, 
/**
 * As filed; `null` when it was not.
 */
filed: CountDevice | null, 
/**
 * As the ledger has it; `null` when it does not.
 */
ledger: CountDevice | null, 
/**
 * Whether a list places it in the co-location racks. What is not expected is found by searching only.
 */
expected: boolean, 
/**
 * What the examiner saw; `null` so far.
 */
state: CountState | null, 
/**
 * Whose owner is the firm itself, however it is written: `filed`, `ledger`, `seen`.
 */
ours: Array<string>, 
/**
 * Where it differs from what was filed: `rack`, `u_pos`, `owner`.
 */
differs: Array<string>, 
/**
 * 備註.
 */
note: string, 
/**
 * Who counted it; empty so far.
 */
by: string, 
/**
 * When; empty so far.
 */
at: string, };
export type CountFedView = { 
/**
 * When.
 */
at: string, 
/**
 * Rows.
 */
rows: number, 
/**
 * Whether nothing was counted since.
 */
current: boolean, };
export type CountView = { 
/**
 * Devices: expected ones by rack and U position, then the others.
 */
items: Array<CountItemView>, 
/**
 * Rows of the list that was filed.
 */
filed: number, 
/**
 * Rows of the ledger.
 */
ledger: number, 
/**
 * Expected devices.
 */
expected: number, 
/**
 * Expected devices that were found.
 */
found: number, 
/**
 * Devices that were not found.
 */
not_found: number, 
/**
 * Devices that no list has.
 */
not_listed: number, 
/**
 * Expected devices not looked for yet.
 */
open: number, 
/**
 * Whether there is something to take back.
 */
undo: string | null, 
/**
 * What the tests read of it; `null` before it was handed over.
 */
fed: CountFedView | null, };
export type CountMarkRequest = { 
/**
 * Key of the device; `null` for one that no list has.
 */
key: string | null, 
/**
 * What was seen; `null` takes a mark back.
 */
state: CountState | null, 
/**
 * The device as it stands there; `null` as the lists have it.
 */
device: CountDevice | null, 
/**
 * 備註.
 */
note: string, };
export type AnalysisKind = "ageing" | "strata" | "benford";
export type AnalysisRequest = { 
/**
 * Dataset key.
 */
dataset: string, 
/**
 * Column key: a date for ageing, a number for the others.
 */
column: string, 
/**
 * Which picture.
 */
kind: AnalysisKind, 
/**
 * Only rows that the latest run of this procedure lists; `null` for all.
 */
procedure: string | null, 
/**
 * Upper limits of the bands, rising; empty for the usual ones.
 */
bounds: Array<number>, };
export type AnalysisBarView = { 
/**
 * Band.
 */
label: string, 
/**
 * Rows.
 */
rows: number, 
/**
 * Of the rows counted, from 0 to 1.
 */
share: number, 
/**
 * Share that was to be expected (Benford).
 */
expected: number | null, 
/**
 * Sum of the numbers (strata), as exact text.
 */
sum: string | null, };
export type AnalysisView = { 
/**
 * What is shown.
 */
title: string, 
/**
 * Bars in order.
 */
bars: Array<AnalysisBarView>, 
/**
 * Rows in the bars.
 */
counted: number, 
/**
 * Rows without a value.
 */
blank: number, 
/**
 * Rows whose value cannot be in a bar (after the as-of date, zero, not a number).
 */
left_out: number, 
/**
 * Why rows were left out; empty when none were.
 */
left_out_why: string, 
/**
 * Mean absolute deviation (Benford).
 */
deviation: number | null, 
/**
 * What to make of it, and what not.
 */
remarks: Array<string>, };
export type PictureKindWord = "strip" | "ages" | "spread";
export type PictureHeadView = { 
/**
 * Key within the procedure.
 */
key: string, 
/**
 * Kind.
 */
kind: PictureKindWord, 
/**
 * Title, zh-TW.
 */
title: string, };
export type ProcedurePictureRequest = { 
/**
 * Procedure.
 */
procedure: string, 
/**
 * Key of the picture.
 */
picture: string, };
export type PictureLimitView = { 
/**
 * Name of the parameter, zh-TW.
 */
zh: string, 
/**
 * Its value with its unit, as the latest run used it.
 */
value: string, 
/**
 * In days, where they can be told.
 */
days: number | null, 
/**
 * Id of the clause; `null` where the limit is our own proposal.
 */
clause: string | null, 
/**
 * Whether an examiner changed it for the latest run.
 */
changed: boolean, };
export type DayStateWord = "kept" | "missing" | "unclear";
export type StretchView = { 
/**
 * State.
 */
state: DayStateWord, 
/**
 * First day, ISO.
 */
from: string, 
/**
 * Last day, ISO.
 */
to: string, 
/**
 * Days of it that count.
 */
days: number, };
export type DayLaneView = { 
/**
 * Name.
 */
name: string, 
/**
 * Name as it may leave.
 */
masked: string, 
/**
 * First day that should be covered, ISO.
 */
from: string, 
/**
 * Last one, ISO.
 */
to: string, 
/**
 * Stretches in order; a day of none was not judged.
 */
stretches: Array<StretchView>, 
/**
 * Days that count.
 */
due: number, 
/**
 * Days that count and are covered.
 */
kept: number, 
/**
 * Days that count and are not.
 */
missing: number, 
/**
 * Days that count of which the data cannot tell.
 */
unclear: number, };
export type StripView = { 
/**
 * First day of all lanes, ISO; empty without one.
 */
from: string, 
/**
 * Last day, ISO.
 */
to: string, 
/**
 * Days that do not count, ISO.
 */
off: Array<string>, 
/**
 * Whether somebody said which days are holidays.
 */
holidays_known: boolean, 
/**
 * Whether every day counts.
 */
every_day: boolean, 
/**
 * The first lanes.
 */
lanes: Array<DayLaneView>, 
/**
 * All lanes.
 */
lanes_in_all: number, };
export type AgeBarView = { 
/**
 * Above so many days; `null` from none.
 */
above: number | null, 
/**
 * Up to so many, included; `null` without end.
 */
up_to: number | null, 
/**
 * Rows.
 */
rows: number, };
export type AgesView = { 
/**
 * Bars, lowest first; one of them ends at the limit.
 */
bars: Array<AgeBarView>, 
/**
 * 從未: the list says that it never happened.
 */
never: number, 
/**
 * 空白: the list says nothing.
 */
missing: number, 
/**
 * 無法判讀.
 */
unreadable: number, 
/**
 * 晚於查核基準日.
 */
after: number, };
export type SpreadLaneView = { 
/**
 * Name.
 */
name: string, 
/**
 * Name as it may leave.
 */
masked: string, 
/**
 * Numbers.
 */
n: number, 
/**
 * What is reached at each percentage, by nearest rank.
 */
at: Array<number>, };
export type SpreadView = { 
/**
 * Percentages at which the lanes are measured.
 */
percents: Array<number>, 
/**
 * The lane with the lowest median, and those with the highest.
 */
lanes: Array<SpreadLaneView>, 
/**
 * All lanes.
 */
lanes_in_all: number, };
export type ProcedurePictureView = { 
/**
 * Title, zh-TW.
 */
title: string, 
/**
 * What is counted or measured, zh-TW.
 */
unit: string, 
/**
 * What it lacks, zh-TW; then there are no figures.
 */
missing: Array<string>, 
/**
 * The limit that is drawn.
 */
limit: PictureLimitView | null, 
/**
 * Days of lanes.
 */
strip: StripView | null, 
/**
 * Ages.
 */
ages: AgesView | null, 
/**
 * Numbers by lane.
 */
spread: SpreadView | null, };
export type PictureFormat = "svg" | "png";
export type PictureSaveRequest = { 
/**
 * File.
 */
path: string, 
/**
 * As what.
 */
format: PictureFormat, 
/**
 * The picture, in pieces: a text of a request has a largest size.
 */
pieces: Array<string>, };
export type ExceptionGroupView = { 
/**
 * Rule id, or the system as the rows have it; empty for rows without one.
 */
key: string, 
/**
 * Title of the rule, or the system.
 */
title: string, 
/**
 * Rows.
 */
rows: number, 
/**
 * Exceptions and unknowns not disposed of.
 */
open: number, 
/**
 * Those confirmed.
 */
confirmed: number, };
export type ExceptionGroupsView = { 
/**
 * By rule, in the procedure's order; rules without rows are left out.
 */
rules: Array<ExceptionGroupView>, 
/**
 * Heading of the column that tells the system; `null` when the procedure has none.
 */
system: string | null, 
/**
 * By system, those with the most open rows first.
 */
systems: Array<ExceptionGroupView>, };
export type ProcedureView = { 
/**
 * Id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * Family.
 */
family: string, 
/**
 * 查核目的.
 */
purpose: string, 
/**
 * 程序.
 */
steps: Array<string>, 
/**
 * 注意事項.
 */
cautions: Array<string>, 
/**
 * Clauses, verbatim.
 */
clauses: Array<ClauseText>, 
/**
 * Datasets needed: zh-TW names.
 */
datasets: Array<string>, 
/**
 * Parameters.
 */
parameters: Array<ParameterView>, 
/**
 * Rules.
 */
rules: Array<RuleView>, 
/**
 * What is counted as population, zh-TW.
 */
population: string, 
/**
 * Whether it reads the equipment count.
 */
counted: boolean, 
/**
 * Pictures that it has.
 */
pictures: Array<PictureHeadView>, 
/**
 * Latest run.
 */
run: RunView | null, 
/**
 * Exceptions of the latest run not yet disposed of.
 */
open: number, 
/**
 * Confirmed ones.
 */
confirmed: number, };
export type OverrideRequest = { 
/**
 * Procedure.
 */
procedure: string, 
/**
 * Parameter key.
 */
key: string, 
/**
 * Value as text; lists separated by `、` or `,`.
 */
value: string, 
/**
 * Why.
 */
reason: string, };
export type RunRequest = { 
/**
 * Procedure ids.
 */
procedures: Array<string>, 
/**
 * Changed parameters.
 */
overrides: Array<OverrideRequest>, };
export type ExceptionsRequest = { 
/**
 * Procedure.
 */
procedure: string, 
/**
 * Rule; empty for all.
 */
rule: string, 
/**
 * Only rows of this system; empty for those without one; `null` for all.
 */
system: string | null, 
/**
 * Only those not disposed of.
 */
open_only: boolean, 
/**
 * First.
 */
offset: number, 
/**
 * At most 500.
 */
limit: number, };
export type DispositionView = { 
/**
 * Kind.
 */
kind: DispositionWord, 
/**
 * Note.
 */
note: string, 
/**
 * By whom.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type ExceptionView = { 
/**
 * Number, to name it in requests.
 */
id: number, 
/**
 * Rule.
 */
rule: string, 
/**
 * What it is.
 */
verdict: RuleVerdictWord, 
/**
 * File name.
 */
file: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row.
 */
row: number, 
/**
 * Values in the order of the page's columns.
 */
values: Array<string | null>, 
/**
 * Disposition.
 */
disposition: DispositionView | null, 
/**
 * How the row was disposed of in an earlier exam of the firm; a proposal, no decision.
 */
proposed: DispositionView | null, };
export type ExceptionPageView = { 
/**
 * All that match.
 */
total: number, 
/**
 * Columns: zh-TW names.
 */
columns: Array<string>, 
/**
 * This window, ordered by rule, file, sheet, row.
 */
rows: Array<ExceptionView>, };
export type SourceRequest = { 
/**
 * Number.
 */
id: number, };
export type SourceCellView = { 
/**
 * Column's zh-TW name.
 */
column: string, 
/**
 * As read; `null` without a value.
 */
value: string | null, 
/**
 * Original text, when it differs.
 */
original: string | null, };
export type SourceRowView = { 
/**
 * File name.
 */
file: string, 
/**
 * SHA-256.
 */
sha256: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row.
 */
row: number, 
/**
 * Hidden in the workbook.
 */
hidden: boolean, 
/**
 * Cells.
 */
cells: Array<SourceCellView>, };
export type DisposeRequest = { 
/**
 * Numbers.
 */
ids: Array<number>, 
/**
 * Kind.
 */
kind: DispositionWord, 
/**
 * Note, required unless 待釐清.
 */
note: string, };
export type DisposedView = { 
/**
 * Number of rows.
 */
disposed: number, };
export type FindingDraftRequest = { 
/**
 * Procedure id, or empty.
 */
procedure: string, 
/**
 * Only the rows of this rule of the procedure; empty for all.
 */
rule: string, 
/**
 * Only the rows of this system; `null` for all.
 */
system: string | null, 
/**
 * Clause id, or empty.
 */
clause: string, 
/**
 * Code of a deficiency pattern, or empty.
 */
pattern: string, };
export type FindingDraftView = { 
/**
 * Type.
 */
kind: FindingTypeWord, 
/**
 * 標題.
 */
title: string, 
/**
 * 查核發現, prefilled with counts.
 */
condition: string, 
/**
 * 現行規範.
 */
criteria: Array<ClauseText>, 
/**
 * 風險影響.
 */
effect: string, 
/**
 * 嚴重程度.
 */
severity: SeverityWord, 
/**
 * 類別.
 */
category: string, 
/**
 * 具體改善建議.
 */
recommendation: string, 
/**
 * Confirmed exceptions that it would rest on.
 */
rows: Array<LinkedRowView>, 
/**
 * Exceptions and population.
 */
exceptions: number, 
/**
 * Population, when known.
 */
population: number | null, };
export type LinkedRowView = { 
/**
 * Number.
 */
id: number, 
/**
 * Procedure.
 */
procedure: string, 
/**
 * Rule.
 */
rule: string, 
/**
 * File name.
 */
file: string, 
/**
 * Sheet.
 */
sheet: string, 
/**
 * Row.
 */
row: number, 
/**
 * What it says, short.
 */
text: string, };
export type FindingRequest = { 
/**
 * Number, 0 for new.
 */
no: number, 
/**
 * Type.
 */
kind: FindingTypeWord, 
/**
 * 標題.
 */
title: string, 
/**
 * 查核發現.
 */
condition: string, 
/**
 * Clause ids.
 */
clauses: Array<string>, 
/**
 * 原因.
 */
cause: string, 
/**
 * 風險影響.
 */
effect: string, 
/**
 * 嚴重程度.
 */
severity: SeverityWord, 
/**
 * 類別.
 */
category: string, 
/**
 * 具體改善建議.
 */
recommendation: string, 
/**
 * Exceptions it rests on.
 */
exceptions: Array<number>, 
/**
 * 涉及系統／帳號.
 */
objects: Array<string>, 
/**
 * Numbers of the pieces of evidence that it rests on.
 */
evidence: Array<number>, 
/**
 * Working papers that it names beside those of its rows (`C-FCM`).
 */
papers: Array<string>, 
/**
 * What it repeats; `null` when it repeats nothing.
 */
repeat_of: EarlierFindingView | null, };
export type FindingWithdrawRequest = { 
/**
 * Number.
 */
no: number, 
/**
 * Why.
 */
reason: string, };
export type FindingNoRequest = { 
/**
 * Number.
 */
no: number, };
export type FindingStepRequest = { 
/**
 * Number.
 */
no: number, 
/**
 * Where to.
 */
to: FindingStatusWord, 
/**
 * Why; required for a step back.
 */
note: string, };
export type EarlierFindingView = { 
/**
 * Exam, or empty when it comes from a register that was imported.
 */
exam: string, 
/**
 * 缺失編號.
 */
number: string, 
/**
 * Title.
 */
title: string, 
/**
 * When it was found, or empty.
 */
found_on: string, };
export type RepeatView = { 
/**
 * The finding.
 */
earlier: EarlierFindingView, 
/**
 * Why it is proposed, zh-TW.
 */
why: string, 
/**
 * Its status; `null` for one of a register.
 */
status: FindingStatusWord | null, };
export type FindingStepView = { 
/**
 * Where it went.
 */
to: FindingStatusWord, 
/**
 * What was said.
 */
note: string, 
/**
 * By whom.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type ChangedCountsView = { 
/**
 * Exceptions now.
 */
exceptions: number, 
/**
 * Population now; `null` when nothing was counted.
 */
population: number | null, };
export type EvidenceRefView = { 
/**
 * Number.
 */
id: number, 
/**
 * 證據編號.
 */
number: string, 
/**
 * Name.
 */
name: string, };
export type PhrasePartWord = "note" | "cause" | "effect" | "recommendation";
export type FindingPhraseView = { 
/**
 * For which part.
 */
part: PhrasePartWord, 
/**
 * Text; `○` marks what is to be filled in.
 */
text: string, };
export type AgreementWord = "agree" | "partly" | "disagree";
export type ReplyRequest = { 
/**
 * Number of the finding.
 */
no: number, 
/**
 * Whether the firm agrees.
 */
agreement: AgreementWord, 
/**
 * 回覆意見.
 */
text: string, 
/**
 * 原因分析.
 */
cause: string, 
/**
 * 影響評估.
 */
impact: string, 
/**
 * 違失人員責任.
 */
liability: string, 
/**
 * 改善措施.
 */
measure: string, 
/**
 * 負責人.
 */
owner: string, 
/**
 * 預計完成日, or empty.
 */
due: string, 
/**
 * Who signed it.
 */
signer: string, 
/**
 * When it was signed, or empty.
 */
signed_on: string, };
export type ReplyView = { 
/**
 * Whether the firm agrees.
 */
agreement: AgreementWord, 
/**
 * 回覆意見.
 */
text: string, 
/**
 * 原因分析.
 */
cause: string, 
/**
 * 影響評估.
 */
impact: string, 
/**
 * 違失人員責任.
 */
liability: string, 
/**
 * 改善措施.
 */
measure: string, 
/**
 * 負責人.
 */
owner: string, 
/**
 * 預計完成日, or empty.
 */
due: string, 
/**
 * Who signed it.
 */
signer: string, 
/**
 * When it was signed, or empty.
 */
signed_on: string, 
/**
 * Who took it down.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type FollowUpWord = "remedied" | "partly_remedied" | "not_remedied" | "risk_accepted";
export type FollowUpRequest = { 
/**
 * Number of the finding.
 */
no: number, 
/**
 * 覆查日期.
 */
on: string, 
/**
 * 覆查人員.
 */
reviewer: string, 
/**
 * Result.
 */
result: FollowUpWord, 
/**
 * What was looked at and seen.
 */
note: string, 
/**
 * Numbers of the pieces of evidence.
 */
evidence: Array<number>, 
/**
 * Run that tested it again; `null` without one.
 */
run: number | null, };
export type FollowUpView = { 
/**
 * 覆查日期.
 */
on: string, 
/**
 * 覆查人員.
 */
reviewer: string, 
/**
 * Result.
 */
result: FollowUpWord, 
/**
 * What was looked at and seen.
 */
note: string, 
/**
 * 證據編號.
 */
evidence: Array<string>, 
/**
 * The run that tested it again, in words; empty without one.
 */
run: string, 
/**
 * Who took it down.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type DueView = { 
/**
 * Exam.
 */
exam: string, 
/**
 * 受查單位.
 */
firm: string, 
/**
 * Number of the finding within the exam.
 */
no: number, 
/**
 * 缺失編號.
 */
number: string, 
/**
 * Title.
 */
title: string, 
/**
 * Severity.
 */
severity: SeverityWord, 
/**
 * Status.
 */
status: FindingStatusWord, 
/**
 * 負責人.
 */
owner: string, 
/**
 * 預計完成日, or empty where the firm gave none.
 */
due: string, 
/**
 * Days until it is due; negative when it is overdue; `null` without a date.
 */
days: number | null, };
export type FindingView = { 
/**
 * Number within the exam.
 */
no: number, 
/**
 * 缺失編號.
 */
number: string, 
/**
 * Type.
 */
kind: FindingTypeWord, 
/**
 * 標題.
 */
title: string, 
/**
 * 查核發現.
 */
condition: string, 
/**
 * 現行規範, verbatim.
 */
criteria: Array<ClauseText>, 
/**
 * 原因.
 */
cause: string, 
/**
 * 風險影響.
 */
effect: string, 
/**
 * 嚴重程度.
 */
severity: SeverityWord, 
/**
 * 類別.
 */
category: string, 
/**
 * 具體改善建議.
 */
recommendation: string, 
/**
 * Status.
 */
status: FindingStatusWord, 
/**
 * By whom.
 */
by: string, 
/**
 * When it was last changed.
 */
at: string, 
/**
 * Rows it rests on.
 */
rows: Array<LinkedRowView>, 
/**
 * Exceptions when it was drafted.
 */
exceptions: number | null, 
/**
 * Population when it was drafted.
 */
population: number | null, 
/**
 * Set when a later run of its test counts otherwise.
 */
changed: ChangedCountsView | null, 
/**
 * 涉及系統／帳號.
 */
objects: Array<string>, 
/**
 * Pieces of evidence.
 */
evidence: Array<EvidenceRefView>, 
/**
 * Working papers that were named for it.
 */
papers: Array<string>, 
/**
 * Working papers that its rows come from.
 */
row_papers: Array<string>, 
/**
 * What it repeats and what that repeated, the latest first.
 */
chain: Array<EarlierFindingView>, 
/**
 * The steps of its life, oldest first.
 */
steps: Array<FindingStepView>, 
/**
 * Where it may go from here.
 */
next: Array<FindingStatusWord>, 
/**
 * What it still lacks before it can go to review, zh-TW.
 */
lacks: Array<string>, 
/**
 * The firm's replies, oldest first; the last one holds.
 */
replies: Array<ReplyView>, 
/**
 * Follow-up reviews, oldest first.
 */
follow_ups: Array<FollowUpView>, 
/**
 * Whether it is overdue today.
 */
overdue: boolean, };
export type ConfidentialityWord = "general" | "restricted" | "confidential";
export type CustodyWord = "taken_in" | "handed_over" | "copied_out" | "viewed" | "returned" | "destroyed" | "noted";
export type CustodyEntryView = { 
/**
 * Number.
 */
id: number, 
/**
 * What happened.
 */
event: CustodyWord, 
/**
 * 移交人.
 */
from: string, 
/**
 * 接收人.
 */
to: string, 
/**
 * 地點; of a copy, the file.
 */
place: string, 
/**
 * 目的.
 */
purpose: string, 
/**
 * 狀態.
 */
condition: string, 
/**
 * 封條編號.
 */
seal: string, 
/**
 * 收據／銷毀紀錄編號.
 */
receipt: string, 
/**
 * SHA-256 of what is kept, at that moment.
 */
sha256: string, 
/**
 * When it happened.
 */
happened_at: string, 
/**
 * Who recorded it.
 */
by: string, 
/**
 * When it was recorded.
 */
at: string, };
export type CustodyRequest = { 
/**
 * Number of the piece.
 */
id: number, 
/**
 * What happened.
 */
event: CustodyWord, 
/**
 * 移交人.
 */
from: string, 
/**
 * 接收人; asked for but when it was destroyed.
 */
to: string, 
/**
 * 地點.
 */
place: string, 
/**
 * 目的.
 */
purpose: string, 
/**
 * 狀態.
 */
condition: string, 
/**
 * 封條編號.
 */
seal: string, 
/**
 * 收據／銷毀紀錄編號; asked for when it was returned or destroyed.
 */
receipt: string, 
/**
 * When (`2020-12-31T09:00:00`), or empty for now.
 */
happened_at: string, };
export type EvidenceAbout = { 
/**
 * 名稱; empty for the file's name.
 */
name: string, 
/**
 * 來源／提供人.
 */
source: string, 
/**
 * 取得方式.
 */
acquired_by: string, 
/**
 * 取得時間 (`2020-12-31T09:00:00`), or empty for now.
 */
acquired_at: string, 
/**
 * 頁數; `null` where nobody counted them.
 */
pages: number | null, 
/**
 * 存放.
 */
kept_at: string, 
/**
 * 機密等級; `null` for 限閱.
 */
confidentiality: ConfidentialityWord | null, 
/**
 * 是否歸還／銷毀; empty while it is kept.
 */
returned: string, 
/**
 * Clause ids.
 */
clauses: Array<string>, };
export type EvidenceAddRequest = { 
/**
 * File.
 */
path: string, 
/**
 * What the index says of it.
 */
about: EvidenceAbout, 
/**
 * Numbers of draft findings that rest on it.
 */
findings: Array<number>, };
export type EvidenceChangeRequest = { 
/**
 * Number.
 */
id: number, 
/**
 * What the index says of it.
 */
about: EvidenceAbout, };
export type EvidenceExportRequest = { 
/**
 * Number.
 */
id: number, 
/**
 * Where to.
 */
path: string, };
export type EvidenceFile = { 
/**
 * File.
 */
path: string, 
/**
 * 取得時間 (`2020-12-31T09:00:00`), or empty for that of all.
 */
acquired_at: string, };
export type EvidenceGridView = { 
/**
 * Rows that hold anything.
 */
rows: Array<GridRowView>, 
/**
 * There is more below or at the right.
 */
cut: boolean, };
export type EvidenceLookRequest = { 
/**
 * Files.
 */
paths: Array<string>, };
export type EvidenceLookView = { 
/**
 * File.
 */
path: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Bytes; 0 for one that cannot be read.
 */
size: number, 
/**
 * What a camera wrote; `null` where nothing was found.
 */
exif: ExifView | null, };
export type EvidencePageRequest = { 
/**
 * Number of the piece.
 */
id: number, 
/**
 * Page or sheet, from 0.
 */
page: number, 
/**
 * Pixels that it may be wide; 1,600 at most.
 */
width: number, };
export type EvidencePreviewView = { 
/**
 * Number.
 */
id: number, 
/**
 * How it is shown.
 */
kind: PreviewKindWord, 
/**
 * Pages or sheets.
 */
pages: number, 
/**
 * Pixels of a picture, as the file has them.
 */
width: number | null, 
/**
 * Pixels of a picture, as the file has them.
 */
height: number | null, 
/**
 * Names of the sheets.
 */
sheets: Array<string>, 
/**
 * What a camera wrote.
 */
exif: ExifView | null, };
export type EvidenceProgressView = { 
/**
 * Name of the file.
 */
file: string, 
/**
 * Its place among the files, from 1.
 */
no: number, 
/**
 * Files.
 */
files: number, 
/**
 * Bytes of it that are stored.
 */
bytes: number, 
/**
 * Bytes of it.
 */
size: number, };
export type EvidenceRefusedView = { 
/**
 * The file, as it was asked for.
 */
path: string, 
/**
 * Why.
 */
error: ErrorView, };
export type EvidenceRequest = { 
/**
 * Number.
 */
id: number, };
export type EvidenceTakeRequest = { 
/**
 * Files.
 */
files: Array<EvidenceFile>, 
/**
 * What the index says of each; the name is each file's own.
 */
about: EvidenceAbout, 
/**
 * Numbers of draft findings that rest on them.
 */
findings: Array<number>, };
export type EvidenceTakenView = { 
/**
 * The pieces, in the order of the files.
 */
taken: Array<EvidenceView>, 
/**
 * Files that were not.
 */
refused: Array<EvidenceRefusedView>, 
/**
 * Somebody stopped it; files after the last one named were not looked at.
 */
cancelled: boolean, };
export type EvidenceTextView = { 
/**
 * What it says.
 */
text: string, 
/**
 * Its encoding.
 */
encoding: string, 
/**
 * It goes on.
 */
cut: boolean, };
export type EvidenceView = { 
/**
 * Number.
 */
id: number, 
/**
 * 證據編號.
 */
number: string, 
/**
 * 名稱.
 */
name: string, 
/**
 * 來源／提供人.
 */
source: string, 
/**
 * 取得方式.
 */
acquired_by: string, 
/**
 * 取得時間.
 */
acquired_at: string, 
/**
 * 格式.
 */
format: string, 
/**
 * 頁數.
 */
pages: number | null, 
/**
 * SHA-256, lower-case hex.
 */
sha256: string, 
/**
 * Bytes.
 */
size: number, 
/**
 * 存放.
 */
kept_at: string, 
/**
 * 機密等級.
 */
confidentiality: ConfidentialityWord, 
/**
 * 是否歸還／銷毀, as the index says it.
 */
returned: string, 
/**
 * What moved the original last; `null` while nothing did.
 */
moved: CustodyWord | null, 
/**
 * When.
 */
moved_at: string | null, 
/**
 * To whom; empty while nothing moved it.
 */
holder: string, 
/**
 * Clause ids.
 */
clauses: Array<string>, 
/**
 * 缺失編號 of the findings that rest on it.
 */
findings: Array<string>, 
/**
 * Who took it in.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type ExifView = { 
/**
 * When it was taken, by the camera's clock; `null` where the picture does not say.
 */
taken_at: string | null, 
/**
 * Offset of that clock from UTC (`+08:00`); `null` where the picture does not say.
 */
offset: string | null, 
/**
 * Maker and model.
 */
camera: string, 
/**
 * Whether it says where it was taken.
 */
has_place: boolean, };
export type GridRowView = { 
/**
 * Row number that a spreadsheet shows.
 */
row: number, 
/**
 * Cells from the first column on.
 */
cells: Array<string>, };
export type PictureView = { 
/**
 * `data:image/png;base64,…`.
 */
data: string, 
/**
 * Pixels.
 */
width: number, 
/**
 * Pixels.
 */
height: number, };
export type PreviewKindWord = "image" | "pdf" | "text" | "sheets" | "heic" | "other";
export type SignRoleWord = "preparer" | "reviewer";
export type IdentityRequest = { 
/**
 * Passphrase that signing will ask for.
 */
passphrase: string, };
export type SignRequest = { 
/**
 * 底稿編號; `EXAM` for the exam as a whole.
 */
papers: Array<string>, 
/**
 * As what.
 */
role: SignRoleWord, 
/**
 * Passphrase of the identity.
 */
passphrase: string, };
export type ReopenRequest = { 
/**
 * 底稿編號; `EXAM` for the exam as a whole.
 */
paper: string, 
/**
 * Why.
 */
reason: string, };
export type NoteRequest = { 
/**
 * 底稿編號.
 */
paper: string, 
/**
 * The note.
 */
text: string, };
export type NoteAnswerRequest = { 
/**
 * Number.
 */
id: number, 
/**
 * Text; may be empty for a clearance.
 */
text: string, };
export type SaidView = { 
/**
 * What.
 */
text: string, 
/**
 * Who.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type NoteView = { 
/**
 * Number.
 */
id: number, 
/**
 * 底稿編號.
 */
paper: string, 
/**
 * The note.
 */
note: SaidView, 
/**
 * 回覆.
 */
reply: SaidView | null, 
/**
 * 清除.
 */
clearance: SaidView | null, };
export type SignatureView = { 
/**
 * As what.
 */
role: SignRoleWord, 
/**
 * Version of the paper.
 */
version: number, 
/**
 * Who.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Fingerprint of the key: groups of four hex digits.
 */
fingerprint: string, 
/**
 * Whether it is the key's signature over what it says.
 */
holds: boolean, 
/**
 * Whether the paper still says what was signed.
 */
current: boolean, };
export type ReopeningView = { 
/**
 * The version that it ended.
 */
version: number, 
/**
 * Why.
 */
reason: string, 
/**
 * Who.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type PaperView = { 
/**
 * 底稿編號; `EXAM` for the exam as a whole.
 */
paper: string, 
/**
 * Title.
 */
title: string, 
/**
 * SHA-256 over what it says now, lower-case hex.
 */
sha256: string, 
/**
 * Version, from 1.
 */
version: number, 
/**
 * Signature of the preparer over this version.
 */
prepared: SignatureView | null, 
/**
 * Signature of the reviewer over this version.
 */
reviewed: SignatureView | null, 
/**
 * Signatures of earlier versions, oldest first.
 */
earlier: Array<SignatureView>, 
/**
 * Why earlier versions were opened again, oldest first.
 */
reopenings: Array<ReopeningView>, 
/**
 * Notes that nobody cleared.
 */
notes_open: number, };
export type IdentityView = { 
/**
 * Name.
 */
name: string, 
/**
 * Ed25519 public key, lower-case hex.
 */
key: string, 
/**
 * Fingerprint of the key: groups of four hex digits.
 */
fingerprint: string, };
export type ReviewView = { 
/**
 * The exam as a whole.
 */
exam: PaperView, 
/**
 * The papers, in the order of the set.
 */
papers: Array<PaperView>, 
/**
 * Notes, oldest first.
 */
notes: Array<NoteView>, 
/**
 * Who can sign here.
 */
identities: Array<IdentityView>, };
export type QualificationView = { 
/**
 * Key.
 */
key: string, 
/**
 * Name.
 */
zh: string, 
/**
 * Certificates that show it.
 */
examples: Array<string>, 
/**
 * Clause.
 */
clause: string, };
export type TeamMemberView = { 
/**
 * Name.
 */
name: string, 
/**
 * 單位／職稱.
 */
unit: string, 
/**
 * Certificates by key of the qualification; an absent or empty one is not held.
 */
holds: { [key in string]: string }, 
/**
 * Independence; `null` while it is not known.
 */
independent: boolean | null, 
/**
 * Confidentiality undertaking; `null` while it is not known.
 */
confidential: boolean | null, 
/**
 * When it was signed, or empty.
 */
signed_on: string, 
/**
 * 說明.
 */
note: string, };
export type TeamView = { 
/**
 * The qualifications that are looked at.
 */
kinds: Array<QualificationView>, 
/**
 * Members; examiners of the exam whom nobody recorded yet are among them.
 */
members: Array<TeamMemberView>, 
/**
 * What is missing, a sentence each.
 */
gaps: Array<string>, };
export type SecurityView = { 
/**
 * Minutes in which nobody touches anything before the vault is locked, 1 to 60.
 */
idle_minutes: number, 
/**
 * Seconds that a copy stays on the clipboard, 10 to 600.
 */
clipboard_seconds: number, 
/**
 * Whether the window is kept out of screen captures, where the system can.
 */
content_protected: boolean, };
export type LockedByWord = "idle" | "sleep" | "session" | "asked";
export type LockStepWord = "soon" | "stay" | "now";
export type LockNoticeView = { 
/**
 * How far it is.
 */
step: LockStepWord, 
/**
 * Seconds left.
 */
seconds: number, 
/**
 * Why.
 */
by: LockedByWord, 
/**
 * Whether it waits for work that is under way.
 */
waits: boolean, };
export type ClipboardRequest = { 
/**
 * The text.
 */
text: string, };
export type SettingsView = { 
/**
 * 查核單位, printed as the authority.
 */
organisation: string, 
/**
 * Words of the grades of 嚴重程度, gravest first; an empty one leaves the grade out.
 */
severity: [string, string, string, string], 
/**
 * 缺失類別 that are offered.
 */
categories: Array<string>, 
/**
 * 離場會議.
 */
exit_meeting: string, 
/**
 * Whether personal data are masked in what is handed out.
 */
mask: boolean, };
export type ResultCountView = { 
/**
 * Result.
 */
result: ResultWord, 
/**
 * Items.
 */
items: number, };
export type ChapterFigureView = { 
/**
 * Code of the document.
 */
document: string, 
/**
 * Title of the chapter.
 */
chapter: string, 
/**
 * Items that bind the firm or may, by result; results without items are left out.
 */
results: Array<ResultCountView>, 
/**
 * The same in the firm's last exam; empty where there is none.
 */
earlier: Array<ResultCountView>, };
export type FindingCountView = { 
/**
 * Type.
 */
kind: FindingTypeWord, 
/**
 * Severity.
 */
severity: SeverityWord, 
/**
 * Status.
 */
status: FindingStatusWord, 
/**
 * Findings.
 */
findings: number, };
export type VerdictCountView = { 
/**
 * Verdict; `null` for procedures that did not run yet.
 */
verdict: RunVerdictWord | null, 
/**
 * Procedures.
 */
procedures: number, };
export type EarlierExamView = { 
/**
 * Exam.
 */
exam: string, 
/**
 * 查核案號.
 */
case_no: string, 
/**
 * 查核基準日.
 */
as_of: string, 
/**
 * Its findings.
 */
findings: Array<FindingCountView>, };
export type DashboardView = { 
/**
 * Items that bind the firm or may.
 */
items: number, 
/**
 * Those of them that were answered.
 */
answered: number, 
/**
 * Results by chapter, in the order of the checklists.
 */
chapters: Array<ChapterFigureView>, 
/**
 * Findings that were not withdrawn.
 */
findings: Array<FindingCountView>, 
/**
 * Procedures by verdict.
 */
tests: Array<VerdictCountView>, 
/**
 * What the firm owes, the most urgent first.
 */
due: Array<DueView>, 
/**
 * The firm's last exam before this one.
 */
earlier: EarlierExamView | null, 
/**
 * Papers that were reviewed, and papers that somebody signed.
 */
reviewed: [number, number], };
export type HeadquartersRequest = { 
/**
 * First year of as-of dates, of the common era; `null` for the earliest.
 */
from_year: number | null, 
/**
 * Last year of as-of dates; `null` for the latest.
 */
to_year: number | null, 
/**
 * Part of a firm's name.
 */
firm: string, 
/**
 * Code of a document.
 */
document: string, 
/**
 * Title of a chapter of it.
 */
chapter: string, 
/**
 * Findings of this severity; `null` for all.
 */
severity: SeverityWord | null, 
/**
 * Findings of this status; `null` for all that were reviewed.
 */
status: FindingStatusWord | null, 
/**
 * The day for which overdue is told, or empty for today.
 */
as_of: string, };
export type HeadquartersBookRequest = { 
/**
 * What is looked at.
 */
chosen: HeadquartersRequest, 
/**
 * The file.
 */
path: string, };
export type HeadquartersTablesRequest = { 
/**
 * What is looked at.
 */
chosen: HeadquartersRequest, 
/**
 * The folder.
 */
path: string, 
/**
 * Numbers in place of names.
 */
pseudonyms: boolean, };
export type ShareView = { 
/**
 * How many.
 */
n: number, 
/**
 * Of how many; 0 where nothing is known.
 */
of: number, };
export type ResultsView = { 
/**
 * Items that bind the firms or may.
 */
items: number, 
/**
 * Those of them that were examined.
 */
examined: number, 
/**
 * Items that are met, of those that were judged.
 */
compliant: ShareView, 
/**
 * Items without data or not examined.
 */
unknown: number, 
/**
 * Items by result; results without items are left out.
 */
counts: Array<ResultCountView>, };
export type HeadquartersTotalsView = { 
/**
 * Exams.
 */
exams: number, 
/**
 * Firms.
 */
firms: number, 
/**
 * Exams of which no results were collected.
 */
unknown_exams: number, 
/**
 * Items of the other exams.
 */
results: ResultsView, 
/**
 * Findings that stand.
 */
findings: number, 
/**
 * Findings that nobody reviewed yet; they are in no other figure.
 */
drafts: number, 
/**
 * Findings that ask a measure and are not closed.
 */
open: number, 
/**
 * Those of them whose measure is overdue.
 */
overdue: number, 
/**
 * Those of them for which the firm owes something and gave no day.
 */
undated: number, 
/**
 * Findings that repeat an earlier one.
 */
repeats: number, };
export type GradeView = { 
/**
 * Grade.
 */
severity: SeverityWord, 
/**
 * Findings.
 */
findings: number, 
/**
 * Closed ones.
 */
closed: number, 
/**
 * Others, without the overdue ones.
 */
open: number, 
/**
 * Overdue ones.
 */
overdue: number, };
export type FirmFiguresView = { 
/**
 * Its name in its last exam.
 */
firm: string, 
/**
 * What kind of firm it is, in words.
 */
kind: string, 
/**
 * Its exams.
 */
exams: number, 
/**
 * Its last exam.
 */
last_exam: string, 
/**
 * 查核案號 of that.
 */
last_case_no: string, 
/**
 * 查核基準日 of that.
 */
last_as_of: string, 
/**
 * Results of that; `null` when they were not collected.
 */
results: ResultsView | null, 
/**
 * Findings of all its exams by severity, gravest first.
 */
by_severity: [number, number, number, number], 
/**
 * Those that ask a measure and are not closed.
 */
open: number, 
/**
 * Those of them whose measure is overdue.
 */
overdue: number, 
/**
 * Those that repeat an earlier one.
 */
repeats: number, };
export type ClauseFiguresView = { 
/**
 * Year, of the common era.
 */
year: number, 
/**
 * Clause.
 */
clause: string, 
/**
 * Its official label; empty where no checklist of the program has it.
 */
label: string, 
/**
 * The document's title.
 */
document: string, 
/**
 * Firms with a finding that cites it.
 */
firms: number, 
/**
 * Exams with such a finding.
 */
exams: number, 
/**
 * Such findings.
 */
findings: number, 
/**
 * Exams in which it was not, or not wholly, met, of those that judged it.
 */
failed: ShareView, };
export type RepeatedView = { 
/**
 * The exam of the latest.
 */
exam: string, 
/**
 * Its number within the exam.
 */
no: number, 
/**
 * 受查單位.
 */
firm: string, 
/**
 * Severity of the latest.
 */
severity: SeverityWord, 
/**
 * Status of the latest.
 */
status: FindingStatusWord, 
/**
 * Clauses of the latest.
 */
clauses: Array<string>, 
/**
 * The latest, then what it repeats, and so on.
 */
chain: Array<EarlierFindingView>, };
export type OverdueView = { 
/**
 * The exam.
 */
exam: string, 
/**
 * Number of the finding within it.
 */
no: number, 
/**
 * 受查單位.
 */
firm: string, 
/**
 * 缺失編號.
 */
number: string, 
/**
 * Title.
 */
title: string, 
/**
 * Severity.
 */
severity: SeverityWord, 
/**
 * Status.
 */
status: FindingStatusWord, 
/**
 * 負責人; may be empty.
 */
owner: string, 
/**
 * 預計完成日.
 */
due: string, 
/**
 * Days from then to the as-of date.
 */
days: number, };
export type YearFiguresView = { 
/**
 * Year, of the common era.
 */
year: number, 
/**
 * Exams.
 */
exams: number, 
/**
 * Firms.
 */
firms: number, 
/**
 * Exams of which no results were collected.
 */
unknown_exams: number, 
/**
 * Items of the other exams.
 */
results: ResultsView, 
/**
 * Findings by severity, gravest first.
 */
by_severity: [number, number, number, number], 
/**
 * Findings that were closed, of those that ask a measure.
 */
closed: ShareView, 
/**
 * Findings whose measure is overdue.
 */
overdue: number, 
/**
 * Findings that repeat an earlier one.
 */
repeats: number, };
export type ChosenDocumentView = { 
/**
 * Code.
 */
code: string, 
/**
 * Title.
 */
title: string, 
/**
 * Titles of its chapters.
 */
chapters: Array<string>, };
export type HeadquartersView = { 
/**
 * The day for which overdue is told.
 */
as_of: string, 
/**
 * Years of all exams in the vault, the earliest first.
 */
all_years: Array<number>, 
/**
 * Names of all firms in the vault.
 */
all_firms: Array<string>, 
/**
 * Documents that can be chosen.
 */
documents: Array<ChosenDocumentView>, 
/**
 * Sums.
 */
totals: HeadquartersTotalsView, 
/**
 * Findings that ask a measure by severity, gravest first.
 */
grades: Array<GradeView>, 
/**
 * Firms, those with the most overdue measures first.
 */
firms: Array<FirmFiguresView>, 
/**
 * Clauses that findings cite, the latest year first, in it the clause of the most firms first; some of each year.
 */
clauses: Array<ClauseFiguresView>, 
/**
 * How many there are in all years.
 */
clauses_all: number, 
/**
 * Findings that repeat others, the longest chain first.
 */
repeats: Array<RepeatedView>, 
/**
 * How many there are.
 */
repeats_all: number, 
/**
 * Measures whose day is over, the longest first.
 */
overdue: Array<OverdueView>, 
/**
 * How many there are.
 */
overdue_all: number, 
/**
 * Years, the earliest first.
 */
years: Array<YearFiguresView>, };
export type HeadquartersRenewedView = { 
/**
 * Exams whose results were collected.
 */
renewed: number, 
/**
 * Exams that could not be opened.
 */
failed: number, };
export type GateLineView = { 
/**
 * `items_undetermined`, `items_open`, `exceptions_open`, `finding_incomplete`, `no_finding_for_answer`, `incomplete_population`.
 */
kind: string, 
/**
 * What is counted, zh-TW (`個項目的適用性待確認`).
 */
what: string, 
/**
 * How many.
 */
count: number, };
export type GateView = { 
/**
 * Nothing does.
 */
ready: boolean, 
/**
 * What does.
 */
blocking: Array<GateLineView>, 
/**
 * Characters that no bundled font has.
 */
missing_glyphs: Array<string>, };
export type ExportRequest = { 
/**
 * Path.
 */
path: string, 
/**
 * A draft is always possible; a final report needs the gate to be open.
 */
draft: boolean, };
export type ExportedFileView = { 
/**
 * Path.
 */
file: string, 
/**
 * SHA-256.
 */
sha256: string, 
/**
 * Bytes.
 */
size: number, };
export type ExportView = { 
/**
 * Files.
 */
files: Array<ExportedFileView>, };
export type DocumentKind = "report_docx" | "assessment" | "confirmation" | "follow_up" | "oscal_results" | "oscal_poam" | "findings_csv" | "findings_json" | "answers_csv" | "answers_json";
export type DocumentExportRequest = { 
/**
 * Which.
 */
kind: DocumentKind, 
/**
 * File.
 */
path: string, 
/**
 * Whether it is marked as a draft.
 */
draft: boolean, };
export type PdfKind = "report" | "assessment" | "confirmation" | "follow_up";
export type OutputPagesRequest = { 
/**
 * Which.
 */
document: PdfKind, 
/**
 * Whether it is marked as a draft.
 */
draft: boolean, };
export type OutputPagesView = { 
/**
 * Pages.
 */
pages: number, };
export type OutputPageRequest = { 
/**
 * Page, from 0.
 */
page: number, 
/**
 * Pixels that it may be wide; 1,600 at most.
 */
width: number, };
export type OutputPaperView = { 
/**
 * 底稿編號.
 */
paper: string, 
/**
 * Title.
 */
title: string, 
/**
 * Names of its sheets.
 */
sheets: Array<string>, };
export type OutputPaperRequest = { 
/**
 * 底稿編號.
 */
paper: string, 
/**
 * Whether it is marked as a draft.
 */
draft: boolean, };
export type OutputSheetsView = { 
/**
 * Names of its sheets.
 */
sheets: Array<string>, };
export type OutputGridRequest = { 
/**
 * Sheet, from 0.
 */
sheet: number, };
export type TemplateView = { 
/**
 * Key.
 */
key: string, 
/**
 * Title.
 */
title: string, 
/**
 * What it is for; empty for one that was brought.
 */
what: string, 
/**
 * Authority that it is for; empty for all.
 */
authority: string, 
/**
 * Name of the file.
 */
file: string, 
/**
 * Whether it is the program's own.
 */
shipped: boolean, 
/**
 * Who brought it; empty for the program's own.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type TemplateMarkView = { 
/**
 * Name.
 */
name: string, 
/**
 * Where it stands (`缺失彙總!B5`).
 */
place: string, 
/**
 * Whether it is known.
 */
known: boolean, };
export type TemplateCheckView = { 
/**
 * `xlsx`, `docx` or `ods`.
 */
kind: string, 
/**
 * Placeholders in their order.
 */
marks: Array<TemplateMarkView>, 
/**
 * What would keep it from being filled, zh-TW; empty when it can be.
 */
problems: Array<string>, };
export type TemplateAddRequest = { 
/**
 * File.
 */
path: string, 
/**
 * Key of the template whose place it takes; empty for one of its own.
 */
key: string, 
/**
 * Title; empty for the file's name.
 */
title: string, 
/**
 * Authority that it is for; empty for all.
 */
authority: string, };
export type TemplateFileRequest = { 
/**
 * Key.
 */
key: string, 
/**
 * Where to write.
 */
path: string, };
export type TemplateFilledView = { 
/**
 * The file.
 */
files: Array<ExportedFileView>, 
/**
 * Placeholders that were left empty, with their places.
 */
unfilled: Array<TemplateMarkView>, };
export type TemplateKeyRequest = { 
/**
 * Key.
 */
key: string, };
export type TemplatePreviewView = { 
/**
 * Names of the sheets of a workbook.
 */
sheets: Array<string>, 
/**
 * What a document says; `null` for a workbook.
 */
text: EvidenceTextView | null, 
/**
 * Placeholders that were left empty, with their places.
 */
unfilled: Array<TemplateMarkView>, };
export type PlaceholderView = { 
/**
 * Name.
 */
name: string, 
/**
 * Region that it stands in; empty for everywhere.
 */
region: string, 
/**
 * What takes its place.
 */
what: string, };
export type PartKindWord = "crate" | "package" | "data";
export type PartView = { 
/**
 * Name.
 */
name: string, 
/**
 * Version.
 */
version: string, 
/**
 * What it is.
 */
kind: PartKindWord, 
/**
 * Licence, as an SPDX expression.
 */
licence: string, 
/**
 * Places of its texts among the texts, from 0.
 */
texts: Array<number>, };
export type LicencesView = { 
/**
 * The parts.
 */
parts: Array<PartView>, 
/**
 * Paragraphs of the texts.
 */
paragraphs: Array<string>, 
/**
 * Each text, as the places of its paragraphs, from 0.
 */
texts: Array<Array<number>>, };
export type CopyStateWord = "whole" | "cut_off" | "damaged";
export type GenerationView = { 
/**
 * From 1, rising.
 */
generation: number, 
/**
 * Name of its folder.
 */
name: string, 
/**
 * When it was made.
 */
made_at: string, 
/**
 * How it was found.
 */
state: CopyStateWord, 
/**
 * SHA-256 over the lines of its files; empty where they cannot be read.
 */
sha256: string, 
/**
 * Bytes of its files.
 */
bytes: number, };
export type BackupsView = { 
/**
 * Folder of the last one; empty before the first.
 */
folder: string, 
/**
 * Generations that are kept.
 */
keep: number, 
/**
 * When the last one was made; empty before the first.
 */
last: string, 
/**
 * Generations in the folder, the oldest first; none where it cannot be read, for instance without its medium.
 */
generations: Array<GenerationView>, 
/**
 * Whether the folder could be read.
 */
found: boolean, };
export type BackupRequest = { 
/**
 * Folder that holds the generations.
 */
folder: string, 
/**
 * Generations that are kept, 1 to 99.
 */
keep: number, };
export type RecordKindWord = "answers" | "facts" | "dispositions" | "findings" | "evidence" | "imports" | "runs" | "samples" | "count" | "notes" | "signatures" | "team" | "other" | "journal";
export type HandoverScopeWord = "whole" | "parts" | "changes";
export type EvidenceModeWord = "included" | "by_reference";
export type TrustWord = "verified" | "pinned" | "unknown" | "key_changed";
export type LastExchangeView = { 
/**
 * Who.
 */
name: string, 
/**
 * When something was handed over last; empty for never.
 */
given_at: string, 
/**
 * When something was taken in last; empty for never.
 */
taken_at: string, 
/**
 * Entries of the journal that were made since the person got something; `null` when they never did.
 */
entries_since: number | null, };
export type HandoverContactView = { 
/**
 * Id of the contact.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * 單位.
 */
unit: string, 
/**
 * Six groups of five digits.
 */
fingerprint: string, 
/**
 * What is known of the key.
 */
trust: TrustWord, 
/**
 * What was exchanged last.
 */
last: LastExchangeView, };
export type HandoverView = { 
/**
 * The contacts.
 */
contacts: Array<HandoverContactView>, 
/**
 * One's own fingerprint, which a receiver compares.
 */
fingerprint: string, 
/**
 * File name that is offered, with its ending `.fieldbook.age`.
 */
file: string, };
export type ChapterChoice = { 
/**
 * Code of the document.
 */
document: string, 
/**
 * Number of the chapter.
 */
chapter: string, };
export type HandoverRequest = { 
/**
 * How much.
 */
scope: HandoverScopeWord, 
/**
 * Codes of whole documents; with `parts`.
 */
documents: Array<string>, 
/**
 * Chapters of other documents; with `parts`.
 */
chapters: Array<ChapterChoice>, 
/**
 * Ids of procedures, with their runs, exceptions and dispositions; with `parts`.
 */
procedures: Array<string>, 
/**
 * Whether the findings go along; with `parts`.
 */
findings: boolean, 
/**
 * Whether the evidence goes along; with `parts`.
 */
evidence: boolean, 
/**
 * Id of the contact whose last state the changes begin at; with `changes`.
 */
since: string, 
/**
 * What goes along of the evidence.
 */
evidence_as: EvidenceModeWord, 
/**
 * Whether personal data are masked. What is masked can be read, not merged.
 */
deidentified: boolean, 
/**
 * Ids of contacts, or `age1…` recipients.
 */
recipients: Array<string>, };
export type KindCountView = { 
/**
 * Kind.
 */
kind: RecordKindWord, 
/**
 * How many.
 */
n: number, };
export type HandoverWarningWord = "unverified" | "key_changed" | "not_a_contact" | "evidence_left_out" | "by_reference" | "masked" | "never_got" | "nothing";
export type HandoverWarningView = { 
/**
 * Which.
 */
kind: HandoverWarningWord, 
/**
 * A person's name or a recipient; may be empty.
 */
what: string, 
/**
 * How many; 0 where nothing is counted.
 */
n: number, };
export type HandoverPlanView = { 
/**
 * Records by kind, those that there are.
 */
counts: Array<KindCountView>, 
/**
 * Pieces of evidence whose bytes go along.
 */
pieces: number, 
/**
 * Their bytes.
 */
evidence_bytes: number, 
/**
 * Bytes of the file, estimated.
 */
bytes: number, 
/**
 * Warnings, the gravest first.
 */
warnings: Array<HandoverWarningView>, 
/**
 * What was exchanged with each recipient last, in their order.
 */
since: Array<LastExchangeView>, };
export type HandoverCreateRequest = { 
/**
 * What, and to whom.
 */
what: HandoverRequest, 
/**
 * Where to.
 */
path: string, };
export type HandoverMadeView = { 
/**
 * File.
 */
path: string, 
/**
 * SHA-256, lower-case hex.
 */
sha256: string, 
/**
 * Bytes.
 */
bytes: number, 
/**
 * Names of those who can open it.
 */
recipients: Array<string>, };
export type HandoverStepWord = "gathering" | "writing" | "checking" | "comparing" | "merging";
export type HandoverProgressView = { 
/**
 * What is being done.
 */
step: HandoverStepWord, 
/**
 * Bytes or records that are done.
 */
done: number, 
/**
 * Of how many; 0 where that is not known.
 */
of: number, };
export type SenderView = { 
/**
 * Name: of the contact, or as the package says.
 */
name: string, 
/**
 * 單位; may be empty.
 */
unit: string, 
/**
 * Six groups of five digits.
 */
fingerprint: string, 
/**
 * What is known of the key that signed it.
 */
trust: TrustWord, };
export type TakeInExamView = { 
/**
 * Id.
 */
id: string, 
/**
 * 受查單位.
 */
firm: string, 
/**
 * 查核案號.
 */
case_no: string, 
/**
 * 查核基準日.
 */
as_of: string, 
/**
 * Whether it is the open one. Only then is the package compared with it.
 */
open: boolean, };
export type StandingWord = "new_exam" | "mergeable" | "nothing_new" | "refused";
export type MergeCountView = { 
/**
 * Kind.
 */
kind: RecordKindWord, 
/**
 * Records that come in.
 */
added: number, 
/**
 * Records that change.
 */
changed: number, 
/**
 * Records that go.
 */
taken_away: number, 
/**
 * Records that both sides made alike and that become one.
 */
united: number, };
export type HeldView = { 
/**
 * As an examiner reads it; `null` where there is nothing, or the record was taken away.
 */
value: string | null, 
/**
 * Who wrote it.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type ConflictView = { 
/**
 * Names it in a choice; the same whenever this file is looked at.
 */
id: string, 
/**
 * Kind of the record.
 */
kind: RecordKindWord, 
/**
 * The record as an examiner knows it: number and label of the clause, `E-003`, a finding's number.
 */
what: string, 
/**
 * The field; empty where the record as a whole was taken away on one side and changed on the other.
 */
field: string, 
/**
 * Here.
 */
ours: HeldView, 
/**
 * There.
 */
theirs: HeldView, 
/**
 * What both began with; `null` where that is not known.
 */
ancestor: string | null, 
/**
 * Whether it is a text, which can be joined or written anew.
 */
text: boolean, };
export type BlockedView = { 
/**
 * Number of the paper.
 */
paper: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Who signed it last.
 */
by: string, 
/**
 * When.
 */
at: string, 
/**
 * Changes that it stands in the way of.
 */
changes: number, };
export type LaneActsView = { 
/**
 * Day, ISO.
 */
day: string, 
/**
 * Who.
 */
by: string, 
/**
 * Family of the acts (`answer`).
 */
family: string, 
/**
 * How many entries of the journal.
 */
acts: number, };
export type MergeLaneView = { 
/**
 * Whose copy; empty for this one.
 */
label: string, 
/**
 * Acts by day, person and family, the earliest first.
 */
acts: Array<LaneActsView>, };
export type TakeInView = { 
/**
 * File.
 */
path: string, 
/**
 * SHA-256, lower-case hex.
 */
sha256: string, 
/**
 * Bytes.
 */
bytes: number, 
/**
 * Who sent it; `null` where the file does not tell.
 */
sender: SenderView | null, 
/**
 * When it was made; empty where the file does not tell.
 */
made_at: string, 
/**
 * Which exam it is of; `null` where the file does not tell.
 */
exam: TakeInExamView | null, 
/**
 * How much of the exam it holds.
 */
scope: HandoverScopeWord, 
/**
 * What of the evidence it holds.
 */
evidence_as: EvidenceModeWord, 
/**
 * Whether personal data are masked in it.
 */
deidentified: boolean, 
/**
 * What can be done with it.
 */
standing: StandingWord, 
/**
 * Why it is refused.
 */
refusal: ErrorView | null, 
/**
 * What it changes, by kind; of a new exam, what it holds.
 */
counts: Array<MergeCountView>, 
/**
 * Rows of the list of changes.
 */
changes: number, 
/**
 * The conflicts.
 */
conflicts: Array<ConflictView>, 
/**
 * Signed papers that stand in the way.
 */
blocked: Array<BlockedView>, 
/**
 * What was done here and there since the state that both know, this copy first; empty where they are not compared.
 */
lanes: Array<MergeLaneView>, };
export type TakeInChangesRequest = { 
/**
 * SHA-256 of the file that was looked at last.
 */
sha256: string, 
/**
 * Only of this kind.
 */
kind: RecordKindWord | null, 
/**
 * How many to pass over.
 */
offset: number, 
/**
 * How many at most.
 */
limit: number, };
export type MergeChangeView = { 
/**
 * Kind of the record.
 */
kind: RecordKindWord, 
/**
 * The record as an examiner knows it.
 */
what: string, 
/**
 * The field; empty where the record as a whole comes in or goes.
 */
field: string, 
/**
 * What is here; `null` for nothing.
 */
before: string | null, 
/**
 * What comes; `null` for nothing.
 */
after: string | null, 
/**
 * Who wrote it.
 */
by: string, 
/**
 * When.
 */
at: string, };
export type TakeInChangesView = { 
/**
 * How many there are of the kind that was asked for.
 */
total: number, 
/**
 * Those asked for, in the order of the exam.
 */
rows: Array<MergeChangeView>, };
export type ChoiceWord = "ours" | "theirs" | "both" | "text";
export type MergeChoice = { 
/**
 * Id of the conflict.
 */
id: string, 
/**
 * What.
 */
choice: ChoiceWord, 
/**
 * What is to stand, with `both` and `text`; else empty.
 */
text: string, };
export type MergeApplyRequest = { 
/**
 * File.
 */
path: string, 
/**
 * Its SHA-256 when it was looked at: another file in its place is refused.
 */
sha256: string, 
/**
 * Whether an examiner answers for a sender who is not verified.
 */
sender_accepted: boolean, 
/**
 * A choice for each conflict.
 */
choices: Array<MergeChoice>, };
export type MergeDoneView = { 
/**
 * Id of the exam.
 */
exam: string, 
/**
 * Number of the merge; 0 for a new exam.
 */
merge: number, 
/**
 * What it changed.
 */
counts: Array<MergeCountView>, 
/**
 * Whether it can be undone.
 */
undo_possible: boolean, };
export type MergeView = { 
/**
 * Number, from 1.
 */
merge: number, 
/**
 * When.
 */
at: string, 
/**
 * Who merged.
 */
by: string, 
/**
 * Who had sent the package.
 */
sender: string, 
/**
 * When the package was made.
 */
made_at: string, 
/**
 * SHA-256 of the package.
 */
sha256: string, 
/**
 * What it changed.
 */
counts: Array<MergeCountView>, 
/**
 * Conflicts that were decided.
 */
conflicts: number, 
/**
 * When it was undone; empty while it stands.
 */
undone_at: string, 
/**
 * Who undid it.
 */
undone_by: string, 
/**
 * Why.
 */
undone_reason: string, 
/**
 * Whether it can be undone.
 */
undo_possible: boolean, 
/**
 * Why it cannot be undone any more; `null` where it can, or was.
 */
why_not: ErrorView | null, };
export type MergesView = { 
/**
 * The newest first.
 */
merges: Array<MergeView>, };
export type MergeUndoRequest = { 
/**
 * Number.
 */
merge: number, 
/**
 * Why.
 */
reason: string, };

export interface Commands {
    session: { request: null; view: SessionView };
    vault_create: { request: CreateVaultRequest; view: VaultCreatedView };
    vault_confirm_recovery: { request: RecoveryConfirmRequest; view: VaultView };
    vault_unlock: { request: UnlockRequest; view: VaultView };
    vault_lock: { request: null; view: null };
    vault_unlock_keystore: { request: VaultDirRequest; view: VaultView };
    passphrase_strength: { request: StrengthRequest; view: StrengthView };
    key_slots: { request: null; view: KeySlotsView };
    passphrase_change: { request: PassphraseChangeRequest; view: KeySlotsView };
    recovery_renew: { request: ProofRequest; view: VaultCreatedView };
    escrow_add: { request: EscrowRequest; view: KeySlotsView };
    keystore_add: { request: ProofRequest; view: KeySlotsView };
    slot_remove: { request: SlotRequest; view: KeySlotsView };
    integrity: { request: null; view: IntegrityView };
    integrity_start: { request: null; view: IntegrityView };
    status: { request: null; view: StatusView };
    exams: { request: null; view: Array<ExamHeadView> };
    exam_figures: { request: null; view: Array<ExamFiguresView> };
    exam_create: { request: ExamNewRequest; view: ExamView };
    exam_open: { request: ExamRequest; view: ExamView };
    exam_close: { request: null; view: null };
    exam_work_as: { request: ExaminerRequest; view: ExamView };
    profile: { request: null; view: ProfileView };
    profile_preview: { request: ProfileRequest; view: ProfileChangeView };
    profile_set: { request: ProfileRequest; view: ProfileChangeView };
    checklist: { request: null; view: ChecklistView };
    item: { request: ClauseRequest; view: ItemView };
    answer: { request: AnswerRequest; view: ItemView };
    answers_bulk: { request: BulkRequest; view: AnswersView };
    answer_undo: { request: null; view: AnswersView };
    answer_redo: { request: null; view: AnswersView };
    answer_copy_preview: { request: CopyRequest; view: CopyPreviewView };
    answer_copy: { request: CopyRequest; view: AnswersView };
    applicability_set: { request: ApplicabilityRequest; view: ItemView };
    phrase_keep: { request: PhraseRequest; view: ItemView };
    phrase_drop: { request: PhraseRequest; view: ItemView };
    source_text: { request: DocumentRequest; view: SourceTextView };
    patterns: { request: null; view: Array<PatternView> };
    editions: { request: null; view: EditionsView };
    package_inspect: { request: PathRequest; view: PackageInspectView };
    package_load: { request: PackageRequest; view: EditionsView };
    package_remove: { request: KeyRequest; view: EditionsView };
    signer_distrust: { request: KeyRequest; view: EditionsView };
    editions_compare: { request: CompareRequest; view: Array<DocumentChangeView> };
    carry_preview: { request: ExamRequest; view: CarryView };
    carry: { request: ExamRequest; view: AnswersView };
    field_sheets: { request: null; view: Array<FieldSheetView> };
    export_sheet: { request: SheetRequest; view: ExportView };
    export_requests: { request: RequestListRequest; view: ExportView };
    datasets: { request: null; view: Array<DatasetView> };
    import_inspect: { request: InspectRequest; view: Array<InspectedFileView> };
    import_look: { request: FileChoice; view: InspectedSheetView };
    import_run: { request: ImportRequest; view: ImportView };
    import_cancel: { request: null; view: null };
    mappings: { request: null; view: Array<MappingMemoryView> };
    mappings_export: { request: PathRequest; view: ExportView };
    mappings_import: { request: PathRequest; view: MappingsImportedView };
    mapping_forget: { request: MappingRequest; view: Array<MappingMemoryView> };
    imports: { request: null; view: Array<ImportView> };
    import_issues: { request: IssuesRequest; view: IssuePageView };
    import_rows: { request: RowsRequest; view: RowsPageView };
    import_undo: { request: ImportBatchRequest; view: UndoneView };
    import_compare: { request: ImportCompareRequest; view: ImportCompareView };
    export_receipt: { request: PathRequest; view: ExportView };
    export_dictionary: { request: PathRequest; view: ExportView };
    data_sets: { request: null; view: Array<DataSetView> };
    data_rows: { request: DataRequest; view: DataPageView };
    data_find: { request: DataFindRequest; view: DataFoundView };
    data_copy: { request: DataRequest; view: DataCopyView };
    data_profile: { request: DataProfileRequest; view: DataProfileView };
    data_cancel: { request: null; view: null };
    procedures: { request: null; view: Array<ProcedureView> };
    audit_run: { request: RunRequest; view: RunsView };
    audit_cancel: { request: null; view: null };
    audit_change: { request: ProcedureRequest; view: RunChangeView };
    undispose: { request: UndisposeRequest; view: DisposedView };
    audit_reperform: { request: ReperformRequest; view: ReperformView };
    derived_rows: { request: DerivedRequest; view: DerivedPageView };
    derived_correct: { request: CorrectRequest; view: DerivedPageView };
    samples: { request: null; view: Array<DrawnSampleView> };
    sample_draw: { request: SampleDrawRequest; view: DrawnSampleView };
    sample_sheet: { request: SampleSheetRequest; view: ExportView };
    sample_size: { request: SampleSizeRequest; view: SampleSizeView };
    sample_evaluate: { request: SampleEvaluateRequest; view: SampleEvaluationView };
    own_schema: { request: null; view: OwnSchemaView };
    own_procedures: { request: null; view: Array<OwnProcedureView> };
    own_preview: { request: OwnPreviewRequest; view: OwnPreviewView };
    own_save: { request: OwnSaveRequest; view: OwnProcedureView };
    own_withdraw: { request: OwnRequest; view: Array<OwnProcedureView> };
    count: { request: null; view: CountView };
    count_mark: { request: CountMarkRequest; view: CountView };
    count_undo: { request: null; view: CountView };
    count_feed: { request: null; view: CountView };
    count_sheet: { request: PathRequest; view: ExportView };
    analysis: { request: AnalysisRequest; view: AnalysisView };
    procedure_picture: { request: ProcedurePictureRequest; view: ProcedurePictureView };
    picture_save: { request: PictureSaveRequest; view: ExportView };
    exception_groups: { request: ProcedureRequest; view: ExceptionGroupsView };
    exceptions: { request: ExceptionsRequest; view: ExceptionPageView };
    exception_source: { request: SourceRequest; view: SourceRowView };
    dispose: { request: DisposeRequest; view: DisposedView };
    finding_draft: { request: FindingDraftRequest; view: FindingDraftView };
    finding_save: { request: FindingRequest; view: FindingView };
    finding_withdraw: { request: FindingWithdrawRequest; view: FindingView };
    finding_step: { request: FindingStepRequest; view: FindingView };
    finding_rebind: { request: FindingNoRequest; view: FindingView };
    finding_repeats: { request: FindingNoRequest; view: Array<RepeatView> };
    finding_phrases: { request: FindingNoRequest; view: Array<FindingPhraseView> };
    finding_reply: { request: ReplyRequest; view: FindingView };
    finding_follow_up: { request: FollowUpRequest; view: FindingView };
    findings: { request: null; view: Array<FindingView> };
    due: { request: null; view: Array<DueView> };
    evidence: { request: null; view: Array<EvidenceView> };
    evidence_add: { request: EvidenceAddRequest; view: EvidenceView };
    evidence_change: { request: EvidenceChangeRequest; view: EvidenceView };
    evidence_export: { request: EvidenceExportRequest; view: ExportView };
    evidence_look: { request: EvidenceLookRequest; view: Array<EvidenceLookView> };
    evidence_take: { request: EvidenceTakeRequest; view: EvidenceTakenView };
    evidence_cancel: { request: null; view: null };
    evidence_custody: { request: EvidenceRequest; view: Array<CustodyEntryView> };
    evidence_record: { request: CustodyRequest; view: EvidenceView };
    evidence_preview: { request: EvidenceRequest; view: EvidencePreviewView };
    evidence_page: { request: EvidencePageRequest; view: PictureView };
    evidence_text: { request: EvidenceRequest; view: EvidenceTextView };
    evidence_grid: { request: EvidencePageRequest; view: EvidenceGridView };
    evidence_thumbnail: { request: EvidenceRequest; view: PictureView };
    review: { request: null; view: ReviewView };
    identity_make: { request: IdentityRequest; view: ReviewView };
    review_sign: { request: SignRequest; view: ReviewView };
    review_reopen: { request: ReopenRequest; view: ReviewView };
    note_add: { request: NoteRequest; view: ReviewView };
    note_reply: { request: NoteAnswerRequest; view: ReviewView };
    note_clear: { request: NoteAnswerRequest; view: ReviewView };
    team: { request: null; view: TeamView };
    team_save: { request: TeamMemberView; view: TeamView };
    contacts: { request: null; view: ContactsView };
    contact_card_set: { request: CardNameRequest; view: ContactsView };
    contact_card_save: { request: PathRequest; view: ExportView };
    contact_look: { request: CardRequest; view: CardLookView };
    contact_add: { request: CardRequest; view: ContactsView };
    contact_verify: { request: ContactVerifyRequest; view: ContactsView };
    contact_change_key: { request: ContactKeyRequest; view: ContactsView };
    contact_remove: { request: ContactRequest; view: ContactsView };
    assignments: { request: null; view: AssignmentsView };
    assign: { request: AssignRequest; view: AssignmentsView };
    mine: { request: null; view: MineView };
    mine_set: { request: MineRequest; view: MineView };
    session_touch: { request: null; view: null };
    clipboard_put: { request: ClipboardRequest; view: null };
    security: { request: null; view: SecurityView };
    security_set: { request: SecurityView; view: SecurityView };
    settings: { request: null; view: SettingsView };
    settings_set: { request: SettingsView; view: SettingsView };
    backups: { request: null; view: BackupsView };
    backup_make: { request: BackupRequest; view: BackupsView };
    handover: { request: null; view: HandoverView };
    handover_plan: { request: HandoverRequest; view: HandoverPlanView };
    handover_create: { request: HandoverCreateRequest; view: HandoverMadeView };
    handover_inspect: { request: PathRequest; view: TakeInView };
    handover_changes: { request: TakeInChangesRequest; view: TakeInChangesView };
    handover_cancel: { request: null; view: null };
    merge_apply: { request: MergeApplyRequest; view: MergeDoneView };
    merges: { request: null; view: MergesView };
    merge_undo: { request: MergeUndoRequest; view: MergesView };
    dashboard: { request: null; view: DashboardView };
    headquarters: { request: HeadquartersRequest; view: HeadquartersView };
    headquarters_book: { request: HeadquartersBookRequest; view: ExportView };
    headquarters_tables: { request: HeadquartersTablesRequest; view: ExportView };
    headquarters_renew: { request: null; view: HeadquartersRenewedView };
    gate: { request: null; view: GateView };
    export_papers: { request: ExportRequest; view: ExportView };
    export_report: { request: ExportRequest; view: ExportView };
    export_document: { request: DocumentExportRequest; view: ExportView };
    output_pages: { request: OutputPagesRequest; view: OutputPagesView };
    output_page: { request: OutputPageRequest; view: PictureView };
    finding_pages: { request: FindingNoRequest; view: OutputPagesView };
    output_papers: { request: null; view: Array<OutputPaperView> };
    output_paper: { request: OutputPaperRequest; view: OutputSheetsView };
    output_grid: { request: OutputGridRequest; view: EvidenceGridView };
    templates: { request: null; view: Array<TemplateView> };
    template_check: { request: PathRequest; view: TemplateCheckView };
    template_add: { request: TemplateAddRequest; view: Array<TemplateView> };
    template_drop: { request: KeyRequest; view: Array<TemplateView> };
    template_save: { request: TemplateFileRequest; view: ExportView };
    template_fill: { request: TemplateFileRequest; view: TemplateFilledView };
    template_preview: { request: TemplateKeyRequest; view: TemplatePreviewView };
    placeholders: { request: null; view: Array<PlaceholderView> };
    licences: { request: null; view: LicencesView };
    trail: { request: TrailRequest; view: TrailPageView };
    trail_entry: { request: TrailEntryRequest; view: TrailEntryView };
    trail_checkpoint: { request: CheckpointRequest; view: CheckpointView };
    trail_verify: { request: TrailVerifyRequest; view: TrailVerdictView };
    exam_put_away: { request: PutAwayRequest; view: Array<ExamHeadView> };
    exam_destroy: { request: DestroyRequest; view: DestructionView };
    news_seen: { request: null; view: VaultView };
    practice_make: { request: null; view: ExamView };
    practice_remove: { request: ExamRequest; view: Array<ExamHeadView> };
    destructions: { request: null; view: Array<DestructionView> };
    destruction_export: { request: DestructionExportRequest; view: ExportView };
}
