//! Use cases, the same for the window and the command line. Each takes the [`Desk`] and a request of the wire and
//! gives back a view or an error pair. Here, and only here, the rooms below are joined.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod analysis;
pub mod assignment;
pub mod audit;
pub mod backup;
mod call;
pub mod checklist;
mod clipboard;
pub mod contact;
pub mod count;
pub mod dashboard;
pub mod data;
pub mod dates;
mod desk;
mod dossier;
pub mod edition;
mod error;
pub mod evidence;
pub mod exam;
mod export;
mod failure;
pub mod finding;
pub mod handover;
pub mod headquarters;
pub mod host;
pub mod import;
pub mod integrity;
pub mod keys;
mod keystore;
pub mod licences;
mod mask;
pub mod notice;
pub mod output;
pub mod own;
pub mod passphrase;
pub mod picture;
pub mod practice;
pub mod profile;
mod recall;
pub mod request;
pub mod retention;
pub mod review;
pub mod sample;
pub mod security;
pub mod session;
pub mod settings;
mod shared;
pub mod store;
pub mod team;
pub mod template;
pub mod trail;
mod view;
pub mod watch;
pub mod wire;

pub use call::{
    LARGEST_REQUEST, LONGEST_TEXT, MOST_VALUES, Tell, Told, call, call_telling, names as command_names,
};
pub use clipboard::Clipboard;
pub use desk::{DataStop, Desk};
pub use error::AppError;
pub use host::Host;
pub use shared::SharedDesk;
