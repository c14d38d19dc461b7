-- Ended calls, counted by the hour (UTC) in which they began; written with each call's end, so that
-- reports cost the same however long the log is. trunk is - where a call came to none; trunk_name is
-- the name that it had last.
CREATE TABLE calls.hour_of_calls (
    hour_ms     BIGINT       NOT NULL,
    campaign    CHAR(36)     NOT NULL,
    trunk       CHAR(9)      NOT NULL,
    outcome     VARCHAR(20)  NOT NULL,
    cause       VARCHAR(200) NOT NULL,
    trunk_name  VARCHAR(60),
    calls       BIGINT       NOT NULL CHECK (calls > 0),
    answered_ms BIGINT       NOT NULL CHECK (answered_ms >= 0),
    amount_tiyn BIGINT       NOT NULL CHECK (amount_tiyn >= 0),
    PRIMARY KEY (hour_ms, campaign, trunk, outcome, cause)
);

INSERT INTO calls.hour_of_calls
    (hour_ms, campaign, trunk, outcome, cause, trunk_name, calls, answered_ms, amount_tiyn)
SELECT hour_ms, campaign, trunk, outcome, cause, MAX(trunk_name), COUNT(*), SUM(answered_ms),
    SUM(amount_tiyn)
FROM (SELECT started_at_ms / 3600000 * 3600000 AS hour_ms, campaign,
          COALESCE(trunk, CAST('-' AS CHAR(9))) AS trunk, outcome, cause, trunk_name, answered_ms,
          amount_tiyn
      FROM calls.phone_call WHERE state = 'ENDED') AS ended
GROUP BY hour_ms, campaign, trunk, outcome, cause;
