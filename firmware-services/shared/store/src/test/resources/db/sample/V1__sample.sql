CREATE TABLE sample.entry (
    name  VARCHAR(40) NOT NULL PRIMARY KEY,
    value INTEGER     NOT NULL,
    -- Checked at the commit, so that a test can make a commit fail.
    CONSTRAINT no_negative CHECK (value >= 0) INITIALLY DEFERRED
);
