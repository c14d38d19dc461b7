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
