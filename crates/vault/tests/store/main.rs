//! The store as its users see it: a folder, an exam, its law, an import, queries, records.

mod answers;
mod batch;
mod crash;
mod fixture;
mod folder;
mod functions;
mod import;
mod law;
mod packages;
mod query;
mod records;
mod review;
mod version_1;
mod versions;
mod view;
