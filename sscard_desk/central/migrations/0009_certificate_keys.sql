-- the key that the desk signed with when it was given a certificate: with another key it is another computer's
ALTER TABLE certificate ADD COLUMN desk_key BLOB
