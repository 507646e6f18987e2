-- Tables of version 5 of vault.db.

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

CREATE TABLE exam_law (
        exam TEXT NOT NULL,
        law TEXT NOT NULL REFERENCES law (sha256),
        PRIMARY KEY (exam, law)
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

CREATE TABLE trusted_signer (
        key TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        by TEXT NOT NULL,
        at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE INDEX own_procedure_version ON own_procedure (procedure, id);
