"""One Protocol per outside thing: what the use cases ask of it, and nothing of how it is done."""
