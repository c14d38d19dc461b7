-- By which message in Telegram the owner consented that a recording of this box is published, as
-- central last said (SH-NOT-11). named: central's newest word names it; of one that it does not name,
-- nothing is published any more. asked_at_ms: when it was withdrawn here; reported: central is told of
-- that, or the outbox will.
CREATE TABLE promotion.consent (
    id              CHAR(36)     NOT NULL PRIMARY KEY,
    call_id         CHAR(36)     NOT NULL,
    chat            VARCHAR(17)  NOT NULL,
    message         BIGINT       NOT NULL,
    given_at_ms     BIGINT       NOT NULL,
    for_site        BOOLEAN      NOT NULL,
    for_social      BOOLEAN      NOT NULL,
    withdrawn_at_ms BIGINT,
    due_ms          BIGINT,
    named           BOOLEAN      NOT NULL,
    asked_at_ms     BIGINT,
    asked_by        VARCHAR(100),
    reported        BOOLEAN      NOT NULL,
    CONSTRAINT a_withdrawal_is_whole CHECK (
        (withdrawn_at_ms IS NULL AND due_ms IS NULL)
        OR (withdrawn_at_ms IS NOT NULL AND due_ms IS NOT NULL)),
    CONSTRAINT who_asks_is_known CHECK (
        (asked_at_ms IS NULL AND asked_by IS NULL)
        OR (asked_at_ms IS NOT NULL AND asked_by IS NOT NULL))
);

CREATE INDEX promotion.consent_by_call ON promotion.consent (call_id);
CREATE INDEX promotion.consent_by_time ON promotion.consent (given_at_ms, id);

-- Where it was published, in order, n from 0.
CREATE TABLE promotion.publication (
    consent_id    CHAR(36)     NOT NULL REFERENCES promotion.consent,
    n             INTEGER      NOT NULL,
    outlet        VARCHAR(6)   NOT NULL CHECK (outlet IN ('SITE', 'SOCIAL')),
    place         VARCHAR(200) NOT NULL,
    at_ms         BIGINT       NOT NULL,
    removed_at_ms BIGINT,
    CONSTRAINT publication_key PRIMARY KEY (consent_id, n)
);
