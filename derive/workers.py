"""A small pool of processes that can be ended and replaced, so that one item that runs too long costs its time limit and nothing else.

Work limits keep verdicts independent of the machine; the time limit here is only a safety net, and what it ends is reported as such.
"""

from __future__ import annotations

import gc
import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Any

_POLL = 0.2  # seconds between looks at the clock
GARBAGE = 20_000  # objects that are made between two searches for garbage
_START_LIMIT = 60.0  # seconds that a process may take to begin


@dataclass(frozen=True, slots=True)
class Finished:
    """The function returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """The function raised, or its process ended by itself."""

    message: str


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The process was ended at the time limit."""

    seconds: float


Outcome = Finished | Failed | TimedOut


class WorkersError(RuntimeError):
    """Processes cannot be started."""


def run(
    function: Callable[[Any], Any],
    items: Sequence[Any],
    jobs: int = 1,
    time_limit: Callable[[Any], float | None] | float | None = None,
    prepare: Callable[[], None] | None = None,
) -> Iterator[tuple[int, Outcome]]:
    """Applies a module-level function to every item, in `jobs` processes; yields (index, outcome) as they come.

    `time_limit` is in seconds, for each item or as a function of the item. Processes are spawned, so nothing of this one is inherited; `prepare` runs first in each, outside the time limit. Whatever happens, none
    of them is left behind.
    """
    context = multiprocessing.get_context("spawn")
    waiting = deque(range(len(items)))
    workers: list[_Worker] = []
    try:
        workers.extend(_Worker(context, function, prepare) for _ in range(max(1, min(jobs, len(items)))))
        done = 0
        while done < len(items):
            for worker in workers:
                if worker.ready and worker.item is None and waiting:
                    index = waiting.popleft()
                    worker.give(index, items[index], time_limit(items[index]) if callable(time_limit) else time_limit)
            readable = wait([worker.connection for worker in workers], timeout=_POLL)
            for position, worker in enumerate(workers):
                outcome = worker.look(worker.connection in readable)
                if outcome is None:
                    continue
                if worker.item is None:
                    raise WorkersError(f"a worker process ended without work: {outcome}")
                index, worker.item = worker.item, None
                if not isinstance(outcome, Finished) and not worker.alive():
                    worker.end()
                    workers[position] = _Worker(context, function, prepare)
                done += 1
                yield index, outcome
    finally:
        for worker in workers:
            worker.end()


@dataclass(slots=True)
class _Worker:
    context: Any
    function: Callable[[Any], Any]
    prepare: Callable[[], None] | None
    process: SpawnProcess = field(init=False)
    connection: Connection = field(init=False)
    ready: bool = False
    item: int | None = None
    time_limit: float | None = None
    began: float = 0.0

    def __post_init__(self) -> None:
        self.connection, theirs = self.context.Pipe()
        self.process = self.context.Process(target=_serve, args=(theirs, self.function, self.prepare), daemon=True)
        self.process.start()
        theirs.close()
        self.began = time.monotonic()

    def give(self, index: int, item: Any, time_limit: float | None) -> None:
        self.item, self.time_limit = index, time_limit
        self.began = time.monotonic()
        with suppress(OSError):  # a process that has just ended is noticed by `look`
            self.connection.send(item)

    def look(self, readable: bool) -> Outcome | None:
        """What became of the item, None while it is being worked on."""
        if readable:
            try:
                kind, value = self.connection.recv()
            except (EOFError, OSError):
                self.process.join(1.0)
                self.process.kill()
                self.process.join()
                return Failed(f"the process ended with status {self.process.exitcode}")
            if kind == "ready":
                self.ready = True
                return None
            return Finished(value) if kind == "finished" else Failed(str(value))
        seconds = time.monotonic() - self.began
        if not self.ready and seconds > _START_LIMIT:
            return Failed(f"nothing heard of it for {_START_LIMIT:g} seconds")
        if self.item is not None and self.time_limit is not None and seconds > self.time_limit:
            self.process.kill()
            self.process.join()
            return TimedOut(self.time_limit)
        return None

    def alive(self) -> bool:
        return self.process.is_alive()

    def end(self) -> None:
        if self.process.is_alive():
            self.process.kill()
        self.process.join()
        self.connection.close()


def collect_rarely() -> None:
    """Makes the search for garbage in cycles rare, and leaves out what is loaded by now: terms and forms have no cycles, and there are many of them."""
    gc.freeze()
    gc.set_threshold(GARBAGE)


def _serve(connection: Connection, function: Callable[[Any], Any], prepare: Callable[[], None] | None) -> None:
    """The loop of a worker process."""
    with suppress(EOFError, OSError, KeyboardInterrupt):
        if prepare is not None:
            prepare()
        collect_rarely()
        connection.send(("ready", None))
        while True:
            item = connection.recv()
            try:
                answer = ("finished", function(item))
            except (Exception, RecursionError, MemoryError) as error:
                answer = ("failed", f"{type(error).__name__}: {error}")
            connection.send(answer)
