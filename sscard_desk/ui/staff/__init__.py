"""Who may work at this desk: a first password is given here, beside the person."""
