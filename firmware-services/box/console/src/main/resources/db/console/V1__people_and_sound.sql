-- Who may sign in at this box. Hashes are Argon2id with their parameters.
CREATE TABLE console.person (
    login            VARCHAR(100) NOT NULL PRIMARY KEY,
    full_name        VARCHAR(120) NOT NULL,
    role_name        VARCHAR(20)  NOT NULL CHECK (role_name IN ('OWNER', 'OPERATOR', 'TECHNICIAN')),
    password_hash    VARCHAR(200) NOT NULL,
    must_change      BOOLEAN      NOT NULL,
    locked_until_ms  BIGINT,
    created_at_ms    BIGINT       NOT NULL
);

-- Uploaded recordings. The sound itself lies sealed in a file named by the id.
CREATE TABLE console.audio (
    id            CHAR(36)     NOT NULL PRIMARY KEY,
    title         VARCHAR(120) NOT NULL,
    length_ms     BIGINT       NOT NULL CHECK (length_ms > 0),
    clipped       BOOLEAN      NOT NULL,
    created_at_ms BIGINT       NOT NULL,
    created_by    VARCHAR(100) NOT NULL
);

-- The own number of a person, proven by a code that a call said to it. Of a code the Argon2id hash
-- is kept; days are of Astana, ISO 8601.
CREATE TABLE console.own_number (
    login          VARCHAR(100) NOT NULL PRIMARY KEY REFERENCES console.person,
    number         VARCHAR(16),
    proven_at_ms   BIGINT,
    pending_number VARCHAR(16),
    code_hash      VARCHAR(200),
    code_until_ms  BIGINT,
    tries          INTEGER      NOT NULL CHECK (tries >= 0),
    codes_sent     INTEGER      NOT NULL CHECK (codes_sent >= 0),
    codes_day      CHAR(10)     NOT NULL
);

-- The owner's tickets for technicians: to hear one recording once, and read its transcript once.
CREATE TABLE console.ticket (
    id              CHAR(36)     NOT NULL PRIMARY KEY,
    call_id         CHAR(36)     NOT NULL,
    reason          VARCHAR(300) NOT NULL,
    given_by        VARCHAR(100) NOT NULL,
    given_at_ms     BIGINT       NOT NULL,
    until_ms        BIGINT       NOT NULL,
    withdrawn_at_ms BIGINT,
    heard_by        VARCHAR(100),
    heard_at_ms     BIGINT,
    read_by         VARCHAR(100),
    read_at_ms      BIGINT
);

CREATE INDEX console.ticket_by_call ON console.ticket (call_id, given_at_ms);
CREATE INDEX console.ticket_by_end ON console.ticket (until_ms);
