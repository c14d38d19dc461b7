-- What subscribers and others said against customers (AC-SPM-01).
CREATE TABLE cases.complaint (
    id                  CHAR(36)     NOT NULL PRIMARY KEY,
    organisation_id     CHAR(36)     NOT NULL,
    number              VARCHAR(16)  NOT NULL,
    channel             VARCHAR(10)  NOT NULL,
    source              VARCHAR(20)  NOT NULL,
    contact_at_ms       BIGINT       NOT NULL,
    received_at_ms      BIGINT       NOT NULL,
    entered_by          VARCHAR(100) NOT NULL,
    -- Where it was entered, if it was at a box.
    box_id              CHAR(36),
    campaign_id         CHAR(36),
    campaign_recipients BIGINT,
    -- How it was shown that the number is the subscriber's, if it was.
    number_proof        VARCHAR(200),
    text                VARCHAR(500) NOT NULL,
    state               VARCHAR(20)  NOT NULL
        CHECK (state IN ('RECEIVED', 'UNDER_REVIEW', 'EVIDENCE_REQUESTED', 'EVIDENCE_RECEIVED',
            'CONFIRMED_SPAM', 'REJECTED', 'CLOSED')),
    state_since_ms      BIGINT       NOT NULL,
    evidence_due_ms     BIGINT,
    evidence_received   BOOLEAN      NOT NULL,
    -- What was decided; stays when the complaint is closed.
    verdict             VARCHAR(20)  CHECK (verdict IN ('CONFIRMED_SPAM', 'REJECTED')),
    verdict_at_ms       BIGINT,
    -- When the subscriber had agreed again.
    lifted_at_ms        BIGINT,
    CONSTRAINT complaint_is_decided_whole CHECK (
        (verdict IS NULL AND verdict_at_ms IS NULL)
        OR (verdict IS NOT NULL AND verdict_at_ms IS NOT NULL)),
    CONSTRAINT complaint_names_a_campaign_whole CHECK (
        (campaign_id IS NULL AND campaign_recipients IS NULL)
        OR (campaign_id IS NOT NULL AND campaign_recipients IS NOT NULL))
);

CREATE INDEX complaint_by_time ON cases.complaint (received_at_ms, id);
CREATE INDEX complaint_by_state ON cases.complaint (state, received_at_ms);
CREATE INDEX complaint_by_verdict ON cases.complaint (organisation_id, verdict, verdict_at_ms);

-- What was done about them, in order.
CREATE TABLE cases.complaint_event (
    complaint_id CHAR(36)      NOT NULL REFERENCES cases.complaint,
    n            INTEGER       NOT NULL,
    kind         VARCHAR(30)   NOT NULL,
    at_ms        BIGINT        NOT NULL,
    by_whom      VARCHAR(100)  NOT NULL,
    note         VARCHAR(2000) NOT NULL,
    PRIMARY KEY (complaint_id, n)
);

-- What customers answered (AC-SPM-04). The records are those of the box's lists, as JSON.
CREATE TABLE cases.evidence (
    id           CHAR(36)      NOT NULL PRIMARY KEY,
    complaint_id CHAR(36)      NOT NULL REFERENCES cases.complaint,
    box_id       CHAR(36)      NOT NULL,
    at_ms        BIGINT        NOT NULL,
    by_whom      VARCHAR(100)  NOT NULL,
    note         VARCHAR(2000) NOT NULL
);

CREATE INDEX evidence_by_complaint ON cases.evidence (complaint_id, at_ms);

CREATE TABLE cases.evidence_file (
    evidence_id CHAR(36)     NOT NULL PRIMARY KEY REFERENCES cases.evidence,
    name        VARCHAR(200) NOT NULL,
    type        VARCHAR(40)  NOT NULL,
    content     ${blob}      NOT NULL
);

CREATE TABLE cases.consent_record (
    evidence_id    CHAR(36)     NOT NULL REFERENCES cases.evidence,
    n              INTEGER      NOT NULL,
    list_name      VARCHAR(200) NOT NULL,
    imported_at_ms BIGINT       NOT NULL,
    origin         VARCHAR(500) NOT NULL,
    for_calls      BOOLEAN      NOT NULL,
    for_messages   BOOLEAN      NOT NULL,
    stated_by      VARCHAR(100) NOT NULL,
    stated_at_ms   BIGINT       NOT NULL,
    PRIMARY KEY (evidence_id, n)
);

-- What each customer's boxes have to know. A new word on a complaint takes the place of the one
-- before and stands behind all others, so that who has read up to one ordinal reads on from there.
CREATE TABLE cases.directive (
    organisation_id CHAR(36) NOT NULL,
    ordinal         BIGINT   NOT NULL,
    complaint_id    CHAR(36) NOT NULL REFERENCES cases.complaint,
    since_ms        BIGINT   NOT NULL,
    PRIMARY KEY (organisation_id, ordinal),
    CONSTRAINT directive_is_one_word UNIQUE (complaint_id)
);

-- Complaints that are more than single ones (AC-SPM-06). A complaint counts for one of them.
CREATE TABLE cases.violation (
    id              CHAR(36)    NOT NULL PRIMARY KEY,
    organisation_id CHAR(36)    NOT NULL,
    why             VARCHAR(20) NOT NULL CHECK (why IN ('REPEATED', 'CAMPAIGN_SHARE')),
    campaign_id     CHAR(36),
    opened_at_ms    BIGINT      NOT NULL
);

CREATE TABLE cases.violation_complaint (
    complaint_id CHAR(36) NOT NULL PRIMARY KEY REFERENCES cases.complaint,
    violation_id CHAR(36) NOT NULL REFERENCES cases.violation
);

CREATE INDEX violation_complaint_by_violation ON cases.violation_complaint (violation_id);

-- Who asks who called him, or complains without staff (AC-WHO-01 to 05). secret: what names a number,
-- sealed for the key of cases, which is not in the database; gone when nobody needs it any more.
-- number_mac: by which requests of one number are counted on one day.
CREATE TABLE cases.inquiry (
    id             CHAR(36)     NOT NULL PRIMARY KEY,
    token_sha256   CHAR(64)     NOT NULL,
    purpose        VARCHAR(10)  NOT NULL CHECK (purpose IN ('WHO_CALLED', 'COMPLAINT')),
    reason         VARCHAR(15)  NOT NULL
        CHECK (reason IN ('CONTACT_MISSING', 'NOT_REACHABLE', 'COMPLAINS')),
    -- The login of who entered it; empty where the subscriber did himself.
    entered_by     VARCHAR(100) NOT NULL,
    asked_at_ms    BIGINT       NOT NULL,
    state          VARCHAR(14)  NOT NULL
        CHECK (state IN ('AWAITING_PROOF', 'ASKING', 'ANSWERED', 'NOBODY', 'COMPLAINED', 'EXPIRED',
            'CLOSED')),
    state_since_ms BIGINT       NOT NULL,
    wrong_codes    INTEGER      NOT NULL,
    is_found       BOOLEAN      NOT NULL,
    -- How many boxes were asked, and how many of them have answered.
    asked          INTEGER      NOT NULL,
    answered       INTEGER      NOT NULL,
    -- Whether there are rows of boxes with answers.
    keeps_answers  BOOLEAN      NOT NULL,
    -- Which box answers the number that he is to call; codes from others prove nothing.
    line_box       CHAR(36),
    number_mac     CHAR(64),
    secret         VARCHAR(6000),
    fetched_at_ms  BIGINT,
    CONSTRAINT inquiry_token_is_unique UNIQUE (token_sha256)
);

CREATE INDEX inquiry_by_number ON cases.inquiry (number_mac, state);
CREATE INDEX inquiry_by_state ON cases.inquiry (state, state_since_ms);
CREATE INDEX inquiry_by_answers ON cases.inquiry (keeps_answers, asked_at_ms);
CREATE INDEX inquiry_by_time ON cases.inquiry (asked_at_ms, id);

-- Which boxes were asked, and what they said, sealed as it came. When no box is to answer any more,
-- only answers are kept, and those are gone when the subscriber has them.
CREATE TABLE cases.inquiry_box (
    inquiry_id     CHAR(36) NOT NULL REFERENCES cases.inquiry,
    box_id         CHAR(36) NOT NULL,
    answered_at_ms BIGINT,
    answer         VARCHAR(32000),
    PRIMARY KEY (inquiry_id, box_id)
);

CREATE INDEX inquiry_box_by_box ON cases.inquiry_box (box_id, answered_at_ms);

-- What numbers of a day (yyyy-mm-dd in Astana) are hashed with. A row lives two days, and nobody can
-- tell any more then which number a hash was of.
CREATE TABLE cases.day_salt (
    salt_day CHAR(10) NOT NULL PRIMARY KEY,
    salt     CHAR(44) NOT NULL
);

-- By which message in Telegram customers consented that a recording of theirs is published
-- (SH-NOT-11). A row is about one recording, and is never used for another one. withdrawn_from_ms:
-- when the time to remove began. withdrawal_entered_by: a login here, empty where the box reported.
CREATE TABLE cases.promotion (
    id                    CHAR(36)     NOT NULL PRIMARY KEY,
    organisation_id       CHAR(36)     NOT NULL,
    box_id                CHAR(36)     NOT NULL,
    call_id               CHAR(36)     NOT NULL,
    chat                  VARCHAR(17)  NOT NULL,
    message               BIGINT       NOT NULL CHECK (message > 0),
    given_at_ms           BIGINT       NOT NULL,
    given_by              VARCHAR(200) NOT NULL,
    for_site              BOOLEAN      NOT NULL,
    for_social            BOOLEAN      NOT NULL,
    entered_by            VARCHAR(100) NOT NULL,
    entered_at_ms         BIGINT       NOT NULL,
    state                 VARCHAR(10)  NOT NULL CHECK (state IN ('STANDING', 'TO_REMOVE', 'ENDED')),
    withdrawn_from_ms     BIGINT,
    withdrawn_by          VARCHAR(200),
    withdrawal_entered_by VARCHAR(100),
    withdrawn_at_ms       BIGINT,
    removal_due_ms        BIGINT,
    -- Whether the alarm was raised that something is still there after its time.
    alarmed               BOOLEAN      NOT NULL,
    CONSTRAINT promotion_message_is_of_one UNIQUE (chat, message),
    CONSTRAINT promotion_is_withdrawn_whole CHECK (
        (state = 'STANDING' AND withdrawn_from_ms IS NULL AND withdrawn_by IS NULL
            AND withdrawal_entered_by IS NULL AND withdrawn_at_ms IS NULL
            AND removal_due_ms IS NULL)
        OR (state <> 'STANDING' AND withdrawn_from_ms IS NOT NULL AND withdrawn_by IS NOT NULL
            AND withdrawal_entered_by IS NOT NULL AND withdrawn_at_ms IS NOT NULL
            AND removal_due_ms IS NOT NULL))
);

CREATE INDEX promotion_by_box ON cases.promotion (box_id, state);
CREATE INDEX promotion_by_customer ON cases.promotion (organisation_id, state);
CREATE INDEX promotion_by_due ON cases.promotion (state, removal_due_ms);

-- Where they were published, in order, and when they were taken down.
CREATE TABLE cases.publication (
    id              CHAR(36)     NOT NULL PRIMARY KEY,
    promotion_id    CHAR(36)     NOT NULL REFERENCES cases.promotion,
    n               INTEGER      NOT NULL,
    outlet          VARCHAR(6)   NOT NULL CHECK (outlet IN ('SITE', 'SOCIAL')),
    place           VARCHAR(200) NOT NULL,
    published_at_ms BIGINT       NOT NULL,
    entered_by      VARCHAR(100) NOT NULL,
    removed_at_ms   BIGINT,
    removed_by      VARCHAR(100),
    CONSTRAINT publication_is_counted_once UNIQUE (promotion_id, n),
    CONSTRAINT publication_is_removed_whole CHECK (
        (removed_at_ms IS NULL AND removed_by IS NULL)
        OR (removed_at_ms IS NOT NULL AND removed_by IS NOT NULL))
);
