"""How much of a database's connections is in use."""

from sqlalchemy import Engine
from sqlalchemy.pool import QueuePool


def pool_in_use(engine: Engine) -> int:
    """Return how many connections somebody holds now."""
    pool = engine.pool
    return pool.checkedout() if isinstance(pool, QueuePool) else 0
