"""Faults of a sync, tried by the thousand: processes killed, databases stopped, lines cut, disks full."""
