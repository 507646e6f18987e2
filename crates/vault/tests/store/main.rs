//! The store as its users see it: a folder, an exam, an import, queries, records.

mod crash;
mod fixture;
mod folder;
mod functions;
mod import;
mod query;
mod records;
