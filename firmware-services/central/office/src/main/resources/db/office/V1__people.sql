-- Who may sign in at central.
CREATE TABLE office.person (
    login           VARCHAR(100) PRIMARY KEY,
    full_name       VARCHAR(200) NOT NULL,
    role            VARCHAR(20)  NOT NULL,
    password_hash   VARCHAR(300) NOT NULL,
    must_change     BOOLEAN      NOT NULL,
    locked_until_ms BIGINT,
    CONSTRAINT known_role CHECK (role IN ('FLEET', 'BILLING', 'COMPLAINTS', 'AUDITOR'))
);
