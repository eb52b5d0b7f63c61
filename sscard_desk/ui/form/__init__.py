"""Step 4: the registration form, on the screen, on paper and back again."""
