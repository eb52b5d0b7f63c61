"""The desk's encrypted database and what lies beside it. Nothing here imports SQLAlchemy before `open_desk`."""
