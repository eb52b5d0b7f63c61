"""Step 2: the applicant chooses the card-issuing bank on the confirmation form."""
