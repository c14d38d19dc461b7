-- One row per attempt that was allowed to ring. CALL is a reserved word in Derby. trunk: by which
-- the subscriber was called at last, under the name that it had; shown: the number that he saw.
-- callee: missing once its time is over, and with it the keys and what was understood.
CREATE TABLE calls.phone_call (
    id             CHAR(36)     PRIMARY KEY,
    campaign       CHAR(36)     NOT NULL,
    callee         VARCHAR(16),
    state          VARCHAR(8)   NOT NULL,
    started_at_ms  BIGINT       NOT NULL,
    answered_at_ms BIGINT,
    ended_at_ms    BIGINT,
    answered_ms    BIGINT       NOT NULL,
    outcome        VARCHAR(20),
    cause          VARCHAR(200) NOT NULL,
    tariff_version VARCHAR(80)  NOT NULL,
    amount_tiyn    BIGINT       NOT NULL,
    digits         VARCHAR(64)  NOT NULL,
    trunk          CHAR(9),
    trunk_name     VARCHAR(60),
    shown          VARCHAR(16),
    CONSTRAINT call_state CHECK (state IN ('OPEN', 'ENDED')),
    CONSTRAINT ended_has_an_outcome CHECK (state = 'OPEN' OR outcome IS NOT NULL),
    CONSTRAINT nothing_is_paid_back CHECK (amount_tiyn >= 0 AND answered_ms >= 0)
);

CREATE INDEX calls.call_by_start ON calls.phone_call (started_at_ms);
CREATE INDEX calls.call_by_campaign ON calls.phone_call (campaign, started_at_ms);
CREATE INDEX calls.call_by_callee ON calls.phone_call (callee, started_at_ms);
CREATE INDEX calls.call_by_state ON calls.phone_call (state);

-- used_ms: from answer to end; billed_ms: what of it was charged, in whole steps of the tariff.
CREATE TABLE calls.cost_line (
    call_id     CHAR(36)    NOT NULL REFERENCES calls.phone_call,
    service     VARCHAR(20) NOT NULL,
    used_ms     BIGINT      NOT NULL,
    billed_ms   BIGINT      NOT NULL,
    unit_ms     BIGINT      NOT NULL,
    unit_price  VARCHAR(24) NOT NULL,
    amount_tiyn BIGINT      NOT NULL,
    PRIMARY KEY (call_id, service)
);

-- Which row of the ledger charged a call; written with that row. Finds what a campaign was charged
-- without reading the book.
CREATE TABLE calls.charge (
    line          BIGINT   PRIMARY KEY,
    call_id       CHAR(36) NOT NULL UNIQUE REFERENCES calls.phone_call,
    campaign      CHAR(36) NOT NULL,
    charged_at_ms BIGINT   NOT NULL,
    amount_tiyn   BIGINT   NOT NULL CHECK (amount_tiyn > 0)
);

CREATE INDEX calls.charge_by_campaign
    ON calls.charge (campaign, charged_at_ms DESC, line DESC, amount_tiyn);

-- words: one word per line as from_ms, to_ms, confidence and the word, separated by tabs.
CREATE TABLE calls.utterance (
    call_id     CHAR(36)         NOT NULL REFERENCES calls.phone_call,
    line_no     INTEGER          NOT NULL,
    spoken      VARCHAR(4000)    NOT NULL,
    from_ms     BIGINT           NOT NULL,
    to_ms       BIGINT           NOT NULL,
    confidence  DOUBLE PRECISION NOT NULL,
    words       VARCHAR(32000)   NOT NULL,
    PRIMARY KEY (call_id, line_no)
);

-- One row: of all calls that began before, the numbers were forgotten, save those that a legal hold
-- keeps. lifts: of so many holds it was taken in that they were lifted, and the numbers that they
-- kept are looked for again.
CREATE TABLE calls.forgotten (
    only_row  INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    before_ms BIGINT  NOT NULL,
    lifts     INTEGER NOT NULL
);

INSERT INTO calls.forgotten (only_row, before_ms, lifts) VALUES (1, 0, 0);
