//! Pages in the engine that shows them in the program (WebKitGTK), without the program around them.

use super::surroundings::Surroundings;
use super::{Fault, Page};
use serde_json::Value;
use std::path::PathBuf;

/// A window of the engine's own small browser, on a display of its own.
pub struct Tab {
    /// What is shown in it.
    pub page: Page,
    // After the page, so that the session ends before the driver does.
    _surroundings: Surroundings,
}

/// The browser that comes with the engine's library.
fn browser() -> PathBuf {
    let folder = format!("/usr/lib/{}-linux-gnu/webkit2gtk-4.1", std::env::consts::ARCH);
    PathBuf::from(folder).join("MiniBrowser")
}

impl Tab {
    /// Opens an empty one.
    ///
    /// # Errors
    /// When the driver or the browser does not start.
    pub async fn open() -> Result<Self, Fault> {
        let surroundings = Surroundings::alone()?;
        let page = Page::connect(surroundings.port(), &browser(), &["--automation"]).await?;
        page.be_patient().await?;
        Ok(Self { page, _surroundings: surroundings })
    }

    /// Goes to an address and waits until the page there is loaded.
    ///
    /// # Errors
    /// The driver's.
    pub async fn go(&self, address: &str) -> Result<(), Fault> {
        self.page.go(address).await
    }

    /// Gives the page exactly this size, whatever the browser draws around it.
    ///
    /// # Errors
    /// When the window does not take it.
    pub async fn resize(&self, width: u32, height: u32) -> Result<(), Fault> {
        let around = "return [outerWidth - innerWidth, outerHeight - innerHeight]";
        let around = self.page.script(around, Vec::new()).await?;
        let more = |at: usize| around[at].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        self.page.size(width + more(0), height + more(1)).await?;
        self.page.until(&format!("innerWidth === {width} && innerHeight === {height}"), "the size").await
    }

    /// Runs a script that answers by calling the last of its arguments.
    ///
    /// # Errors
    /// As [`Page::ask`].
    pub async fn ask(&self, script: &str, arguments: Vec<Value>) -> Result<Value, Fault> {
        self.page.ask(script, arguments).await
    }

    /// Closes it and waits for it.
    ///
    /// # Errors
    /// When the driver refuses.
    pub async fn close(self) -> Result<(), Fault> {
        self.page.close().await
    }
}
