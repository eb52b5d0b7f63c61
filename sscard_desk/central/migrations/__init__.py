"""The centre's database, one numbered step after another; a step is plain SQL and never changes once released."""

from importlib import resources

from sqlalchemy import Connection


def ours() -> int:
    """Return the number of the newest step that this program knows."""
    return len(_steps())


def migrate(connection: Connection) -> int:
    """Bring the database up to date inside the caller's transaction.

    Returns:
        The number of the newest step, which `PRAGMA user_version` says from now on.
    """
    found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    steps = _steps()
    for number in range(found, len(steps)):
        for statement in _statements(steps[number]):
            connection.exec_driver_sql(statement)
    if found < len(steps):
        connection.exec_driver_sql(f"PRAGMA user_version = {len(steps)}")
    return max(found, len(steps))


def _steps() -> list[str]:
    folder = resources.files(__package__)
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".sql"))
    return [(folder / name).read_text(encoding="utf-8") for name in names]


def _statements(text: str) -> list[str]:
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--")]
    return [statement.strip() for statement in "\n".join(lines).split(";") if statement.strip()]
