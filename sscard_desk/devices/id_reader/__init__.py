"""Resident id card readers with a SAM-V module: frames, the card's text, a serial driver, a model of the reader."""
