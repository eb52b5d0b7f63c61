-- which physical card the key for writing was given for: its factor of the card key, 16 hex digits; empty for older rows,
-- which keep the first that is asked with
ALTER TABLE card_key_grant ADD COLUMN card_part TEXT NOT NULL DEFAULT '';
-- what a spoiled card's confirmation rests on: `seal` of a second account, `centre`, or empty: a desk's word alone
ALTER TABLE blank_place ADD COLUMN confirmed_how TEXT NOT NULL DEFAULT ''
