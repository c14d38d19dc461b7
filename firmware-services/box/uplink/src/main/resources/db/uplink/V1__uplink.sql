-- The documents in force, one per kind. A newer one replaces it, an older one never does.
CREATE TABLE uplink.document (
    kind           VARCHAR(20)  NOT NULL PRIMARY KEY,
    version        BIGINT       NOT NULL CHECK (version > 0),
    text           ${clob}      NOT NULL,
    signature      VARCHAR(100) NOT NULL,
    received_at_ms BIGINT       NOT NULL
);

-- The legal holds that licenses have told this box of, and of when they were taken in and lifted.
-- from_day, to_day (yyyy-mm-dd in Astana): of which calls; NULL for everything. license_version: of
-- the newest license that named it. Rows stay, since proofs of deletion name them.
CREATE TABLE uplink.legal_hold (
    id              CHAR(36)     NOT NULL PRIMARY KEY,
    from_day        CHAR(10),
    to_day          CHAR(10),
    reason          VARCHAR(300) NOT NULL,
    by_whom         VARCHAR(100) NOT NULL,
    since_ms        BIGINT       NOT NULL,
    license_version BIGINT       NOT NULL,
    taken_ms        BIGINT       NOT NULL,
    lifted_ms       BIGINT,
    CONSTRAINT held_days_are_whole CHECK (
        (from_day IS NULL AND to_day IS NULL) OR (from_day IS NOT NULL AND to_day IS NOT NULL))
);

-- The latest time that central vouched for. A clock that falls behind it is wrong.
CREATE TABLE uplink.contact (
    only_one     SMALLINT NOT NULL PRIMARY KEY CHECK (only_one = 1),
    last_word_ms BIGINT   NOT NULL
);

INSERT INTO uplink.contact (only_one, last_word_ms) VALUES (1, 0);

-- The days (yyyy-mm-dd in Astana) of which central was told how the book stands.
CREATE TABLE uplink.stated_day (
    stated_on CHAR(10) NOT NULL PRIMARY KEY
);

-- Orders of central, so that each is carried out once, however often it comes and whenever the
-- program dies. BEGUN: may have been carried out; its effect and the answer are one transaction.
CREATE TABLE uplink.command (
    id             CHAR(36)     NOT NULL PRIMARY KEY,
    command_order  VARCHAR(40)  NOT NULL,
    issued_at_ms   BIGINT       NOT NULL,
    expires_at_ms  BIGINT       NOT NULL,
    issued_by      VARCHAR(100) NOT NULL,
    reason         VARCHAR(500) NOT NULL,
    received_at_ms BIGINT       NOT NULL,
    state          VARCHAR(8)   NOT NULL CHECK (state IN ('RECEIVED', 'BEGUN', 'ANSWERED')),
    answered_at_ms BIGINT,
    result         VARCHAR(13),
    CONSTRAINT an_answer_has_a_result CHECK (
        (state = 'ANSWERED' AND answered_at_ms IS NOT NULL AND result IS NOT NULL)
        OR (state <> 'ANSWERED' AND answered_at_ms IS NULL AND result IS NULL))
);

CREATE INDEX uplink.command_by_state ON uplink.command (state, received_at_ms);

-- The end of this box by order of central, once it has begun. The owner's part is over when he has
-- confirmed it, or when central's clock said so.
CREATE TABLE uplink.retirement (
    only_one         SMALLINT NOT NULL PRIMARY KEY CHECK (only_one = 1),
    command_id       CHAR(36) NOT NULL REFERENCES uplink.command,
    begun_at_ms      BIGINT   NOT NULL,
    owner_until_ms   BIGINT   NOT NULL,
    owner_done_at_ms BIGINT,
    confirmed_by     VARCHAR(100),
    CONSTRAINT whoever_confirms_is_done CHECK (
        confirmed_by IS NULL OR owner_done_at_ms IS NOT NULL)
);
