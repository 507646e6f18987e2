//! What the monkey sees and how it gets at it.

use crate::window::{Fault, Window};
use serde_json::{Value, json};

/// Controls that it leaves alone, as a selector: what opens a dialog of the system, writes files, hands over, opens other
/// programs, or ends an exam, a key or a vault.
const LEFT_ALONE: &str = "[data-testid$=-browse], [data-testid$=-export], [data-testid$=-path], [data-testid=import-add],
    [data-testid^=keeping], [data-testid^=exam-keep], [data-testid^=destroy], [data-testid^=key-], [data-testid^=keys-],
    [data-testid^=backups-], [data-testid=recovery-print], [data-testid=handover-create], [data-testid=take-look],
    [data-testid=evidence-take], [data-testid^=settings-], [data-testid^=security-], [data-testid^=memory-],
    [data-testid=exam-create], [data-testid^=package-], [data-testid=vault-dir], [data-testid=vault-switch],
    [data-testid=vault-other], [data-testid=vault-keystore], [data-testid=lock], [data-testid=exams-back],
    [data-testid=language], [data-testid$=-result] button, [data-testid^=card-], [data-testid^=contact],
    [data-testid=batch-1-undo], [data-testid=undo-confirm]";

/// Every control of a kind that a person could press now: visible, enabled, with nothing above its middle.
const IN_REACH: &str = "
    const [which, apart, at] = arguments;
    const inside = document.querySelector('dialog[open]:last-of-type') ?? document;
    const reach = [...inside.querySelectorAll(which)].filter((e) => !e.disabled && !e.matches(apart)).flatMap((e) => {
        const r = e.getBoundingClientRect();
        const [x, y] = [r.x + r.width / 2, r.y + r.height / 2];
        if (r.width < 2 || r.height < 2 || x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return [];
        const top = document.elementFromPoint(x, y);
        return top && (e === top || e.contains(top) || top.closest('label')?.control === e) ? [[e, x, y]] : [];
    });
    if (reach.length === 0) return null;
    const [e, x, y] = reach[at % reach.length];
    return [Math.floor(x), Math.floor(y), e.dataset.testid ?? e.innerText?.slice(0, 20) ?? ''];";

/// Notes what the console would show; again after the pages began anew.
const WATCH: &str = "
    if (window.__said) return;
    window.__said = [];
    const note = (what) => (text) => { if (window.__said.length < 50) window.__said.push(`${what}: ${text}`); };
    addEventListener('error', (e) => note('error')(`${e.message} ${e.error?.stack ?? ''}`));
    addEventListener('unhandledrejection', (e) => note('rejection')(e.reason?.stack ?? JSON.stringify(e.reason)));
    addEventListener('securitypolicyviolation', (e) => note('policy')(`${e.violatedDirective} ${e.blockedURI}`));
    const { error } = console;
    console.error = (...all) => { note('console')(all.map(String).join(' ')); error.apply(console, all); };";

pub(super) struct Hands<'a> {
    pub(super) window: &'a Window,
    exam: String,
    pub(super) unlocked: usize,
}

impl<'a> Hands<'a> {
    pub(super) fn new(window: &'a Window, exam: &str) -> Self {
        Self { window, exam: exam.to_owned(), unlocked: 0 }
    }

    pub(super) async fn watch(&self) -> Result<(), Fault> {
        self.window.page.script(WATCH, Vec::new()).await.map(|_| ())
    }

    /// What was said since this was asked last.
    pub(super) async fn said(&self) -> Result<Value, Fault> {
        self.window.page.script("return window.__said?.splice(0) ?? []", Vec::new()).await
    }

    async fn point(&self, which: &str, at: usize) -> Result<bool, Fault> {
        let asked = vec![json!(which), json!(LEFT_ALONE), json!(at)];
        let found = self.window.page.script(IN_REACH, asked).await?;
        let number = |n: usize| found.get(n).and_then(Value::as_i64).and_then(|at| i32::try_from(at).ok());
        let (Some(x), Some(y)) = (number(0), number(1)) else { return Ok(false) };
        self.window.page.press_at(x, y).await.map(|()| true)
    }

    pub(super) async fn press(&self, at: usize) -> Result<(), Fault> {
        let which = "button, [role=option], [role=row] > *, input[type=checkbox], input[type=radio], summary, a[href]";
        self.point(which, at).await.map(|_| ())
    }

    pub(super) async fn enter_field(&self, at: usize) -> Result<(), Fault> {
        self.point("textarea, input:not([type=checkbox], [type=radio], [type=password])", at)
            .await
            .map(|_| ())
    }

    pub(super) async fn nothing_floats(&self) -> Result<(), Fault> {
        for _ in 0..10 {
            let floats = "return document.querySelector('dialog[open]') !== null";
            if self.window.page.script(floats, Vec::new()).await? == Value::Bool(false) {
                return Ok(());
            }
            self.window.page.keys("\u{E00C}").await?;
        }
        Err(Fault::Waited("what floats to be closed by Escape".to_owned()))
    }

    /// Back into the exam, from the list or from a locked vault.
    pub(super) async fn back(&mut self) -> Result<(), Fault> {
        let page = &self.window.page;
        let here = "document.querySelector('[data-testid=stage-items]')";
        if page.script(&format!("return {here} !== null && window.__said !== undefined"), Vec::new()).await?
            == Value::Bool(true)
        {
            return Ok(());
        }
        let list = "document.querySelector('[data-testid^=exam-open-], [data-testid=headquarters-back]')";
        let locked = "document.querySelector('[data-testid=vault-unlock]:not([aria-busy=true])')";
        page.until(&format!("{here} || {list} || {locked}"), "the exam, the list or the lock").await?;
        if page.has("vault-unlock").await? {
            self.unlocked += 1;
            super::open(self.window, &self.exam).await?;
        } else if !page.has("stage-items").await? {
            self.nothing_floats().await?;
            if page.has("headquarters-back").await? {
                page.press("headquarters-back").await?;
            }
            page.press(&format!("exam-open-{}", self.exam)).await?;
            page.at("stage-items").await?;
        }
        self.watch().await
    }
}
