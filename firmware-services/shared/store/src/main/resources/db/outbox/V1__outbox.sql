-- One row: the number drawn last. Its lock keeps two transactions from drawing the same one.
CREATE TABLE outbox.counter (
    only_one SMALLINT NOT NULL PRIMARY KEY CHECK (only_one = 1),
    last_seq BIGINT   NOT NULL CHECK (last_seq >= 0)
);

INSERT INTO outbox.counter (only_one, last_seq) VALUES (1, 0);

CREATE TABLE outbox.message (
    seq          BIGINT      NOT NULL PRIMARY KEY,
    id           CHAR(36)    NOT NULL,
    kind         VARCHAR(20) NOT NULL,
    body         ${blob}     NOT NULL,
    queued_at_ms BIGINT      NOT NULL,
    CONSTRAINT message_id_is_unique UNIQUE (id)
);
