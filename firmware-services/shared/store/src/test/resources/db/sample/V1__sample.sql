CREATE TABLE sample.entry (
    name    VARCHAR(40) NOT NULL PRIMARY KEY,
    value   INTEGER     NOT NULL,
    follows VARCHAR(40),
    -- Checked at the commit, so that a test can make a commit fail.
    CONSTRAINT follows_one_that_is_there FOREIGN KEY (follows) REFERENCES sample.entry
        DEFERRABLE INITIALLY DEFERRED
);
