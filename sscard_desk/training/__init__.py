"""Training mode: synthetic persons, the simulated devices and the demo."""
