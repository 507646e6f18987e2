-- Tables of version 7 of an exam's database.

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

CREATE TABLE correction (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        dataset TEXT NOT NULL,
        column_key TEXT NOT NULL,
        row TEXT NOT NULL,
        value TEXT,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        superseded TEXT
    ) STRICT;

CREATE UNIQUE INDEX correction_current ON correction (dataset, column_key, row) WHERE superseded IS NULL;

CREATE TABLE count_entry (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        item TEXT NOT NULL,
        state TEXT,
        device TEXT NOT NULL,
        note TEXT NOT NULL,
        undoes INTEGER REFERENCES count_entry (id),
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;

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

CREATE UNIQUE INDEX disposition_current ON disposition (procedure, rule, file_sha256, sheet, row)
        WHERE superseded = 0;

CREATE INDEX disposition_key ON disposition (procedure, rule, file_sha256, sheet, row);

CREATE TABLE edition (
        document TEXT PRIMARY KEY,
        version TEXT NOT NULL,
        content_sha256 TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name TEXT NOT NULL,
        source TEXT NOT NULL,
        acquired_by TEXT NOT NULL,
        acquired_at TEXT NOT NULL,
        format TEXT NOT NULL,
        pages INTEGER,
        sha256 TEXT NOT NULL UNIQUE,
        size INTEGER NOT NULL,
        kept_at TEXT NOT NULL,
        confidentiality TEXT NOT NULL,
        returned TEXT NOT NULL,
        clauses TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    , taking INTEGER) STRICT;

CREATE TRIGGER evidence_bytes_no_change BEFORE UPDATE OF sha256, size, taking, by, at ON evidence
        BEGIN SELECT RAISE(ABORT, 'never changed'); END;

CREATE TABLE evidence_chunk (
        taking INTEGER NOT NULL,
        no INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (taking, no)
    ) STRICT, WITHOUT ROWID;

CREATE TRIGGER evidence_chunk_no_change BEFORE UPDATE ON evidence_chunk
        BEGIN SELECT RAISE(ABORT, 'never changed'); END;

CREATE TRIGGER evidence_chunk_no_delete BEFORE DELETE ON evidence_chunk
        WHEN EXISTS (SELECT 1 FROM evidence WHERE taking = OLD.taking)
        BEGIN SELECT RAISE(ABORT, 'never deleted'); END;

CREATE TRIGGER evidence_chunk_no_more BEFORE INSERT ON evidence_chunk
        WHEN EXISTS (SELECT 1 FROM evidence WHERE taking = NEW.taking)
        BEGIN SELECT RAISE(ABORT, 'never changed'); END;

CREATE TRIGGER evidence_no_delete BEFORE DELETE ON evidence BEGIN SELECT RAISE(ABORT, 'never deleted'); END;

CREATE UNIQUE INDEX evidence_of_taking ON evidence (taking);

CREATE TABLE evidence_part (
        evidence INTEGER NOT NULL REFERENCES evidence (id),
        no INTEGER NOT NULL,
        bytes BLOB NOT NULL,
        PRIMARY KEY (evidence, no)
    ) STRICT, WITHOUT ROWID;

CREATE TRIGGER evidence_part_no_change BEFORE UPDATE ON evidence_part BEGIN SELECT RAISE(ABORT, 'never changed'); END;

CREATE TRIGGER evidence_part_no_delete BEFORE DELETE ON evidence_part BEGIN SELECT RAISE(ABORT, 'never deleted'); END;

CREATE TABLE evidence_taking (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL) STRICT;

CREATE TABLE evidence_transfer (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        evidence INTEGER NOT NULL REFERENCES evidence (id),
        event TEXT NOT NULL,
        from_whom TEXT NOT NULL,
        to_whom TEXT NOT NULL,
        place TEXT NOT NULL,
        purpose TEXT NOT NULL,
        condition TEXT NOT NULL,
        seal TEXT NOT NULL,
        receipt TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        happened_at TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;

CREATE TRIGGER evidence_transfer_no_delete BEFORE DELETE ON evidence_transfer
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER evidence_transfer_no_update BEFORE UPDATE ON evidence_transfer
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE INDEX evidence_transfer_of ON evidence_transfer (evidence);

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

CREATE INDEX exception_row_run ON exception_row (run, id);

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
    , objects TEXT NOT NULL DEFAULT '[]', evidence TEXT NOT NULL DEFAULT '[]', papers TEXT NOT NULL DEFAULT '[]', repeat_of TEXT) STRICT;

CREATE TABLE finding_exception (
        finding INTEGER NOT NULL REFERENCES finding (no),
        exception INTEGER NOT NULL REFERENCES exception_row (id),
        PRIMARY KEY (finding, exception)
    ) STRICT, WITHOUT ROWID;

CREATE TRIGGER finding_no_delete BEFORE DELETE ON finding BEGIN SELECT RAISE(ABORT, 'never deleted'); END;

CREATE TABLE finding_step (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        finding INTEGER NOT NULL REFERENCES finding (no),
        status TEXT NOT NULL,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;

CREATE INDEX finding_step_of ON finding_step (finding, id);

CREATE TABLE follow_up (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        finding INTEGER NOT NULL REFERENCES finding (no),
        day TEXT NOT NULL,
        reviewer TEXT NOT NULL,
        result TEXT NOT NULL,
        note TEXT NOT NULL,
        evidence TEXT NOT NULL,
        run INTEGER REFERENCES run (id),
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;

CREATE TABLE import_batch (
        batch INTEGER PRIMARY KEY AUTOINCREMENT,
        received_from TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        undone INTEGER NOT NULL DEFAULT 0
    ) STRICT;

CREATE TABLE import_file (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        batch INTEGER NOT NULL REFERENCES import_batch (batch),
        file TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        encoding TEXT NOT NULL
    ) STRICT;

CREATE INDEX import_file_batch ON import_file (batch);

CREATE INDEX import_file_sha256 ON import_file (sha256);

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
        file INTEGER NOT NULL REFERENCES import_file (id),
        sheet TEXT NOT NULL,
        dataset TEXT,
        first_id INTEGER NOT NULL,
        header_row INTEGER NOT NULL,
        end_row INTEGER,
        mapping TEXT NOT NULL,
        filled TEXT NOT NULL,
        unmapped TEXT NOT NULL,
        missing_required TEXT NOT NULL,
        rows_read INTEGER NOT NULL,
        rows_stored INTEGER NOT NULL,
        rows_rejected INTEGER NOT NULL,
        hidden_rows INTEGER,
        hidden_columns TEXT,
        hidden_sheet INTEGER NOT NULL,
        origin TEXT,
        declared_rows INTEGER,
        superseded_by INTEGER REFERENCES import_batch (batch)
    ) STRICT;

CREATE INDEX import_sheet_dataset ON import_sheet (dataset);

CREATE INDEX import_sheet_file ON import_sheet (file);

CREATE TABLE journal (
        seq INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL,
        leaf BLOB NOT NULL
    ) STRICT;

CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'append-only'); END;

CREATE TABLE last_note (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        note INTEGER NOT NULL
    ) STRICT;

CREATE TABLE own_procedure (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        procedure TEXT NOT NULL,
        text TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        withdrawn INTEGER NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;

CREATE INDEX own_procedure_version ON own_procedure (procedure, id);

CREATE TABLE pinned_law (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        sha256 TEXT NOT NULL
    ) STRICT;

CREATE TABLE reopening (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        paper TEXT NOT NULL,
        version INTEGER NOT NULL,
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;

CREATE TABLE reply (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        finding INTEGER NOT NULL REFERENCES finding (no),
        agreement TEXT NOT NULL,
        text TEXT NOT NULL,
        cause TEXT NOT NULL,
        impact TEXT NOT NULL,
        liability TEXT NOT NULL,
        measure TEXT NOT NULL,
        owner TEXT NOT NULL,
        due TEXT,
        signer TEXT NOT NULL,
        signed_on TEXT,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;

CREATE TABLE review_note (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        paper TEXT NOT NULL,
        text TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        reply TEXT,
        reply_by TEXT,
        reply_at TEXT,
        clearance TEXT,
        cleared_by TEXT,
        cleared_at TEXT
    ) STRICT;

CREATE TRIGGER review_note_no_delete BEFORE DELETE ON review_note BEGIN SELECT RAISE(ABORT, 'never deleted'); END;

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
    , record TEXT) STRICT;

CREATE INDEX run_procedure ON run (procedure, id);

CREATE TABLE run_rule (
        run INTEGER NOT NULL REFERENCES run (id),
        ord INTEGER NOT NULL,
        rule TEXT NOT NULL,
        rows INTEGER,
        missing TEXT NOT NULL,
        PRIMARY KEY (run, ord)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE sample (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        dataset TEXT NOT NULL,
        method TEXT NOT NULL,
        algorithm TEXT NOT NULL,
        seed TEXT NOT NULL,
        stratum TEXT,
        amount TEXT,
        population INTEGER NOT NULL,
        population_sha256 TEXT NOT NULL,
        purpose TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;

CREATE TABLE sample_row (
        sample INTEGER NOT NULL REFERENCES sample (id),
        no INTEGER NOT NULL,
        position INTEGER NOT NULL,
        file_sha256 TEXT NOT NULL,
        file TEXT NOT NULL,
        sheet TEXT NOT NULL,
        row INTEGER NOT NULL,
        why TEXT NOT NULL,
        PRIMARY KEY (sample, no)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE sign_off (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        paper TEXT NOT NULL,
        version INTEGER NOT NULL,
        role TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        content_sha256 TEXT NOT NULL,
        key TEXT NOT NULL,
        signature TEXT NOT NULL
    ) STRICT;

CREATE TRIGGER sign_off_no_change BEFORE UPDATE ON sign_off BEGIN SELECT RAISE(ABORT, 'never changed'); END;

CREATE TRIGGER sign_off_no_delete BEFORE DELETE ON sign_off BEGIN SELECT RAISE(ABORT, 'never deleted'); END;

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

CREATE TABLE team_member (
        name TEXT PRIMARY KEY,
        unit TEXT NOT NULL,
        holds TEXT NOT NULL,
        independent INTEGER,
        confidential INTEGER,
        signed_on TEXT,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
