"""Processes that stand after some milliseconds: forked from one that has imported everything and done nothing."""

import multiprocessing

forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(["tests.faults.sync.desk_process", "tests.faults.sync.server_process"])
