-- Tables of version 1 of vault.db.

CREATE TABLE exam_index (
        id TEXT PRIMARY KEY,
        firm TEXT NOT NULL,
        case_no TEXT NOT NULL,
        as_of TEXT NOT NULL,
        period_from TEXT NOT NULL,
        period_to TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

CREATE TABLE mapping_memory (
        firm TEXT NOT NULL,
        dataset TEXT NOT NULL,
        header TEXT NOT NULL,
        mapping TEXT NOT NULL,
        PRIMARY KEY (firm, dataset, header)
    ) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
