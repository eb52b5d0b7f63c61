"""Step 5: what the applicant brought, held against the checklist of the case."""
