-- The published price lists, in the order of their publication. Never changed (SH-TAR-01). One that
-- belongs to an organisation holds for that one alone: what was granted to it (SH-TAR-10).
CREATE TABLE billing.tariff_version (
    number          INTEGER       NOT NULL PRIMARY KEY CHECK (number > 0),
    id              VARCHAR(64)   NOT NULL,
    published_at_ms BIGINT        NOT NULL,
    published_by    VARCHAR(100)  NOT NULL,
    text            VARCHAR(12000) NOT NULL,
    organisation_id CHAR(36),
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
        CHECK (kind IN (
            'PUBLICATION', 'REVERSAL', 'COMPENSATION', 'PENALTY', 'WELCOME_BONUS', 'BENEFIT_GRANT',
            'BENEFIT_EXIT', 'ERASURE')),
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

-- Who a customer is by law (SH-ACC-01). Closed ones stay. The two last columns repeat a value for as
-- long as the registration is open, so that there is at most one for each.
CREATE TABLE billing.registration (
    id                CHAR(36)     NOT NULL PRIMARY KEY,
    organisation_id   CHAR(36)     NOT NULL,
    org_key           CHAR(12)     NOT NULL,
    legal_name        VARCHAR(200) NOT NULL,
    registered_at_ms  BIGINT       NOT NULL,
    registered_by     VARCHAR(100) NOT NULL,
    closed_at_ms      BIGINT,
    closed_by         VARCHAR(100),
    closed_why        VARCHAR(500),
    open_organisation CHAR(36),
    open_key          CHAR(12),
    CONSTRAINT organisation_is_registered_once UNIQUE (open_organisation),
    CONSTRAINT organisation_key_is_registered_once UNIQUE (open_key),
    CONSTRAINT registration_is_closed_whole CHECK (
        (closed_at_ms IS NULL AND closed_by IS NULL AND closed_why IS NULL
            AND open_organisation IS NOT NULL AND open_key IS NOT NULL)
        OR (closed_at_ms IS NOT NULL AND closed_by IS NOT NULL AND closed_why IS NOT NULL
            AND open_organisation IS NULL AND open_key IS NULL))
);

CREATE INDEX registration_by_organisation
    ON billing.registration (organisation_id, registered_at_ms);
CREATE INDEX registration_by_key ON billing.registration (org_key);

-- What a first registration brings, as it was decided one after the other (parameter P-13).
CREATE TABLE billing.welcome_bonus_amount (
    number        INTEGER      NOT NULL PRIMARY KEY CHECK (number > 0),
    amount_tiyn   BIGINT       NOT NULL CHECK (amount_tiyn >= 0),
    decided_at_ms BIGINT       NOT NULL,
    decided_by    VARCHAR(100) NOT NULL
);

-- What a first registration brought: once for each number of the state, for good (SH-BAL-11).
CREATE TABLE billing.welcome_bonus (
    org_key         CHAR(12)    NOT NULL PRIMARY KEY,
    organisation_id CHAR(36)    NOT NULL,
    amount_tiyn     BIGINT      NOT NULL CHECK (amount_tiyn > 0),
    credited_at_ms  BIGINT      NOT NULL,
    lapses_at_ms    BIGINT      NOT NULL,
    warned_at_ms    BIGINT,
    state           VARCHAR(6)  NOT NULL CHECK (state IN ('OPEN', 'KEPT', 'VOIDED')),
    decided_at_ms   BIGINT,
    kept_by         VARCHAR(20),
    voided_tiyn     BIGINT,
    CONSTRAINT welcome_bonus_is_decided_whole CHECK (
        (state = 'OPEN' AND decided_at_ms IS NULL AND kept_by IS NULL AND voided_tiyn IS NULL)
        OR (state = 'KEPT' AND decided_at_ms IS NOT NULL AND kept_by IS NOT NULL)
        OR (state = 'VOIDED' AND decided_at_ms IS NOT NULL AND kept_by IS NULL
            AND voided_tiyn IS NOT NULL))
);

CREATE INDEX welcome_bonus_by_state ON billing.welcome_bonus (state, lapses_at_ms);
CREATE INDEX welcome_bonus_by_organisation ON billing.welcome_bonus (organisation_id);

-- What the analysis of conversations cost, and from which part of the money (SH-BAL-14).
CREATE TABLE billing.analytics_charge (
    item_id           VARCHAR(60)  NOT NULL PRIMARY KEY,
    organisation_id   CHAR(36)     NOT NULL,
    bonus_tiyn        BIGINT       NOT NULL CHECK (bonus_tiyn >= 0),
    money_tiyn        BIGINT       NOT NULL CHECK (money_tiyn >= 0),
    charged_at_ms     BIGINT       NOT NULL,
    compensated_at_ms BIGINT
);

CREATE INDEX analytics_charge_by_organisation
    ON billing.analytics_charge (organisation_id, charged_at_ms);

-- Reduced prices that were granted to one customer (SH-TAR-10). The version is the whole list by
-- which he is rated while they hold.
CREATE TABLE billing.benefit (
    id               VARCHAR(64)   NOT NULL PRIMARY KEY,
    organisation_id  CHAR(36)      NOT NULL,
    number           INTEGER       NOT NULL REFERENCES billing.tariff_version,
    base_number      INTEGER       NOT NULL REFERENCES billing.tariff_version,
    terms            VARCHAR(4000) NOT NULL,
    granted_at_ms    BIGINT        NOT NULL,
    granted_by       VARCHAR(100)  NOT NULL,
    conditions_at_ms BIGINT,
    recalculation_at_ms BIGINT,
    evidence         VARCHAR(500),
    -- What is not met, as it was told last; empty while all is.
    failing          VARCHAR(1000),
    ended_at_ms      BIGINT,
    end_kind         VARCHAR(10) CHECK (end_kind IN ('EXIT', 'OVER')),
    CONSTRAINT benefit_is_confirmed_whole CHECK (
        (conditions_at_ms IS NULL AND recalculation_at_ms IS NULL AND evidence IS NULL)
        OR (conditions_at_ms IS NOT NULL AND recalculation_at_ms IS NOT NULL
            AND evidence IS NOT NULL)),
    CONSTRAINT benefit_has_ended_whole CHECK (
        (ended_at_ms IS NULL AND end_kind IS NULL)
        OR (ended_at_ms IS NOT NULL AND end_kind IS NOT NULL))
);

CREATE INDEX benefit_by_organisation ON billing.benefit (organisation_id, granted_at_ms);

-- From when to when a benefit's prices held: while all its conditions were met (SH-TAR-11).
CREATE TABLE billing.benefit_period (
    organisation_id CHAR(36)    NOT NULL,
    from_ms         BIGINT      NOT NULL,
    to_ms           BIGINT,
    benefit_id      VARCHAR(64) NOT NULL REFERENCES billing.benefit,
    PRIMARY KEY (organisation_id, from_ms)
);

-- What was rendered at reduced prices, and once the customer has left early, what it costs at the
-- base price of its day: the annex of the one posting (SH-TAR-12).
CREATE TABLE billing.benefit_item (
    benefit_id    VARCHAR(64) NOT NULL REFERENCES billing.benefit,
    box_id        CHAR(36)    NOT NULL,
    item_id       VARCHAR(60) NOT NULL,
    service       VARCHAR(32) NOT NULL,
    quantity      BIGINT      NOT NULL CHECK (quantity >= 0),
    rendered_at_ms BIGINT     NOT NULL,
    charged_tiyn  BIGINT      NOT NULL,
    base_tiyn     BIGINT,
    base_version  VARCHAR(64),
    PRIMARY KEY (benefit_id, box_id, item_id, service)
);

-- Periods of a plan that were paid for. Bought whole; never shortened and never lengthened
-- (SH-TAR-08, SH-SUS-03).
CREATE TABLE billing.plan_period (
    id              CHAR(36)     NOT NULL PRIMARY KEY,
    organisation_id CHAR(36)     NOT NULL,
    plan            VARCHAR(20)  NOT NULL CHECK (plan IN ('ANALYTICS_PLAN', 'XTRACK_PLAN')),
    months          INTEGER      NOT NULL CHECK (months > 0),
    first_day       CHAR(10)     NOT NULL,
    last_day        CHAR(10)     NOT NULL,
    fee_tiyn        BIGINT       NOT NULL CHECK (fee_tiyn >= 0),
    version         VARCHAR(64)  NOT NULL,
    bought_at_ms    BIGINT       NOT NULL,
    bought_by       VARCHAR(100) NOT NULL,
    -- How often its owner was told that it ends.
    reminders       INTEGER      NOT NULL,
    CONSTRAINT plan_begins_once UNIQUE (organisation_id, plan, first_day)
);
