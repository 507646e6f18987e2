//! From the reader to the writer: two threads, so that parsing a large file and encrypting it go on side by side.

use super::order::SheetOrder;
use super::pace::Meter;
use super::take::sheet_head;
use fieldbook_intake::{IntakeError, Passthrough, RowSink, SheetPlan, SinkClosed, Source};
use fieldbook_model::{DatasetDef, SheetRecord, TypedRow};
use fieldbook_vault::{ImportWriter, VaultError};
use jiff::civil::Date;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Rows handed over at once.
const CHUNK: usize = 512;
/// Chunks that may wait; what bounds the memory.
const WAITING: usize = 8;

/// A sheet to pump.
pub(super) struct Job<'a> {
    pub(super) plan: &'a SheetPlan,
    pub(super) def: &'a DatasetDef,
    pub(super) as_of: Date,
    pub(super) sheet: &'a SheetOrder,
    pub(super) cancel: &'a AtomicBool,
}

/// Which side broke off.
pub(super) enum PumpError {
    Intake(IntakeError),
    Vault(VaultError),
}

enum Message {
    Rows(Vec<TypedRow>),
    Restart,
}

/// The reader's end.
struct Sender {
    channel: SyncSender<Message>,
    chunk: Vec<TypedRow>,
}

impl Sender {
    fn flush(&mut self) -> Result<(), SinkClosed> {
        let chunk = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK));
        self.channel.send(Message::Rows(chunk)).map_err(|_| SinkClosed)
    }
}

impl RowSink for Sender {
    fn row(&mut self, row: TypedRow) -> Result<(), SinkClosed> {
        self.chunk.push(row);
        if self.chunk.len() < CHUNK { Ok(()) } else { self.flush() }
    }

    fn restart(&mut self) -> Result<(), SinkClosed> {
        self.chunk.clear();
        self.channel.send(Message::Restart).map_err(|_| SinkClosed)
    }
}

/// Reads a sheet into the writer, or into nothing when there is none; gives the stored sheet's id, 0 without a writer.
pub(super) fn run(
    source: &mut Source,
    job: &Job<'_>,
    mut writer: Option<&mut ImportWriter<'_>>,
    meter: &mut Meter<'_>,
) -> Result<(i64, SheetRecord), PumpError> {
    if let Some(writer) = writer.as_deref_mut() {
        let head = sheet_head(job.plan, &job.def.key, job.sheet.origin);
        writer.begin_sheet(&head).map_err(PumpError::Vault)?;
    }
    let (channel, rows) = sync_channel(WAITING);
    let (read, written) = std::thread::scope(|scope| {
        let reader = scope.spawn(move || read(source, job, channel, meter));
        let written = write(&rows, writer.as_deref_mut());
        // A writer that failed lets go of the channel, so that the reader ends too.
        drop(rows);
        (reader.join(), written)
    });
    written.map_err(PumpError::Vault)?;
    let record = read.unwrap_or(Err(IntakeError::Damaged { what: "reader" })).map_err(PumpError::Intake)?;
    let id = match writer {
        Some(writer) => writer.finish_sheet(&record).map_err(PumpError::Vault)?,
        None => 0,
    };
    Ok((id, record))
}

fn read(
    source: &mut Source,
    job: &Job<'_>,
    channel: SyncSender<Message>,
    meter: &mut Meter<'_>,
) -> Result<SheetRecord, IntakeError> {
    let mut sender = Sender { channel, chunk: Vec::with_capacity(CHUNK) };
    let passthrough = Passthrough { origin: job.sheet.origin, declared_rows: job.sheet.declared_rows };
    let gauge = source.gauge();
    let record = fieldbook_intake::read(
        source,
        job.plan,
        job.def,
        job.as_of,
        passthrough,
        &mut sender,
        &mut |rows| {
            meter.rows(rows, gauge.part());
            if job.cancel.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    )?;
    sender.flush().map_err(|SinkClosed| IntakeError::SinkClosed)?;
    Ok(record)
}

fn write(rows: &Receiver<Message>, mut writer: Option<&mut ImportWriter<'_>>) -> Result<(), VaultError> {
    for message in rows {
        let Some(writer) = writer.as_deref_mut() else { continue };
        match message {
            Message::Rows(rows) => writer.push_all(&rows)?,
            Message::Restart => writer.restart()?,
        }
    }
    Ok(())
}
