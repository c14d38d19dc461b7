-- One row for each call that was to be recorded; content lies in files, encrypted.
CREATE TABLE recording.recording (
    id               CHAR(36)      NOT NULL PRIMARY KEY,
    call_id          CHAR(36)      NOT NULL,
    campaign         VARCHAR(80)   NOT NULL,
    contact          VARCHAR(120)  NOT NULL,
    channel_map      VARCHAR(60)   NOT NULL,
    started_at_ms    BIGINT        NOT NULL,
    answered_ms      BIGINT        NOT NULL,
    retain_until_ms  BIGINT        NOT NULL,
    state            VARCHAR(6)    NOT NULL,
    reason           VARCHAR(300)  NOT NULL,
    samples          BIGINT        NOT NULL,
    sha256           VARCHAR(64)   NOT NULL,
    codec            VARCHAR(4)    NOT NULL,
    path             VARCHAR(120)  NOT NULL,
    stored_bytes     BIGINT        NOT NULL,
    peaks            VARCHAR(8000) NOT NULL,
    CONSTRAINT one_recording_a_call UNIQUE (call_id),
    CONSTRAINT known_state CHECK (state IN ('KEPT', 'FAILED')),
    CONSTRAINT kept_is_whole CHECK (state = 'FAILED' OR (samples > 0 AND stored_bytes > 0))
);

CREATE INDEX recording_overdue ON recording.recording (retain_until_ms);
CREATE INDEX recording_codec ON recording.recording (codec, started_at_ms);

-- What was deleted when its time was over: how much and which, nothing of its content.
CREATE TABLE recording.purge (
    id            CHAR(36)    NOT NULL PRIMARY KEY,
    purged_at_ms  BIGINT      NOT NULL,
    recordings    INTEGER     NOT NULL,
    bytes         BIGINT      NOT NULL,
    oldest_ms     BIGINT      NOT NULL,
    newest_ms     BIGINT      NOT NULL,
    sha256        VARCHAR(64) NOT NULL,
    -- Ids of the legal holds that kept some of them beyond their time, with blanks between.
    kept_by       VARCHAR(4000) NOT NULL,
    CONSTRAINT something_was_purged CHECK (recordings > 0)
);
