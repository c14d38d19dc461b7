-- Of how many of the recordings transcripts went with them.
ALTER TABLE recording.purge ADD COLUMN derived INTEGER NOT NULL DEFAULT 0;
