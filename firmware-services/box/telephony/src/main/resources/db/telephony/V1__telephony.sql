-- The carriers' lines. price is per minute, in tenge. suspended_*: the provider shut this one trunk
-- (SH-SUS-02). authority: certificates in PEM of whoever vouches for the carrier; without them, those
-- whom the machine trusts do. changes counts what people did to it, so that nobody overwrites unseen.
CREATE TABLE telephony.trunk (
    id              CHAR(9)        NOT NULL PRIMARY KEY,
    name            VARCHAR(60)    NOT NULL UNIQUE,
    host            VARCHAR(253)   NOT NULL,
    port            INTEGER        NOT NULL CHECK (port BETWEEN 1 AND 65535),
    transport       VARCHAR(3)     NOT NULL CHECK (transport IN ('UDP', 'TCP', 'TLS')),
    media           VARCHAR(5)     NOT NULL CHECK (media IN ('PLAIN', 'SRTP')),
    authority       VARCHAR(16384),
    login           VARCHAR(64),
    sealed_password VARCHAR(1024) FOR BIT DATA,
    codecs          VARCHAR(40)    NOT NULL,
    channel_limit   INTEGER        NOT NULL CHECK (channel_limit BETWEEN 1 AND 1000),
    price           DECIMAL(9, 4)  NOT NULL CHECK (price >= 0),
    place           INTEGER        NOT NULL,
    caller_number   VARCHAR(16)    NOT NULL,
    enabled         BOOLEAN        NOT NULL,
    suspended_at_ms BIGINT,
    suspended_why   VARCHAR(500),
    changes         BIGINT         NOT NULL,
    CONSTRAINT secrets_only_over_tls CHECK (
        transport = 'TLS' OR (media = 'PLAIN' AND authority IS NULL)),
    CONSTRAINT login_with_password CHECK (
        (login IS NULL AND sealed_password IS NULL)
        OR (login IS NOT NULL AND sealed_password IS NOT NULL)),
    CONSTRAINT suspended_for_a_reason CHECK (
        (suspended_at_ms IS NULL AND suspended_why IS NULL)
        OR (suspended_at_ms IS NOT NULL AND suspended_why IS NOT NULL))
);

-- The numbers that the provider has assigned to this box, in E.164 form with commas between; no row
-- while he never assigned any, and then the settings say which numbers it may show.
CREATE TABLE telephony.pool (
    only_one SMALLINT      NOT NULL PRIMARY KEY CHECK (only_one = 1),
    numbers  VARCHAR(2000) NOT NULL
);

-- The trunk of the settings' file, as it stood there when it was last taken over.
CREATE TABLE telephony.taken_over (
    only_one SMALLINT     NOT NULL PRIMARY KEY CHECK (only_one = 1),
    trunk    CHAR(9)      NOT NULL,
    host     VARCHAR(253) NOT NULL,
    port     INTEGER      NOT NULL
);
