-- What the owner was told. Central's notices bear central's ids, so each is taken in once.
CREATE TABLE notice.notice (
    id              CHAR(36)    NOT NULL PRIMARY KEY,
    code            VARCHAR(40) NOT NULL,
    at_ms           BIGINT      NOT NULL,
    amount_tiyn     BIGINT,
    until_ms        BIGINT,
    subject         VARCHAR(300),
    origin          VARCHAR(7)  NOT NULL CHECK (origin IN ('CENTRAL', 'BOX')),
    dismissed_at_ms BIGINT,
    dismissed_by    VARCHAR(100),
    CONSTRAINT whoever_dismisses_does_so_once CHECK (
        (dismissed_at_ms IS NULL AND dismissed_by IS NULL)
        OR (dismissed_at_ms IS NOT NULL AND dismissed_by IS NOT NULL))
);

CREATE INDEX notice.notice_newest_first ON notice.notice (at_ms DESC, id);

-- The thresholds that the owner set. told: the owner knows that the balance is below it, and is not
-- told again until it was at or above it.
CREATE TABLE notice.threshold (
    amount_tiyn BIGINT  NOT NULL PRIMARY KEY CHECK (amount_tiyn > 0),
    told        BOOLEAN NOT NULL
);

-- The same for a balance below what is spent on a usual day.
CREATE TABLE notice.usual_day (
    only_one SMALLINT NOT NULL PRIMARY KEY CHECK (only_one = 1),
    wanted   BOOLEAN  NOT NULL,
    told     BOOLEAN  NOT NULL,
    CONSTRAINT told_if_wanted CHECK (wanted OR NOT told)
);

INSERT INTO notice.usual_day (only_one, wanted, told) VALUES (1, TRUE, FALSE);
