-- Tables of version 7 of vault.db.

CREATE TABLE chapter_figure (
        exam TEXT NOT NULL,
        place INTEGER NOT NULL,
        document TEXT NOT NULL,
        chapter TEXT NOT NULL,
        result TEXT NOT NULL,
        items INTEGER NOT NULL,
        PRIMARY KEY (exam, place, result)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE checklist_package (
        ord INTEGER PRIMARY KEY AUTOINCREMENT,
        sha256 TEXT NOT NULL UNIQUE,
        name TEXT NOT NULL,
        version TEXT NOT NULL,
        signer TEXT NOT NULL,
        text TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT;

CREATE TABLE correction_memory (
        firm TEXT NOT NULL,
        dataset TEXT NOT NULL,
        column_key TEXT NOT NULL,
        row TEXT NOT NULL,
        value TEXT,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (firm, dataset, column_key, row)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE destruction (
        exam TEXT PRIMARY KEY,
        firm TEXT NOT NULL,
        case_no TEXT NOT NULL,
        as_of TEXT NOT NULL,
        period_from TEXT NOT NULL,
        period_to TEXT NOT NULL,
        report_on TEXT,
        due TEXT,
        by TEXT NOT NULL,
        witness TEXT NOT NULL,
        reason TEXT NOT NULL,
        before_due TEXT NOT NULL,
        at TEXT NOT NULL,
        journal_size INTEGER NOT NULL,
        journal_root TEXT NOT NULL,
        file_sha256 TEXT NOT NULL,
        file_bytes INTEGER NOT NULL,
        own_key INTEGER NOT NULL,
        finished_at TEXT,
        copies INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TRIGGER destruction_no_change BEFORE UPDATE ON destruction WHEN OLD.finished_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'never changed'); END;

CREATE TRIGGER destruction_no_delete BEFORE DELETE ON destruction BEGIN SELECT RAISE(ABORT, 'never deleted'); END;

CREATE TABLE disposition_memory (
        firm TEXT NOT NULL,
        procedure TEXT NOT NULL,
        rule TEXT NOT NULL,
        row TEXT NOT NULL,
        kind TEXT NOT NULL,
        note TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (firm, procedure, rule, row)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE exam_index (
        id TEXT PRIMARY KEY,
        firm TEXT NOT NULL,
        case_no TEXT NOT NULL,
        as_of TEXT NOT NULL,
        period_from TEXT NOT NULL,
        period_to TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE exam_key (
        exam TEXT PRIMARY KEY,
        salt BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE exam_law (
        exam TEXT NOT NULL,
        law TEXT NOT NULL REFERENCES law (sha256),
        PRIMARY KEY (exam, law)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE exam_retention (
        exam TEXT PRIMARY KEY,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT,
        report_on TEXT
    ) STRICT, WITHOUT ROWID;

CREATE TABLE examiner_identity (
        name TEXT PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        seed BLOB NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE finding_index (
        exam TEXT NOT NULL,
        no INTEGER NOT NULL,
        firm TEXT NOT NULL,
        number TEXT NOT NULL,
        title TEXT NOT NULL,
        kind TEXT NOT NULL,
        severity TEXT NOT NULL,
        status TEXT NOT NULL,
        clauses TEXT NOT NULL,
        as_of TEXT NOT NULL,
        due TEXT,
        owner TEXT NOT NULL,
        last_result TEXT,
        repeat_of TEXT,
        PRIMARY KEY (exam, no)
    ) STRICT, WITHOUT ROWID;

CREATE INDEX finding_index_firm ON finding_index (firm);

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

CREATE TABLE key_slot (
        slot TEXT PRIMARY KEY,
        sha256 TEXT,
        pending TEXT,
        recipient TEXT,
        label TEXT
    ) STRICT, WITHOUT ROWID;

CREATE TABLE last_checkpoint (
        exam TEXT PRIMARY KEY,
        note INTEGER NOT NULL,
        size INTEGER NOT NULL,
        root TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE law (
        sha256 TEXT PRIMARY KEY NOT NULL,
        packages TEXT NOT NULL,
        files TEXT NOT NULL
    ) STRICT;

CREATE TABLE mapping_memory (
        firm TEXT NOT NULL,
        dataset TEXT NOT NULL,
        header TEXT NOT NULL,
        mapping TEXT NOT NULL, headers TEXT NOT NULL DEFAULT '[]', file TEXT NOT NULL DEFAULT '', used_at TEXT,
        PRIMARY KEY (firm, dataset, header)
    ) STRICT, WITHOUT ROWID;

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

CREATE TABLE phrase (
        clause TEXT NOT NULL,
        text TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (clause, text)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE template (
        key TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        authority TEXT NOT NULL,
        file TEXT NOT NULL,
        bytes BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE trusted_signer (
        key TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
