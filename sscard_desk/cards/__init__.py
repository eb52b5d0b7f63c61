"""Card standards: commands, files and items of the social security card, and how a blank is written.

Everything here talks to a card through a `Transmit` callable: command bytes in, (data, status word) out.
"""
