"""One file per phase of a pass: each does one act and says what came of it."""
