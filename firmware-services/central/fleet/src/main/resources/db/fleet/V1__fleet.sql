CREATE TABLE fleet.organisation (
    id            CHAR(36)     NOT NULL PRIMARY KEY,
    name          VARCHAR(200) NOT NULL,
    created_at_ms BIGINT       NOT NULL,
    -- How many notices there are for the customer.
    notices       BIGINT       DEFAULT 0 NOT NULL,
    CONSTRAINT organisation_name_is_unique UNIQUE (name)
);

-- What the customer is told, each once.
CREATE TABLE fleet.notice (
    organisation_id CHAR(36)    NOT NULL REFERENCES fleet.organisation,
    id              CHAR(36)    NOT NULL,
    code            VARCHAR(40) NOT NULL,
    at_ms           BIGINT      NOT NULL,
    amount_tiyn     BIGINT,
    until_ms        BIGINT,
    subject         VARCHAR(300),
    PRIMARY KEY (organisation_id, id)
);

CREATE INDEX notice_by_time ON fleet.notice (organisation_id, at_ms);

-- What the provider demands that a customer does himself, and by when (SH-SUS-04).
CREATE TABLE fleet.demand (
    id              CHAR(36)     NOT NULL PRIMARY KEY,
    organisation_id CHAR(36)     NOT NULL REFERENCES fleet.organisation,
    what            VARCHAR(10)  NOT NULL CHECK (what IN ('SUSPEND', 'CLOSE')),
    ground          VARCHAR(40)  NOT NULL,
    note            VARCHAR(500) NOT NULL,
    demanded_at_ms  BIGINT       NOT NULL,
    demanded_by     VARCHAR(100) NOT NULL,
    until_ms        BIGINT       NOT NULL,
    state           VARCHAR(12)  NOT NULL
        CHECK (state IN ('OPEN', 'MET', 'WITHDRAWN', 'CARRIED_OUT')),
    decided_at_ms   BIGINT,
    decided_by      VARCHAR(100),
    decision_note   VARCHAR(500),
    CONSTRAINT demand_is_decided_whole CHECK (
        (state = 'OPEN' AND decided_at_ms IS NULL AND decided_by IS NULL)
        OR (state <> 'OPEN' AND decided_at_ms IS NOT NULL AND decided_by IS NOT NULL))
);

CREATE INDEX demand_by_state ON fleet.demand (state, until_ms);
CREATE INDEX demand_by_organisation ON fleet.demand (organisation_id, demanded_at_ms);

-- The code itself is never stored: whoever reads this table cannot enrol a box.
CREATE TABLE fleet.claim (
    id              CHAR(36)     NOT NULL PRIMARY KEY,
    code_sha256     CHAR(64)     NOT NULL,
    organisation_id CHAR(36)     NOT NULL REFERENCES fleet.organisation,
    site            VARCHAR(200) NOT NULL,
    lease_tiyn      BIGINT       NOT NULL CHECK (lease_tiyn >= 0),
    created_at_ms   BIGINT       NOT NULL,
    expires_at_ms   BIGINT       NOT NULL,
    used_at_ms      BIGINT,
    box_id          CHAR(36),
    request_sha256  CHAR(64),
    CONSTRAINT claim_code_is_unique UNIQUE (code_sha256),
    CONSTRAINT claim_is_used_whole CHECK (
        (used_at_ms IS NULL AND box_id IS NULL AND request_sha256 IS NULL)
        OR (used_at_ms IS NOT NULL AND box_id IS NOT NULL AND request_sha256 IS NOT NULL))
);

CREATE TABLE fleet.box (
    id                     CHAR(36)     NOT NULL PRIMARY KEY,
    organisation_id        CHAR(36)     NOT NULL REFERENCES fleet.organisation,
    site                   VARCHAR(200) NOT NULL,
    serial                 VARCHAR(64)  NOT NULL,
    device_key             VARCHAR(200) NOT NULL,
    certificate            VARCHAR(8192) NOT NULL,
    certificate_expires_ms BIGINT       NOT NULL,
    enrolled_at_ms         BIGINT       NOT NULL,
    revoked_at_ms          BIGINT,
    online                 BOOLEAN      NOT NULL,
    connection_id          CHAR(36),
    last_seen_ms           BIGINT,
    heartbeat              VARCHAR(16384),
    usage_messages         BIGINT       NOT NULL,
    -- The box's lease: how much it should have at once, everything that was granted less what was
    -- taken back, what it gave back of its own accord, what it reported as spent.
    lease_target_tiyn      BIGINT       NOT NULL CHECK (lease_target_tiyn >= 0),
    lease_total_tiyn       BIGINT       NOT NULL CHECK (lease_total_tiyn >= 0),
    returned_tiyn          BIGINT       NOT NULL CHECK (returned_tiyn >= 0),
    used_tiyn              BIGINT       NOT NULL CHECK (used_tiyn >= 0),
    -- What of its documents is in force, so that a heartbeat need not read their texts.
    license_version        BIGINT       NOT NULL,
    lease_version          BIGINT       NOT NULL,
    tariff_version         BIGINT       NOT NULL,
    lease_expires_ms       BIGINT,
    -- What its newest lease says that the customer has besides.
    lease_behind_tiyn      BIGINT       DEFAULT 0 NOT NULL,
    pin_since_ms           BIGINT,
    notice_version         BIGINT       DEFAULT 0 NOT NULL,
    -- How many notices there were when the newest document of them was issued.
    notices_told           BIGINT       DEFAULT 0 NOT NULL,
    -- Up to here its messages are complete and its book was found to agree.
    checked_seq            BIGINT       NOT NULL,
    checked_spent_tiyn     BIGINT       NOT NULL,
    checked_rows           BIGINT       NOT NULL
);

CREATE INDEX box_by_organisation ON fleet.box (organisation_id);

-- The numbers that subscribers see (AC-CAL-03).
CREATE TABLE fleet.pool_number (
    number      VARCHAR(16)  NOT NULL PRIMARY KEY,
    added_at_ms BIGINT       NOT NULL,
    added_by    VARCHAR(100) NOT NULL
);

-- Which box had which number when; the one without an end is in force. A number that left the pool
-- keeps its rows, so that whoever asks who called is answered.
CREATE TABLE fleet.number_assignment (
    id       BIGINT       GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    number   VARCHAR(16)  NOT NULL,
    box_id   CHAR(36)     NOT NULL REFERENCES fleet.box,
    note     VARCHAR(500) NOT NULL,
    from_ms  BIGINT       NOT NULL,
    by_whom  VARCHAR(100) NOT NULL,
    until_ms BIGINT,
    ended_by VARCHAR(100),
    end_note VARCHAR(500),
    CONSTRAINT assignment_ends_whole CHECK (
        (until_ms IS NULL AND ended_by IS NULL AND end_note IS NULL)
        OR (until_ms IS NOT NULL AND ended_by IS NOT NULL AND end_note IS NOT NULL))
);

CREATE INDEX number_assignment_by_number ON fleet.number_assignment (number, from_ms);
CREATE INDEX number_assignment_by_box ON fleet.number_assignment (box_id, until_ms);

-- What was suspended, when, and when it was lifted again (SH-SUS-02). What is in force stands in the
-- license; - is for none.
CREATE TABLE fleet.suspension (
    id           CHAR(36)     NOT NULL PRIMARY KEY,
    box_id       CHAR(36)     NOT NULL REFERENCES fleet.box,
    module       VARCHAR(40)  NOT NULL,
    trunk        VARCHAR(9)   NOT NULL,
    name         VARCHAR(60)  NOT NULL,
    ground       VARCHAR(40)  NOT NULL,
    note         VARCHAR(500) NOT NULL,
    since_ms     BIGINT       NOT NULL,
    by_whom      VARCHAR(100) NOT NULL,
    lifted_at_ms BIGINT,
    lifted_by    VARCHAR(100),
    lifted_note  VARCHAR(500),
    CONSTRAINT suspension_is_of_one_thing CHECK (module = '-' OR trunk = '-'),
    CONSTRAINT suspension_is_lifted_whole CHECK (
        (lifted_at_ms IS NULL AND lifted_by IS NULL AND lifted_note IS NULL)
        OR (lifted_at_ms IS NOT NULL AND lifted_by IS NOT NULL AND lifted_note IS NOT NULL))
);

CREATE INDEX suspension_by_box ON fleet.suspension (box_id, lifted_at_ms);
CREATE INDEX suspension_by_time ON fleet.suspension (lifted_at_ms, since_ms);

-- Of what on which box nothing may be deleted, and which of it was lifted (SH-RET-02). from_day,
-- to_day (yyyy-mm-dd in Astana): of which calls; NULL for everything.
CREATE TABLE fleet.legal_hold (
    id           CHAR(36)     NOT NULL PRIMARY KEY,
    box_id       CHAR(36)     NOT NULL REFERENCES fleet.box,
    from_day     CHAR(10),
    to_day       CHAR(10),
    reason       VARCHAR(300) NOT NULL,
    since_ms     BIGINT       NOT NULL,
    by_whom      VARCHAR(100) NOT NULL,
    lifted_at_ms BIGINT,
    lifted_by    VARCHAR(100),
    lifted_note  VARCHAR(500),
    CONSTRAINT held_days_are_whole CHECK (
        (from_day IS NULL AND to_day IS NULL) OR (from_day IS NOT NULL AND to_day IS NOT NULL)),
    CONSTRAINT hold_is_lifted_whole CHECK (
        (lifted_at_ms IS NULL AND lifted_by IS NULL AND lifted_note IS NULL)
        OR (lifted_at_ms IS NOT NULL AND lifted_by IS NOT NULL AND lifted_note IS NOT NULL))
);

CREATE INDEX legal_hold_by_box ON fleet.legal_hold (box_id, lifted_at_ms);

-- Every version that was ever issued. The highest one is in force.
CREATE TABLE fleet.document (
    box_id       CHAR(36)      NOT NULL REFERENCES fleet.box,
    kind         VARCHAR(20)   NOT NULL,
    version      BIGINT        NOT NULL CHECK (version > 0),
    text         VARCHAR(32000) NOT NULL,
    signature    VARCHAR(100)  NOT NULL,
    issued_at_ms BIGINT        NOT NULL,
    issued_by    VARCHAR(100)  NOT NULL,
    PRIMARY KEY (box_id, kind, version)
);

-- How far a box has been told of complaints: its newest document has those behind one ordinal up to
-- another. A box that lost what it had, or has another key, is told again from the beginning.
CREATE TABLE fleet.blocklist (
    box_id         CHAR(36)    NOT NULL PRIMARY KEY REFERENCES fleet.box,
    sealing_key    VARCHAR(44) NOT NULL,
    version        BIGINT      NOT NULL,
    behind_ordinal BIGINT      NOT NULL,
    upto_ordinal   BIGINT      NOT NULL,
    -- The newest version of which the box said that it has done what it says.
    obeyed_version BIGINT      NOT NULL,
    anew           BOOLEAN     NOT NULL
);

-- What boxes were asked last (AC-WHO-03), as a hash of the questions' ids and of the key they are
-- sealed for. A box without a row was never asked anything.
CREATE TABLE fleet.query (
    box_id  CHAR(36) NOT NULL PRIMARY KEY REFERENCES fleet.box,
    version BIGINT   NOT NULL,
    sha256  CHAR(64) NOT NULL
);

-- The newest document that told a box of published recordings, and the hash of what it said.
CREATE TABLE fleet.promotion (
    box_id  CHAR(36) NOT NULL PRIMARY KEY REFERENCES fleet.box,
    version BIGINT   NOT NULL,
    sha256  CHAR(64) NOT NULL
);

-- Every message that was applied or parked: what comes again is dropped.
CREATE TABLE fleet.message (
    box_id         CHAR(36) NOT NULL,
    msg_id         CHAR(36) NOT NULL,
    seq            BIGINT   NOT NULL,
    body_sha256    CHAR(64) NOT NULL,
    received_at_ms BIGINT   NOT NULL,
    PRIMARY KEY (box_id, msg_id)
);

CREATE INDEX message_by_seq ON fleet.message (box_id, seq);

CREATE TABLE fleet.usage_item (
    box_id        CHAR(36)    NOT NULL,
    item_id       VARCHAR(60) NOT NULL,
    msg_id        CHAR(36)    NOT NULL,
    seq           BIGINT      NOT NULL,
    campaign_id   CHAR(36)    NOT NULL,
    outcome       VARCHAR(24) NOT NULL,
    started_at_ms BIGINT      NOT NULL,
    answered_ms   BIGINT      NOT NULL,
    amount_tiyn   BIGINT      NOT NULL,
    PRIMARY KEY (box_id, item_id)
);

CREATE INDEX usage_item_by_seq ON fleet.usage_item (box_id, seq, amount_tiyn);

CREATE TABLE fleet.usage_hour (
    hour_ms     BIGINT      NOT NULL,
    box_id      CHAR(36)    NOT NULL,
    outcome     VARCHAR(24) NOT NULL,
    attempts    BIGINT      NOT NULL,
    answered_ms BIGINT      NOT NULL,
    amount_tiyn BIGINT      NOT NULL,
    PRIMARY KEY (hour_ms, box_id, outcome)
);

CREATE TABLE fleet.timeline (
    id      BIGINT        GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    box_id  CHAR(36)      NOT NULL,
    at_ms   BIGINT        NOT NULL,
    kind    VARCHAR(40)   NOT NULL,
    detail  VARCHAR(1000) NOT NULL,
    by_whom VARCHAR(100)
);

CREATE INDEX timeline_by_box ON fleet.timeline (box_id, at_ms);

-- One row per box and code, so that a box that misbehaves for ever cannot fill the disk.
CREATE TABLE fleet.alarm (
    box_id      CHAR(36)      NOT NULL,
    code        VARCHAR(40)   NOT NULL,
    detail      VARCHAR(1000) NOT NULL,
    first_at_ms BIGINT        NOT NULL,
    last_at_ms  BIGINT        NOT NULL,
    times       BIGINT        NOT NULL,
    PRIMARY KEY (box_id, code)
);

-- What this version could not apply, whole, for a later version or a person (PLT-25).
CREATE TABLE fleet.parked (
    box_id         CHAR(36)     NOT NULL,
    msg_id         CHAR(36)     NOT NULL,
    kind           VARCHAR(20)  NOT NULL,
    schema_name    VARCHAR(30)  NOT NULL,
    envelope       ${blob}      NOT NULL,
    why            VARCHAR(500) NOT NULL,
    received_at_ms BIGINT       NOT NULL,
    PRIMARY KEY (box_id, msg_id)
);

-- How a box says that its book stands, and what came of comparing it with ours (SH-BAL-16).
CREATE TABLE fleet.book_statement (
    box_id         CHAR(36)     NOT NULL,
    seq            BIGINT       NOT NULL,
    at_ms          BIGINT       NOT NULL,
    body           VARCHAR(1000) NOT NULL,
    state          VARCHAR(10)  NOT NULL CHECK (state IN ('WAITING', 'AGREES', 'MISMATCH', 'ACCEPTED')),
    finding        VARCHAR(500),
    spent_here_tiyn BIGINT,
    judged_at_ms   BIGINT,
    received_at_ms BIGINT       NOT NULL,
    PRIMARY KEY (box_id, seq)
);

CREATE INDEX book_statement_by_state ON fleet.book_statement (state, received_at_ms);

CREATE TABLE fleet.command (
    id             CHAR(36)      NOT NULL PRIMARY KEY,
    box_id         CHAR(36)      NOT NULL REFERENCES fleet.box,
    order_name     VARCHAR(40)   NOT NULL,
    reason         VARCHAR(500)  NOT NULL,
    issued_by      VARCHAR(100)  NOT NULL,
    issued_at_ms   BIGINT        NOT NULL,
    expires_at_ms  BIGINT        NOT NULL,
    text           VARCHAR(4000) NOT NULL,
    signature      VARCHAR(100)  NOT NULL,
    result         VARCHAR(20),
    answered_at_ms BIGINT,
    facts          VARCHAR(10000)
);

CREATE INDEX command_by_box ON fleet.command (box_id, issued_at_ms);
