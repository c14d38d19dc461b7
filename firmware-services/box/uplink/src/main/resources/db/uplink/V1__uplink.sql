-- The documents in force, one per kind. A newer one replaces it, an older one never does.
CREATE TABLE uplink.document (
    kind           VARCHAR(20)    NOT NULL PRIMARY KEY,
    version        BIGINT         NOT NULL CHECK (version > 0),
    text           VARCHAR(16384) NOT NULL,
    signature      VARCHAR(100)   NOT NULL,
    received_at_ms BIGINT         NOT NULL
);

-- The latest time that central vouched for. A clock that falls behind it is wrong.
CREATE TABLE uplink.contact (
    only_one     SMALLINT NOT NULL PRIMARY KEY CHECK (only_one = 1),
    last_word_ms BIGINT   NOT NULL
);

INSERT INTO uplink.contact (only_one, last_word_ms) VALUES (1, 0);
