"""The first screen: who works here, and whether everything is ready."""
