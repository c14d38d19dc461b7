-- What subscribers complain of. entered_by: who entered it, where that was here. heard: central has
-- said how it stands, and when that was true since; before, since_ms is this box's own. reported:
-- what central is to be told of it waits in the outbox or went from there.
CREATE TABLE complaint.complaint (
    id                CHAR(36)     NOT NULL PRIMARY KEY,
    number            VARCHAR(16)  NOT NULL,
    channel           VARCHAR(4)   NOT NULL CHECK (channel IN ('CALL', 'SMS')),
    source            VARCHAR(11)  NOT NULL
        CHECK (source IN ('CUSTOMER', 'STAFF', 'SUBSCRIBER', 'OPERATOR', 'THIRD_PARTY')),
    contact_at_ms     BIGINT       NOT NULL,
    received_at_ms    BIGINT       NOT NULL,
    text              VARCHAR(500) NOT NULL,
    entered_by        VARCHAR(100),
    campaign_id       CHAR(36),
    recipients        BIGINT CHECK (recipients > 0),
    standing          VARCHAR(11)  NOT NULL
        CHECK (standing IN ('PROVISIONAL', 'CONFIRMED', 'REJECTED', 'LIFTED')),
    since_ms          BIGINT       NOT NULL,
    evidence_due_ms   BIGINT,
    evidence_received BOOLEAN      NOT NULL,
    heard             BOOLEAN      NOT NULL,
    reported          BOOLEAN      NOT NULL,
    CONSTRAINT a_campaign_has_recipients CHECK (
        (campaign_id IS NULL AND recipients IS NULL)
        OR (campaign_id IS NOT NULL AND recipients IS NOT NULL)),
    CONSTRAINT only_what_was_entered_here_is_reported CHECK (reported OR entered_by IS NOT NULL)
);

CREATE INDEX complaint.complaint_by_number ON complaint.complaint (number, standing);
CREATE INDEX complaint.complaint_by_time ON complaint.complaint (received_at_ms, id);
CREATE INDEX complaint.complaint_by_report ON complaint.complaint (reported);

-- What the customer answered, with the file as it came. Rows are only ever added.
CREATE TABLE complaint.answer (
    id           CHAR(36)      NOT NULL PRIMARY KEY,
    complaint_id CHAR(36)      NOT NULL REFERENCES complaint.complaint,
    at_ms        BIGINT        NOT NULL,
    given_by     VARCHAR(100)  NOT NULL,
    note         VARCHAR(2000) NOT NULL,
    late         BOOLEAN       NOT NULL,
    file_name    VARCHAR(200),
    file_type    VARCHAR(20),
    content      ${blob},
    reported     BOOLEAN       NOT NULL,
    CONSTRAINT a_file_is_whole CHECK (
        (file_name IS NULL AND file_type IS NULL AND content IS NULL)
        OR (file_name IS NOT NULL AND file_type IS NOT NULL AND content IS NOT NULL))
);

CREATE INDEX complaint.answer_by_complaint ON complaint.answer (complaint_id);
CREATE INDEX complaint.answer_by_report ON complaint.answer (reported);

-- What the lists said of the number when it was answered, the newest list first, place from 0.
CREATE TABLE complaint.consent_record (
    answer_id    CHAR(36)     NOT NULL REFERENCES complaint.answer,
    place        INTEGER      NOT NULL CHECK (place >= 0),
    list_name    VARCHAR(200) NOT NULL,
    imported_ms  BIGINT       NOT NULL,
    origin       VARCHAR(500) NOT NULL,
    for_calls    BOOLEAN      NOT NULL,
    for_messages BOOLEAN      NOT NULL,
    stated_by    VARCHAR(100) NOT NULL,
    stated_at_ms BIGINT       NOT NULL,
    CONSTRAINT consent_record_key PRIMARY KEY (answer_id, place)
);
