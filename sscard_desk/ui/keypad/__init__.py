"""The bare keypad on which a cardholder types a PIN: one question, dots, digits, and nothing else."""
