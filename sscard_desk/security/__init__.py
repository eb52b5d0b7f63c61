"""Who may open the desk: key slots, passwords, pauses after wrong ones, sessions."""
