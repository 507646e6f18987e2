-- Tables of version 2 of an exam's database.

CREATE TABLE answer (
        clause TEXT NOT NULL,
        unit TEXT NOT NULL,
        system TEXT NOT NULL,
        result TEXT NOT NULL,
        method TEXT,
        mode TEXT,
        note TEXT NOT NULL,
        paper_ref TEXT NOT NULL,
        awaited TEXT,
        origin_exam TEXT,
        origin_clause TEXT,
        origin_unit TEXT,
        origin_system TEXT,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (clause, unit, system)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE applicability_override (
        clause TEXT PRIMARY KEY,
        applicability TEXT NOT NULL,
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE disposition (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        procedure TEXT NOT NULL,
        rule TEXT NOT NULL,
        file_sha256 TEXT NOT NULL,
        sheet TEXT NOT NULL,
        row INTEGER NOT NULL,
        kind TEXT NOT NULL,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        superseded INTEGER NOT NULL DEFAULT 0
    ) STRICT;

CREATE TABLE edition (
        document TEXT PRIMARY KEY,
        version TEXT NOT NULL,
        content_sha256 TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE exam (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        id TEXT NOT NULL,
        firm TEXT NOT NULL,
        case_no TEXT NOT NULL,
        as_of TEXT NOT NULL,
        period_from TEXT NOT NULL,
        period_to TEXT NOT NULL,
        examiners TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT;

CREATE TABLE exception_row (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        run INTEGER NOT NULL REFERENCES run (id),
        procedure TEXT NOT NULL,
        rule TEXT NOT NULL,
        file_sha256 TEXT NOT NULL,
        file TEXT NOT NULL,
        sheet TEXT NOT NULL,
        row INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        clauses TEXT NOT NULL,
        cells TEXT NOT NULL
    ) STRICT;

CREATE TABLE fact (
        code TEXT PRIMARY KEY,
        kind TEXT NOT NULL,
        content TEXT,
        basis TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT
    ) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
        no INTEGER PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        title TEXT NOT NULL,
        condition TEXT NOT NULL,
        clauses TEXT NOT NULL,
        cause TEXT NOT NULL,
        effect TEXT NOT NULL,
        severity TEXT NOT NULL,
        category TEXT NOT NULL,
        recommendation TEXT NOT NULL,
        status TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        count_exceptions INTEGER,
        count_population INTEGER
    ) STRICT;

CREATE TABLE finding_exception (
        finding INTEGER NOT NULL REFERENCES finding (no),
        exception INTEGER NOT NULL REFERENCES exception_row (id),
        PRIMARY KEY (finding, exception)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE import_file (
        batch INTEGER PRIMARY KEY AUTOINCREMENT,
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        encoding TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0
    ) STRICT;

CREATE TABLE import_issue (
        sheet_id INTEGER NOT NULL REFERENCES import_sheet (id),
        ord INTEGER NOT NULL,
        row INTEGER NOT NULL,
        column TEXT NOT NULL,
        code TEXT NOT NULL,
        text TEXT NOT NULL,
        row_rejected INTEGER NOT NULL,
        PRIMARY KEY (sheet_id, ord)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE import_sheet (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        batch INTEGER NOT NULL REFERENCES import_file (batch),
        sheet TEXT NOT NULL,
        dataset TEXT,
        first_id INTEGER NOT NULL,
        header_row INTEGER NOT NULL,
        mapping TEXT NOT NULL,
        unmapped TEXT NOT NULL,
        missing_required TEXT NOT NULL,
        rows_read INTEGER NOT NULL,
        rows_stored INTEGER NOT NULL,
        rows_rejected INTEGER NOT NULL,
        hidden_rows INTEGER,
        hidden_sheet INTEGER NOT NULL,
        origin TEXT,
        declared_rows INTEGER
    ) STRICT;

CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL,
        leaf BLOB NOT NULL
    ) STRICT;

CREATE TABLE pinned_law (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        sha256 TEXT NOT NULL
    ) STRICT;

CREATE TABLE run (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        procedure TEXT NOT NULL,
        procedure_sha256 TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        as_of TEXT NOT NULL,
        period_from TEXT NOT NULL,
        period_to TEXT NOT NULL,
        parameters TEXT NOT NULL,
        verdict TEXT NOT NULL,
        population INTEGER,
        completeness TEXT NOT NULL,
        exceptions INTEGER NOT NULL,
        unknown INTEGER NOT NULL,
        leads INTEGER NOT NULL,
        missing TEXT NOT NULL,
        inputs TEXT NOT NULL
    ) STRICT;

CREATE TABLE run_rule (
        run INTEGER NOT NULL REFERENCES run (id),
        ord INTEGER NOT NULL,
        rule TEXT NOT NULL,
        rows INTEGER,
        missing TEXT NOT NULL,
        PRIMARY KEY (run, ord)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE system (
        name TEXT PRIMARY KEY,
        ord INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE system_fact (
        system TEXT NOT NULL REFERENCES system (name) ON DELETE CASCADE,
        code TEXT NOT NULL,
        kind TEXT NOT NULL,
        content TEXT,
        PRIMARY KEY (system, code)
    ) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX disposition_current ON disposition (procedure, rule, file_sha256, sheet, row)
        WHERE superseded = 0;

CREATE INDEX disposition_key ON disposition (procedure, rule, file_sha256, sheet, row);

CREATE INDEX exception_row_run ON exception_row (run, id);

CREATE TRIGGER finding_no_delete BEFORE DELETE ON finding BEGIN SELECT RAISE(ABORT, 'never deleted'); END;

CREATE INDEX import_file_sha256 ON import_file (sha256);

CREATE INDEX import_sheet_batch ON import_sheet (batch);

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE INDEX run_procedure ON run (procedure, id);
