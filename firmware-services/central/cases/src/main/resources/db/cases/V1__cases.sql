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
