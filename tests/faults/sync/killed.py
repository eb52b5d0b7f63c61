"""Processes killed at random moments of a sync: a desk, the server, one of two servers."""

import time
from random import Random
from typing import Final

from tests.faults.sync.database import Database
from tests.faults.sync.findings import Found
from tests.faults.sync.proxy import Proxy
from tests.faults.sync.world import World

ACTS: Final = 12
ACTS_BEFORE_DEATH: Final = 60
"""More than a desk records before it is killed."""
PAUSE_S: Final = 0.04
SPREAD_S: Final = 0.5
"""A kill falls at random into this time after work began."""
START_S: Final = 0.15
"""A process that starts is killed within this time, now and then."""
AGAIN_SHARE: Final = 0.2
EARLY_SHARE: Final = 0.2
"""So often the clock of a kill begins with the process and not with its first act."""
MOST_SWALLOWED: Final = 3
"""So many answers are lost whole, in a round in which one of two servers dies as well."""
LONGEST_WAY_S: Final = 0.01
AWAY_S: Final = 0.3
"""A stopped database stays away for up to this time."""


def desks_killed(address: str, rounds: int, seed: int) -> Found:
    """Kill desks; each kill is a round."""
    chance = Random(seed)
    with World(address) as world:
        while world.found.rounds < rounds:
            desks = world.desks[: rounds - world.found.rounds]
            world.work(desks, chance.randrange(1 << 30), ACTS_BEFORE_DEATH, PAUSE_S)
            if chance.random() > EARLY_SHARE:
                for desk in desks:
                    desk.committed_one()
            begun = time.monotonic()
            for at, desk in sorted(((chance.uniform(0, SPREAD_S), desk) for desk in desks), key=lambda pair: pair[0]):
                time.sleep(max(0.0, begun + at - time.monotonic()))
                desk.kill()
                world.found.rounds += 1
                desk.start()
                if chance.random() < AGAIN_SHARE:
                    world.work([desk], chance.randrange(1 << 30), ACTS_BEFORE_DEATH, PAUSE_S)
                    time.sleep(chance.uniform(0, START_S))
                    desk.kill()
                    desk.start()
            world.look(desks, settled=False)
            world.settle(desks)
        return world.ended()


def server_killed(address: str, rounds: int, seed: int) -> Found:
    """Kill the whole server while three desks send and pull."""
    chance = Random(seed)
    with World(address) as world:
        for _ in range(rounds):
            world.work(world.desks, chance.randrange(1 << 30), ACTS, PAUSE_S)
            time.sleep(chance.uniform(0, SPREAD_S))
            world.servers[0].kill()
            world.servers[0].start()
            world.servers[0].ready()
            world.worked(world.desks)
            world.found.rounds += 1
            world.settle(world.desks)
        return world.ended()


def worker_killed(address: str, rounds: int, seed: int) -> Found:
    """Kill one of two workers of `central serve`; the program itself replaces it."""
    chance = Random(seed)
    with World(address, workers=2) as world:
        server = world.servers[0]
        for _ in range(rounds):
            world.work(world.desks, chance.randrange(1 << 30), ACTS, PAUSE_S)
            time.sleep(chance.uniform(0, SPREAD_S))
            server.kill_worker(chance)
            world.worked(world.desks)
            world.found.rounds += 1
            world.settle(world.desks)
        return world.ended()


def one_of_two_killed(address: str, rounds: int, seed: int) -> Found:
    """Kill one of two servers on one database; desks reach both over a line that loses whole answers."""
    chance = Random(seed)
    with Proxy([]) as proxy, World(address, servers=2, url=proxy.url) as world:
        proxy.targets = [server.port for server in world.servers]
        for _ in range(rounds):
            proxy.swallow_answers, proxy.delay_s = chance.randint(0, MOST_SWALLOWED), chance.uniform(0, LONGEST_WAY_S)
            world.work(world.desks, chance.randrange(1 << 30), ACTS, PAUSE_S)
            time.sleep(chance.uniform(0, SPREAD_S))
            killed = chance.choice(world.servers)
            killed.kill()
            world.worked(world.desks)
            proxy.mend()
            world.settle(world.desks)
            world.found.rounds += 1
            killed.start()
            killed.ready()
        return world.ended()


def database_stopped(database: Database, rounds: int, seed: int) -> Found:
    """Stop PostgreSQL at once and start it again, while three desks send and pull."""
    chance = Random(seed)
    with World(database.empty()) as world:
        for _ in range(rounds):
            world.work(world.desks, chance.randrange(1 << 30), ACTS, PAUSE_S)
            time.sleep(chance.uniform(0, SPREAD_S))
            database.stop()
            time.sleep(chance.uniform(0, AWAY_S))
            database.start()
            world.worked(world.desks)
            world.found.rounds += 1
            world.settle(world.desks)
        return world.ended()
