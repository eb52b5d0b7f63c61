"""Drivers and simulators of everything that is plugged in, one package per family."""
