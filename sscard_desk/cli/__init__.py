"""The command line: one file per verb. Every verb gives one JSON object with `--json`."""
