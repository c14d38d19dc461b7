-- How the question of a call went, and who answered; NULL where nothing was asked.
ALTER TABLE calls.phone_call ADD COLUMN question_result VARCHAR(16);
ALTER TABLE calls.phone_call ADD COLUMN choice VARCHAR(60);
ALTER TABLE calls.phone_call ADD COLUMN answer_language VARCHAR(8);
ALTER TABLE calls.phone_call ADD COLUMN answered_with VARCHAR(8);
ALTER TABLE calls.phone_call ADD COLUMN answered_by VARCHAR(16);
ALTER TABLE calls.phone_call ADD COLUMN answered_by_reason VARCHAR(32);
ALTER TABLE calls.phone_call ADD COLUMN answered_by_rule VARCHAR(32);
ALTER TABLE calls.phone_call ADD COLUMN answered_by_confidence DOUBLE PRECISION;
ALTER TABLE calls.phone_call ADD COLUMN answered_by_corrected VARCHAR(16);
ALTER TABLE calls.phone_call ADD COLUMN keys_only BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE calls.utterance ADD COLUMN language VARCHAR(8) NOT NULL DEFAULT 'ru';
