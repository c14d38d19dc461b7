-- Only ever appended to. Each row carries the hash of the row before it.
CREATE TABLE audit.entry (
    line          BIGINT       NOT NULL PRIMARY KEY CHECK (line > 0),
    at_ms         BIGINT       NOT NULL,
    login         VARCHAR(100) NOT NULL,
    role_name     VARCHAR(30)  NOT NULL,
    address       VARCHAR(64)  NOT NULL,
    area          VARCHAR(12)  NOT NULL,
    action        VARCHAR(40)  NOT NULL,
    object        VARCHAR(100) NOT NULL,
    reason        VARCHAR(500) NOT NULL,
    detail        VARCHAR(500) NOT NULL,
    -- The row that this one says the end of, or 0.
    ends_line     BIGINT       NOT NULL,
    previous_hash CHAR(64)     NOT NULL,
    hash          CHAR(64)     NOT NULL
);

-- Newest first, as the log is read.
CREATE INDEX entry_newest ON audit.entry (line DESC);
CREATE INDEX entry_by_login ON audit.entry (login, line DESC);
CREATE INDEX entry_by_area ON audit.entry (area, line DESC);
CREATE INDEX entry_by_end ON audit.entry (ends_line);

-- One row: where the chain ends, so that missing last rows are noticed.
CREATE TABLE audit.chain (
    only_one  SMALLINT NOT NULL PRIMARY KEY CHECK (only_one = 1),
    last_line BIGINT   NOT NULL CHECK (last_line >= 0),
    head_hash CHAR(64) NOT NULL
);
