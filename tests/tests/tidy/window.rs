//! What the window's configuration allows. Whoever loosens it has to say so here too.

use super::{none, root};
use serde_json::{Value, json};
use std::fs;

fn json_of(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join(path)).expect(path)).expect(path)
}

#[test]
fn the_pages_reach_nothing_but_the_program() {
    let security = json_of("src-tauri/tauri.conf.json")["app"]["security"].clone();
    let csp = json!({
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "ipc: http://ipc.localhost",
        "base-uri": "'none'",
        "form-action": "'none'",
        "frame-ancestors": "'none'",
    });
    assert_eq!(security["csp"], csp);
    assert_eq!(security["freezePrototype"], true);
    assert_eq!(security["capabilities"], json!(["main"]));
    for loose in
        ["dangerousDisableAssetCspModification", "assetProtocol", "dangerousRemoteDomainIpcAccess", "devCsp"]
    {
        assert_eq!(security.get(loose), None, "{loose}");
    }
}

#[test]
fn the_window_has_no_global_tauri_and_no_address_of_a_server() {
    let config = json_of("src-tauri/tauri.conf.json");
    assert_eq!(config["app"]["withGlobalTauri"], false);
    // The one window is made in Rust, where its navigation is held.
    assert_eq!(config["app"]["windows"], json!([]));
    assert_eq!(config["build"]["devUrl"], Value::Null);
    assert_eq!(config["build"]["frontendDist"], "../ui/dist");
    assert_eq!(config.get("plugins"), None);
}

#[test]
fn the_pages_may_listen_and_ask_for_files_and_nothing_else() {
    let folder = root().join("src-tauri/capabilities");
    let files: Vec<_> = fs::read_dir(folder).expect("capabilities").filter_map(Result::ok).collect();
    assert_eq!(files.len(), 1, "one window, one file of capabilities");
    let main = json_of("src-tauri/capabilities/main.json");
    assert_eq!(main["windows"], json!(["main"]));
    assert_eq!(main.get("remote"), None);
    let allowed =
        ["core:event:allow-listen", "core:event:allow-unlisten", "dialog:allow-open", "dialog:allow-save"];
    assert_eq!(main["permissions"], json!(allowed));
}

#[test]
fn the_shell_refuses_navigation_new_windows_and_downloads_and_has_no_tools_for_developers() {
    let source = fs::read_to_string(root().join("src-tauri/src/main.rs")).expect("main.rs");
    let mut complaints = Vec::new();
    for kept in [
        ".on_navigation(is_ours)",
        ".on_new_window(|_, _| NewWindowResponse::Deny)",
        ".on_download(|_, _| false)",
        ".incognito(!driven)",
        ".general_autofill_enabled(false)",
        "keep_to_itself()",
        "static MEMORY: ZeroAlloc<System>",
    ] {
        if !source.contains(kept) {
            complaints.push(format!("src-tauri/src/main.rs lacks {kept}"));
        }
    }
    for file in ["Cargo.toml", "src-tauri/Cargo.toml"] {
        let text = fs::read_to_string(root().join(file)).expect(file);
        for plugin in ["devtools", "tauri-plugin-shell", "tauri-plugin-fs", "tauri-plugin-http", "isolation"]
        {
            if text.contains(plugin) {
                complaints.push(format!("{file} names {plugin}"));
            }
        }
    }
    none(&complaints, "The window is held by its shell:");
}

#[test]
fn the_pages_write_nothing_into_the_web_views_own_stores_and_reach_no_clipboard_by_themselves() {
    let mut complaints = Vec::new();
    for file in super::text_files() {
        let page = file.path.starts_with("ui/src/") && (file.is("ts") || file.is("svelte"));
        let of_tests =
            file.path.contains(".test.") || file.path.contains("/testing/") || file.path.contains("/fake/");
        if !page || of_tests {
            continue;
        }
        for store in [
            "localStorage",
            "sessionStorage",
            "indexedDB",
            "document.cookie",
            "navigator.clipboard",
            "caches.open",
        ] {
            if file.text.contains(store) {
                complaints.push(format!("{} uses {store}", file.path));
            }
        }
    }
    none(&complaints, "Nothing of an exam stays in the web view:");
}
