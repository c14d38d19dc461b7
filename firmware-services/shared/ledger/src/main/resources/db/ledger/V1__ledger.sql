CREATE TABLE ledger.wallet (
    id           VARCHAR(80) NOT NULL PRIMARY KEY,
    balance_tiyn BIGINT      NOT NULL,
    may_overdraw BOOLEAN     NOT NULL,
    opened_at_ms BIGINT      NOT NULL,
    CONSTRAINT no_unpaid_balance CHECK (may_overdraw OR balance_tiyn >= 0)
);

-- Only ever appended to. Each row carries the hash of the row before it.
CREATE TABLE ledger.transfer (
    line              BIGINT       NOT NULL PRIMARY KEY CHECK (line > 0),
    kind              VARCHAR(10)  NOT NULL
        CHECK (kind IN ('TRANSFER', 'HOLD', 'EXTENSION', 'CAPTURE', 'RELEASE')),
    id                VARCHAR(80)  NOT NULL,
    hold_id           VARCHAR(80),
    debit_wallet      VARCHAR(80)  NOT NULL REFERENCES ledger.wallet,
    credit_wallet     VARCHAR(80)  NOT NULL REFERENCES ledger.wallet,
    amount_tiyn       BIGINT       NOT NULL CHECK (amount_tiyn > 0),
    debit_after_tiyn  BIGINT       NOT NULL,
    credit_after_tiyn BIGINT       NOT NULL,
    reason            VARCHAR(200) NOT NULL,
    posted_at_ms      BIGINT       NOT NULL,
    previous_hash     CHAR(64)     NOT NULL,
    hash              CHAR(64)     NOT NULL,
    CONSTRAINT one_row_per_cause UNIQUE (kind, id),
    CONSTRAINT two_wallets CHECK (debit_wallet <> credit_wallet)
);

CREATE TABLE ledger.hold (
    id            VARCHAR(80) NOT NULL PRIMARY KEY,
    line          BIGINT      NOT NULL UNIQUE REFERENCES ledger.transfer,
    wallet        VARCHAR(80) NOT NULL REFERENCES ledger.wallet,
    held_tiyn     BIGINT      NOT NULL CHECK (held_tiyn > 0),
    captured_tiyn BIGINT      NOT NULL CHECK (captured_tiyn >= 0),
    released_tiyn BIGINT      NOT NULL CHECK (released_tiyn >= 0),
    state         VARCHAR(10) NOT NULL
        CHECK (state IN ('HELD', 'CAPTURED', 'RELEASED', 'EXPIRED')),
    held_at_ms    BIGINT      NOT NULL,
    -- When it last grew: from then on it may become too old.
    grown_at_ms   BIGINT      NOT NULL,
    CONSTRAINT settled_to_the_last_tiyn CHECK (
        (state = 'HELD' AND captured_tiyn = 0 AND released_tiyn = 0)
        OR (state = 'CAPTURED' AND captured_tiyn + released_tiyn = held_tiyn)
        OR (state IN ('RELEASED', 'EXPIRED') AND captured_tiyn = 0 AND released_tiyn = held_tiyn)
    )
);

CREATE INDEX hold_by_state ON ledger.hold (state);

-- Newest first, because Derby reads an index in one direction only: a wallet's last row before
-- another.
CREATE INDEX transfer_by_debit ON ledger.transfer (debit_wallet, line DESC);
CREATE INDEX transfer_by_credit ON ledger.transfer (credit_wallet, line DESC);

-- A page of a statement, wherever it lies, and with the amount the sums of a period.
CREATE INDEX debit_by_time ON ledger.transfer
    (debit_wallet, kind, posted_at_ms DESC, line DESC, amount_tiyn);
CREATE INDEX credit_by_time ON ledger.transfer
    (credit_wallet, kind, posted_at_ms DESC, line DESC, amount_tiyn);

-- One row: where the chain ends, so that missing last rows are noticed.
CREATE TABLE ledger.book (
    only_one  SMALLINT NOT NULL PRIMARY KEY CHECK (only_one = 1),
    last_line BIGINT   NOT NULL CHECK (last_line >= 0),
    head_hash CHAR(64) NOT NULL
);
