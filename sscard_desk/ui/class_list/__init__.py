"""A school's class list: chosen, checked row by row, imported once, and its papers printed as one job."""
