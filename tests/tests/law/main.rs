//! The checklists as living law, as an examiner meets them: answers, applicability, editions, the organisation's own
//! checklists, papers, periods and patterns.

mod answers;
mod authoring;
mod bulk;
mod carry;
mod editions;
mod folder;
mod items;
mod papers;
mod patterns;
mod periods;
mod scope;
mod spreadsheet;
mod take_over;
