"""Numbers of persons, cards and applications: their check characters, their parts and how they are shown."""
