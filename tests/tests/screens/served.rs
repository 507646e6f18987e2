//! The pages with the invented host, built as they are now and served on 127.0.0.1 while the test runs.

use fieldbook_tests::root;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, OnceLock};

/// What stands in the page's head besides its own.
const HEAD: &str = "<script src=\"/still.js\"></script><script src=\"/axe.js\"></script><link rel=\"stylesheet\" href=\"/still.css\">";

struct Page {
    kind: &'static str,
    bytes: Vec<u8>,
}

/// Where they are served, from the first call on.
pub fn serve() -> String {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(build_and_serve).clone()
}

fn build_and_serve() -> String {
    let done = Command::new("npm").args(["run", "fake"]).current_dir(root().join("ui")).output();
    let done = done.expect("npm starts");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let pages = Arc::new(pages());
    let policy: Arc<str> = policy().into();
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port of this machine");
    let address = format!("http://{}", listener.local_addr().expect("the port has a number"));
    std::thread::spawn(move || {
        for stream in listener.incoming().filter_map(Result::ok) {
            let (pages, policy) = (Arc::clone(&pages), Arc::clone(&policy));
            // A browser that went away meanwhile is no fault of the page.
            std::thread::spawn(move || answer(stream, &pages, &policy).ok());
        }
    });
    address
}

/// Everything there is, by its path.
fn pages() -> BTreeMap<String, Page> {
    let dist = root().join("ui/dist-fake");
    let mut pages = BTreeMap::new();
    for folder in ["", "assets"] {
        for entry in fs::read_dir(dist.join(folder)).expect("the built pages").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_file() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let at = if folder.is_empty() { format!("/{name}") } else { format!("/{folder}/{name}") };
                pages.insert(at, Page { kind: kind(&path), bytes: fs::read(&path).expect("a built page") });
            }
        }
    }
    let index = pages.remove("/index.html").expect("index.html is built").bytes;
    let index =
        String::from_utf8(index).expect("index.html is text").replace("<head>", &format!("<head>{HEAD}"));
    assert!(index.contains(HEAD), "index.html has a head");
    pages.insert("/".to_owned(), Page { kind: "text/html; charset=utf-8", bytes: index.into_bytes() });
    let axe = fs::read(root().join("ui/node_modules/axe-core/axe.min.js")).expect("axe-core is installed");
    for (at, kind, bytes) in [
        ("/axe.js", "text/javascript", axe),
        ("/still.js", "text/javascript", include_bytes!("page/still.js").to_vec()),
        ("/still.css", "text/css", include_bytes!("page/still.css").to_vec()),
    ] {
        pages.insert(at.to_owned(), Page { kind, bytes });
    }
    pages
}

/// The program's own policy, so that what it would block is missing here too.
fn policy() -> String {
    let config = fs::read_to_string(root().join("src-tauri/tauri.conf.json")).expect("tauri.conf.json");
    let config: Value = serde_json::from_str(&config).expect("tauri.conf.json");
    let rules = config["app"]["security"]["csp"].as_object().expect("a policy").clone();
    rules
        .iter()
        .filter(|(name, _)| *name != "frame-ancestors")
        .map(|(name, value)| format!("{name} {}", value.as_str().unwrap_or_default()))
        .collect::<Vec<_>>()
        .join("; ")
}

fn kind(path: &Path) -> &'static str {
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("ttf") => "font/ttf",
        Some("html") => "text/html; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    }
}

fn answer(mut stream: TcpStream, pages: &BTreeMap<String, Page>, policy: &str) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    let asked = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    let path = asked.split(' ').nth(1).and_then(|at| at.split('?').next()).unwrap_or_default();
    let (state, kind, bytes) = match pages.get(path) {
        Some(page) => ("200 OK", page.kind, page.bytes.as_slice()),
        None => ("404 Not Found", "text/plain", [].as_slice()),
    };
    let keep = if path == "/" { "no-store" } else { "max-age=3600" };
    let head = format!(
        "HTTP/1.1 {state}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nContent-Security-Policy: {policy}\r\nCache-Control: {keep}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(bytes)
}
