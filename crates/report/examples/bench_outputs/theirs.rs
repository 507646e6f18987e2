//! The other sides: the same cells by xlsxwriter, the same table by typst, each at its best.

use super::{Measured, Outcome};
use std::path::Path;
use std::process::Command;

/// Reads the cells first; what is measured begins with the workbook and ends with the file.
const XLSXWRITER: &str = r##"
import resource, sys, time, os, xlsxwriter
folder = sys.argv[1]
sheets = []
for line in open(os.path.join(folder, "cells.tsv"), encoding="utf-8"):
    parts = line.rstrip("\n").split("\t")
    if parts[0] == "SHEET":
        sheets.append((parts[1], [], []))
    elif parts[0] == "TABLE":
        sheets[-1][2].append([int(n) for n in parts[1:]])
    else:
        cells = [float(p[1:]) if p[0] == "#" else p[1:].replace("\\n", "\n") for p in parts[1:]]
        sheets[-1][1].append((float(parts[0]), cells))
begin = time.perf_counter()
path = os.path.join(folder, "theirs.xlsx")
book = xlsxwriter.Workbook(path)
base = {"font_name": "Microsoft JhengHei", "font_size": 10, "text_wrap": True, "valign": "top", "border": 7}
text = book.add_format({**base, "align": "left", "indent": 1})
number = book.add_format({**base, "align": "right", "indent": 1, "num_format": "0"})
for name, rows, tables in sheets:
    page = book.add_worksheet(name)
    for r, (height, cells) in enumerate(rows):
        page.set_row(r, height)
        for c, value in enumerate(cells):
            if isinstance(value, float):
                page.write_number(r, c, value, number)
            elif value:
                page.write_string(r, c, value, text)
            else:
                page.write_blank(r, c, None, text)
    for top, last, columns in tables:
        titles = [{"header": t} for t in rows[top][1][:columns]]
        page.add_table(top, 0, last, columns - 1, {"columns": titles, "style": None})
book.close()
seconds = time.perf_counter() - begin
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, os.path.getsize(path))
"##;

const TYPST: &str = r##"
import resource, sys, time, os, typst
folder, fonts = sys.argv[1], sys.argv[2]
begin = time.perf_counter()
made = typst.compile(os.path.join(folder, "table.typ"), font_paths=[fonts])
seconds = time.perf_counter() - begin
open(os.path.join(folder, "theirs.pdf"), "wb").write(made)
print(seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, len(made))
"##;

/// The cells by xlsxwriter.
pub fn xlsxwriter(folder: &Path) -> Outcome<Measured> {
    told(python(XLSXWRITER).arg(folder), "xlsxwriter")
}

/// The table by typst.
pub fn typst(folder: &Path) -> Outcome<Measured> {
    let fonts = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../ui/node_modules/@expo-google-fonts/noto-sans-tc/400Regular");
    told(python(TYPST).arg(folder).arg(fonts), "typst")
}

fn python(script: &str) -> Command {
    let python = std::env::var_os("FIELDBOOK_PYTHON").unwrap_or_else(|| "python3".into());
    let mut command = Command::new(python);
    command.args(["-c", script]);
    command
}

/// What a side says of itself: seconds, peak in MiB, bytes.
pub fn told(command: &mut Command, side: &str) -> Outcome<Measured> {
    let done = command.output().map_err(|e| format!("{side}: {e}"))?;
    if !done.status.success() {
        return Err(format!("{side}: {}", String::from_utf8_lossy(&done.stderr)).into());
    }
    let text = String::from_utf8(done.stdout)?;
    let mut numbers = text.split_whitespace().map(str::parse::<f64>);
    match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(Ok(seconds)), Some(Ok(peak)), Some(Ok(bytes))) => Ok(Measured { seconds, peak, bytes }),
        _ => Err(format!("{side} said: {text}").into()),
    }
}
