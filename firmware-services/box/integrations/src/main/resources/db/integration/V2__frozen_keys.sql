-- Since when a key is refused because its program does not slow down when it is told to.
ALTER TABLE integration.api_key ADD COLUMN frozen_at_ms BIGINT;
