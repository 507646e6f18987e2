//! What a procedure's statement may do: read the datasets through their views, and call functions whose result
//! depends on nothing but their arguments. No clock, no randomness, no file, no other table.

use crate::kept::Kept;
use crate::scope::derived_prefix;
use crate::table::dataset::{old_table_of, table_of};
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use std::collections::BTreeSet;

/// SQLite's own functions that are allowed. Those on dates are replaced by ours (see `functions.rs`).
const BUILT_IN: &[&str] = &[
    "abs",
    "avg",
    "ceil",
    "ceiling",
    "char",
    "coalesce",
    "concat",
    "concat_ws",
    "count",
    "cume_dist",
    "dense_rank",
    "first_value",
    "floor",
    "format",
    "glob",
    "group_concat",
    "hex",
    "if",
    "ifnull",
    "iif",
    "instr",
    "json",
    "json_array",
    "json_array_length",
    "json_extract",
    "json_group_array",
    "json_group_object",
    "json_object",
    "json_quote",
    "json_type",
    "json_valid",
    "->",
    "->>",
    "lag",
    "last_value",
    "lead",
    "length",
    "like",
    "likelihood",
    "likely",
    "lower",
    "ltrim",
    "max",
    "min",
    "mod",
    "nth_value",
    "ntile",
    "nullif",
    "octet_length",
    "percent_rank",
    "printf",
    "quote",
    "rank",
    "replace",
    "round",
    "row_number",
    "rtrim",
    "sign",
    "string_agg",
    "substr",
    "substring",
    "sum",
    "total",
    "trim",
    "trunc",
    "typeof",
    "unicode",
    "unlikely",
    "upper",
];

/// As [`decide`], for a reader that computes tables into memory: they may be read, and the one that is being made or
/// dropped may be made or dropped.
pub(crate) fn decide_with(ctx: AuthContext<'_>, views: &BTreeSet<String>, kept: &Kept) -> Authorization {
    const SCHEMA: &str = "sqlite_temp_master";
    let temporary = ctx.database_name == Some("temp");
    let allowed = match ctx.action {
        AuthAction::Read { table_name, .. } => temporary && kept.has(table_name),
        AuthAction::CreateTempTable { table_name } | AuthAction::DropTempTable { table_name } => {
            kept.is_making(table_name)
        }
        AuthAction::Insert { table_name } | AuthAction::Delete { table_name } => {
            temporary && kept.makes() && (table_name == SCHEMA || kept.is_making(table_name))
        }
        // The reader begins anew after a table could not be made; no statement of a procedure is one of these.
        AuthAction::Transaction { .. } => kept.makes(),
        AuthAction::Update { table_name, .. } => temporary && kept.makes() && table_name == SCHEMA,
        _ => false,
    };
    let making = allowed || {
        // Making a table reads the list of temporary ones.
        matches!(ctx.action, AuthAction::Read { table_name, .. } if kept.makes() && table_name == SCHEMA)
    };
    if making { Authorization::Allow } else { decide(ctx, views) }
}

/// Decides one action of a statement. `views` are the keys of the datasets.
pub(crate) fn decide(ctx: AuthContext<'_>, views: &BTreeSet<String>) -> Authorization {
    let allowed = match ctx.action {
        AuthAction::Select | AuthAction::Recursive => true,
        AuthAction::Read { table_name, column_name } => {
            may_read(table_name, column_name, ctx.accessor, views)
        }
        AuthAction::Function { function_name } => {
            let name = function_name.to_ascii_lowercase();
            BUILT_IN.contains(&name.as_str()) || crate::functions::NAMES.contains(&name.as_str())
        }
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}

fn may_read(table: &str, column: &str, through: Option<&str>, views: &BTreeSet<String>) -> bool {
    if views.contains(table) || table == "json_each" {
        return true;
    }
    match through {
        // Behind a view: its own table, and where its rows came from.
        Some(view) if views.contains(view) => {
            table == table_of(view)
                || table == old_table_of(view)
                || table == "import_sheet"
                || table == "import_file"
                || table.starts_with(&derived_prefix(view))
        }
        // A statement that uses no column of a view (`count(*)`) asks for the table behind it with no column.
        _ => column.is_empty() && views.iter().any(|view| table == table_of(view)),
    }
}
