"""The second window, which the applicant sees: nothing of others, nothing after the person leaves."""
