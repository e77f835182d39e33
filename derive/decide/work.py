"""A budget of work, counted in steps of the algorithms and never in seconds, so that verdicts do not depend on the machine."""

from __future__ import annotations


class OutOfWork(Exception):
    """The budget is spent."""


class Work:
    """What a search may still do."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.spent = 0

    def spend(self, amount: int = 1) -> None:
        """Counts `amount` steps; raises OutOfWork beyond the limit."""
        self.spent += amount
        if self.spent > self.limit:
            raise OutOfWork
