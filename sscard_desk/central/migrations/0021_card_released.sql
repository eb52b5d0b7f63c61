-- card numbers that an operator let go: an application that does not have the card here had kept them
CREATE TABLE card_released (
    id INTEGER PRIMARY KEY,
    identification_code TEXT NOT NULL,
    card_number TEXT NOT NULL,
    subject TEXT NOT NULL,
    desk TEXT NOT NULL,
    operator TEXT NOT NULL,
    reason TEXT NOT NULL,
    at_ms INTEGER NOT NULL
);
CREATE INDEX card_released_subject ON card_released (subject);
CREATE INDEX card_use_subject ON card_use (subject)
