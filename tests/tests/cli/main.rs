//! The command line as a user notices it: exit codes, what stands on stdout and on stderr, what a refused call leaves
//! as it was.

mod call;
mod checklists;
mod contacts;
mod custody;
mod disasters;
mod exams;
mod folder;
mod headquarters;
mod imports;
mod integrity;
mod log;
mod mappings;
mod packages;
mod papers;
mod review;
mod slots;
mod spreadsheets;
mod whole_books;
