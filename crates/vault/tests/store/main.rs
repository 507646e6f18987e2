//! The store as its users see it: a folder, an exam, its law, an import, queries, records.

mod answers;
mod assignments;
mod batch;
mod contacts;
mod crash;
mod custody;
mod exchange;
mod fixture;
mod folder;
mod functions;
mod import;
mod integrity;
mod law;
mod other_programs;
mod packages;
mod query;
mod records;
mod retention;
mod review;
mod slots;
mod trail;
mod version_1;
mod versions;
mod view;
