"""Step 6: applicant and clerk sign what is shown."""
