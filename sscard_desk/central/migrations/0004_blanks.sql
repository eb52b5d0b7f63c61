-- where each blank card is, as each desk's own entries say; two desks that both have one are told
CREATE TABLE blank_place (
    identification_code TEXT NOT NULL,
    desk TEXT NOT NULL,
    point TEXT NOT NULL,
    state TEXT NOT NULL,
    stock_no TEXT NOT NULL,
    card_number TEXT NOT NULL,
    spoiled_by TEXT NOT NULL,
    confirmed_by TEXT NOT NULL,
    PRIMARY KEY (identification_code, desk)
) WITHOUT ROWID;
CREATE INDEX blank_desk ON blank_place (desk, state)
