"""Chance that falls the same on every machine: a seed made of words, and nothing but `random.random` drawn from it."""

import random
from collections.abc import Sequence
from typing import TypeVar

Choice = TypeVar("Choice")


class Chance:
    """The dice of one thing, named by its words: another thing's throws never move them."""

    def __init__(self, *words: object) -> None:
        # The one generator whose values are promised never to change; nothing secret comes from it.
        self._random = random.Random("/".join(map(str, words)))  # noqa: S311

    def below(self, limit: int) -> int:
        """0 up to, not including, `limit`."""
        return int(self._random.random() * limit)

    def between(self, first: int, last: int) -> int:
        """`first` up to and including `last`."""
        return first + self.below(last - first + 1)

    def happens(self, probability: float) -> bool:
        return self._random.random() < probability

    def one_of(self, choices: Sequence[Choice]) -> Choice:
        return choices[self.below(len(choices))]

    def weighed(self, choices: Sequence[tuple[Choice, float]]) -> Choice:
        """One of the choices; the second of each pair says how likely."""
        left = self._random.random() * sum(weight for _, weight in choices)
        for choice, weight in choices:
            left -= weight
            if left < 0:
                return choice
        return choices[-1][0]

    def shuffled(self, things: Sequence[Choice]) -> list[Choice]:
        order = list(things)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order
