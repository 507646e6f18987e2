//! From the reader to the writer: two threads, so that parsing a large file and encrypting it go on side by side.

use super::order::SheetOrder;
use super::pace::Meter;
use super::take::sheet_head;
use fieldbook_intake::{IntakeError, Passthrough, RowSink, SheetPlan, SinkClosed, Source};
use fieldbook_model::{DatasetDef, SheetRecord, TypedRow};
use fieldbook_vault::{ImportWriter, RowShape, Rows, VaultError};
use jiff::civil::Date;
use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

/// Rows handed over at once.
const CHUNK_ROWS: usize = 512;
/// Bytes of text that are handed over at once, however few rows they are.
const CHUNK_BYTES: usize = 1 << 20;
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
    Rows(Rows),
    Restart,
    /// A row that cannot be put down ends the import.
    Broken(VaultError),
}

/// The reader's end.
struct Sender {
    /// How rows are put down; nobody wants them without it.
    shape: Option<RowShape>,
    channel: SyncSender<Message>,
    chunk: Rows,
    /// Chunks that were stored, to be filled again.
    empty: Receiver<Rows>,
}

impl Sender {
    fn flush(&mut self) -> Result<(), SinkClosed> {
        let next = self.empty.try_recv().unwrap_or_default();
        let chunk = std::mem::replace(&mut self.chunk, next);
        self.send(Message::Rows(chunk))
    }

    fn send(&self, message: Message) -> Result<(), SinkClosed> {
        self.channel.send(message).map_err(|_| SinkClosed)
    }
}

impl RowSink for Sender {
    fn row(&mut self, row: TypedRow) -> Result<(), SinkClosed> {
        let Some(shape) = &self.shape else { return Ok(()) };
        if let Err(error) = shape.put(&row, &mut self.chunk) {
            self.send(Message::Broken(error))?;
            return Err(SinkClosed);
        }
        let full = self.chunk.len() >= CHUNK_ROWS || self.chunk.text_bytes() >= CHUNK_BYTES;
        if full { self.flush() } else { Ok(()) }
    }

    fn restart(&mut self) -> Result<(), SinkClosed> {
        self.chunk.clear();
        self.send(Message::Restart)
    }
}

/// Reads a sheet into the writer, or into nothing when there is none; gives the stored sheet's id, 0 without a writer.
pub(super) fn run(
    source: &mut Source,
    job: &Job<'_>,
    mut writer: Option<&mut ImportWriter<'_>>,
    meter: &mut Meter<'_>,
) -> Result<(i64, SheetRecord), PumpError> {
    let mut shape = None;
    if let Some(writer) = writer.as_deref_mut() {
        let head = sheet_head(job.plan, &job.def.key, job.sheet.origin);
        writer.begin_sheet(&head).map_err(PumpError::Vault)?;
        shape = Some(writer.shape().map_err(PumpError::Vault)?);
    }
    let (channel, rows) = sync_channel(WAITING);
    let (giver, empty) = sync_channel(WAITING);
    let sender = Sender { shape, channel, chunk: Rows::default(), empty };
    let (read, written) = std::thread::scope(|scope| {
        let reader = scope.spawn(move || read(source, job, sender, meter));
        let written = write(&rows, &giver, writer.as_deref_mut());
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
    mut sender: Sender,
    meter: &mut Meter<'_>,
) -> Result<SheetRecord, IntakeError> {
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

fn write(
    messages: &Receiver<Message>,
    giver: &SyncSender<Rows>,
    mut writer: Option<&mut ImportWriter<'_>>,
) -> Result<(), VaultError> {
    for message in messages {
        let Some(writer) = writer.as_deref_mut() else { continue };
        match message {
            Message::Rows(mut rows) => {
                writer.push_all(&rows)?;
                rows.clear();
                // The reader is gone when no more are needed.
                let _ = giver.try_send(rows);
            }
            Message::Restart => writer.restart()?,
            Message::Broken(error) => return Err(error),
        }
    }
    Ok(())
}
