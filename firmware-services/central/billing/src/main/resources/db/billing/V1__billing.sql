-- The published price lists, in the order of their publication. Never changed (SH-TAR-01).
CREATE TABLE billing.tariff_version (
    number          INTEGER       NOT NULL PRIMARY KEY CHECK (number > 0),
    id              VARCHAR(64)   NOT NULL,
    published_at_ms BIGINT        NOT NULL,
    published_by    VARCHAR(100)  NOT NULL,
    text            VARCHAR(12000) NOT NULL,
    CONSTRAINT tariff_version_id_is_unique UNIQUE (id)
);

-- By which version a customer is rated since when. Only a credited payment adds one (SH-TAR-03).
CREATE TABLE billing.pin (
    organisation_id CHAR(36)    NOT NULL,
    since_ms        BIGINT      NOT NULL,
    number          INTEGER     NOT NULL REFERENCES billing.tariff_version,
    top_up_key      VARCHAR(60) NOT NULL,
    PRIMARY KEY (organisation_id, since_ms)
);

-- Credited payments of customers.
CREATE TABLE billing.top_up (
    key_text        VARCHAR(60)  NOT NULL PRIMARY KEY,
    organisation_id CHAR(36)     NOT NULL,
    wallet          VARCHAR(20)  NOT NULL,
    amount_tiyn     BIGINT       NOT NULL CHECK (amount_tiyn > 0),
    reference       VARCHAR(200) NOT NULL,
    credited_by     VARCHAR(100) NOT NULL,
    credited_at_ms  BIGINT       NOT NULL
);

CREATE INDEX top_up_by_organisation ON billing.top_up (organisation_id, credited_at_ms);

-- What one person of the provider proposes and another one decides (SH-BAL-17).
CREATE TABLE billing.proposal (
    id              CHAR(36)      NOT NULL PRIMARY KEY,
    kind            VARCHAR(20)   NOT NULL
        CHECK (kind IN ('PUBLICATION', 'REVERSAL', 'COMPENSATION', 'PENALTY')),
    organisation_id CHAR(36),
    subject         VARCHAR(12000) NOT NULL,
    amount_tiyn     BIGINT        NOT NULL CHECK (amount_tiyn >= 0),
    reason          VARCHAR(500)  NOT NULL,
    proposed_by     VARCHAR(100)  NOT NULL,
    proposed_at_ms  BIGINT        NOT NULL,
    state           VARCHAR(10)   NOT NULL
        CHECK (state IN ('OPEN', 'APPROVED', 'REJECTED', 'WITHDRAWN')),
    decided_by      VARCHAR(100),
    decided_at_ms   BIGINT,
    note            VARCHAR(500),
    CONSTRAINT proposal_is_decided_whole CHECK (
        (state = 'OPEN' AND decided_by IS NULL AND decided_at_ms IS NULL)
        OR (state = 'WITHDRAWN' AND decided_by = proposed_by AND decided_at_ms IS NOT NULL)
        OR (state IN ('APPROVED', 'REJECTED') AND decided_by IS NOT NULL
            AND decided_by <> proposed_by AND decided_at_ms IS NOT NULL))
);

CREATE INDEX proposal_by_state ON billing.proposal (state, proposed_at_ms);

-- Where a box and central do not agree on a price (SH-TAR-17): one row for all items of a box that
-- differ for the same reason, until a person closes it.
CREATE TABLE billing.rating_case (
    id               CHAR(36)     NOT NULL PRIMARY KEY,
    organisation_id  CHAR(36)     NOT NULL,
    box_id           CHAR(36)     NOT NULL,
    why              VARCHAR(30)  NOT NULL,
    service          VARCHAR(32)  NOT NULL,
    box_version      VARCHAR(64)  NOT NULL,
    central_version  VARCHAR(64)  NOT NULL,
    items            BIGINT       NOT NULL CHECK (items > 0),
    box_tiyn         BIGINT       NOT NULL,
    central_tiyn     BIGINT       NOT NULL,
    first_item       VARCHAR(60)  NOT NULL,
    last_item        VARCHAR(60)  NOT NULL,
    first_at_ms      BIGINT       NOT NULL,
    last_at_ms       BIGINT       NOT NULL,
    closed_by        VARCHAR(100),
    closed_at_ms     BIGINT,
    note             VARCHAR(500)
);

CREATE INDEX rating_case_by_box ON billing.rating_case (box_id, closed_at_ms);
