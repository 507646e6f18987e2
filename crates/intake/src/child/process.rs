//! The other process: started, asked, waited for as long as it may take, and never left behind.

use super::frame::{self, Reply};
use crate::BookReader;
use crate::{Excess, IntakeError, Limits};
use serde::Serialize;
use std::io;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::thread::JoinHandle;
use std::time::Duration;

/// How often a wait looks whether it was cancelled.
const TICK: Duration = Duration::from_millis(50);
/// Ticks in which a process that closed its end has time to end.
const ENDING: u32 = 40;
/// The answer is to another question, or none at all.
pub(crate) const SENSELESS: IntakeError = IntakeError::Damaged { what: "answer of the reading process" };

/// A running process that answers with `A`; dropping it ends it.
pub(crate) struct Process<A> {
    child: Child,
    asks: Option<ChildStdin>,
    answers: Receiver<io::Result<A>>,
    listener: Option<JoinHandle<()>>,
    limits: Limits,
}

impl<A: Reply> Process<A> {
    /// Starts the program with nothing of this process's environment: it could hold a passphrase.
    ///
    /// # Errors
    /// `NoReader`.
    pub(crate) fn start(reader: &BookReader, limits: &Limits) -> Result<Self, IntakeError> {
        let mut child = Command::new(&reader.program)
            .args(&reader.args)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(IntakeError::NoReader)?;
        let (asks, output) = (child.stdin.take(), child.stdout.take());
        let (sender, answers) = sync_channel(1);
        let listener = output.map(|mut output| {
            std::thread::spawn(move || {
                while let Some(answer) = frame::read(&mut output).transpose() {
                    let last = answer.is_err();
                    if sender.send(answer).is_err() || last {
                        return;
                    }
                }
            })
        });
        Ok(Self { child, asks, answers, listener, limits: limits.clone() })
    }

    /// Asks and waits. After an error the process is not asked again: it is gone, or sent away.
    ///
    /// # Errors
    /// What the process answers; `Damaged` or `TooLarge` when it dies, makes no sense or takes too long;
    /// `Cancelled`.
    pub(crate) fn ask(
        &mut self,
        ask: &impl Serialize,
        cancel: Option<&AtomicBool>,
    ) -> Result<A, IntakeError> {
        let asked = self.asks.as_mut().map(|asks| frame::write(asks, ask));
        if !matches!(asked, Some(Ok(()))) {
            return Err(self.gone());
        }
        let most = u128::from(self.limits.max_reader_seconds) * 1000 / TICK.as_millis();
        for _ in 0..most {
            match self.answers.recv_timeout(TICK) {
                Ok(Ok(answer)) => {
                    return answer.fault().map_or(Ok(answer), |fault| Err(fault.error(&self.limits)));
                }
                Ok(Err(e)) if e.kind() == io::ErrorKind::UnexpectedEof => return Err(self.gone()),
                Ok(Err(_)) => {
                    self.end();
                    return Err(SENSELESS);
                }
                Err(RecvTimeoutError::Disconnected) => return Err(self.gone()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if cancel.is_some_and(|flag| flag.load(Ordering::Relaxed)) {
                self.end();
                return Err(IntakeError::Cancelled);
            }
        }
        self.end();
        let limit = u64::from(self.limits.max_reader_seconds);
        Err(IntakeError::TooLarge { what: Excess::Seconds, limit })
    }

    /// Why the process does not answer any more.
    fn gone(&mut self) -> IntakeError {
        self.asks = None;
        for _ in 0..ENDING {
            match self.child.try_wait() {
                Ok(Some(status)) if ran_out_of_memory(status) => {
                    let limit = self.limits.max_reader_memory;
                    return IntakeError::TooLarge { what: Excess::Memory, limit };
                }
                Ok(None) => std::thread::sleep(TICK),
                Ok(Some(_)) | Err(_) => break,
            }
        }
        self.end();
        IntakeError::Damaged { what: "file that fells its reader" }
    }
}

impl<A> Process<A> {
    /// Ends the process and waits until nothing is left of it.
    fn end(&mut self) {
        self.asks = None;
        // Whoever has ended already cannot be killed, and that is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl<A> Drop for Process<A> {
    fn drop(&mut self) {
        self.end();
        if let Some(listener) = self.listener.take() {
            // It may be about to hand over an answer that nobody takes.
            self.answers = sync_channel(1).1;
            let _ = listener.join();
        }
    }
}

/// A program that gets no memory aborts; the system kills one that takes too much.
#[cfg(unix)]
fn ran_out_of_memory(status: ExitStatus) -> bool {
    use std::os::unix::process::ExitStatusExt;
    const ABORT: i32 = 6;
    const KILL: i32 = 9;
    matches!(status.signal(), Some(ABORT | KILL))
}

/// A program that gets no memory aborts, which the system reports as 0xC0000409.
#[cfg(windows)]
fn ran_out_of_memory(status: ExitStatus) -> bool {
    status.code() == Some(-1_073_740_791)
}
