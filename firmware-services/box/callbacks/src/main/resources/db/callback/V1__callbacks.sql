-- Calls that people made to the box's numbers. caller: missing where the number was hidden, or was
-- none. told: what was said to the caller; missing while the call is under way. campaign, contact_at_ms
-- and call_id: which call of the box he was told of. refused: how often he was not answered later the
-- same day, because he had been told often enough.
CREATE TABLE callback.call_back (
    id            CHAR(36)    NOT NULL PRIMARY KEY,
    at_ms         BIGINT      NOT NULL,
    caller        VARCHAR(16),
    trunk         CHAR(9)     NOT NULL,
    called        VARCHAR(21),
    told          VARCHAR(10) CHECK (told IN ('CALLED', 'NOT_CALLED', 'HIDDEN', 'NOTHING')),
    campaign      CHAR(36),
    contact_at_ms BIGINT,
    call_id       CHAR(36),
    heard_ms      BIGINT      NOT NULL CHECK (heard_ms >= 0),
    wish          VARCHAR(11) CHECK (wish IN ('LEAVE_ALONE', 'COMPLAIN')),
    refused       INTEGER     NOT NULL CHECK (refused >= 0),
    CONSTRAINT a_contact_is_whole CHECK (
        (campaign IS NULL AND contact_at_ms IS NULL AND call_id IS NULL)
        OR (campaign IS NOT NULL AND contact_at_ms IS NOT NULL AND call_id IS NOT NULL)),
    CONSTRAINT who_was_called_is_told_by_whom CHECK (told <> 'CALLED' OR campaign IS NOT NULL),
    CONSTRAINT only_who_was_called_has_a_wish CHECK (wish IS NULL OR campaign IS NOT NULL)
);

CREATE INDEX callback.call_back_by_caller ON callback.call_back (caller, at_ms);
CREATE INDEX callback.call_back_by_time ON callback.call_back (at_ms, id);

-- What subscribers asked by way of the provider and the box has answered, so that each is answered
-- once. campaign: the newest that had called; missing where none had. called_back: whether he had
-- called back after it as well, and stands above. Whose question it was is not kept.
CREATE TABLE callback.question (
    id          CHAR(36) NOT NULL PRIMARY KEY,
    at_ms       BIGINT   NOT NULL,
    campaign    CHAR(36),
    called_back BOOLEAN  NOT NULL
);

CREATE INDEX callback.question_by_time ON callback.question (at_ms, id);
