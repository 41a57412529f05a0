"""Fields to choose from, whose refusal is our sentence and not the library's."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields import SelectChoice  # type: ignore[attr-defined]  # the stubs are a version behind

#: Value and word.
Choices = list[tuple[str, str]]


class OneOf(SelectField):
    """A list to choose from; a value that was not offered is refused."""

    def __init__(self, label: str, *, offers: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(label, **_settled(offers, kwargs))

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """What there is to choose from, where only the page knows it."""
        self.choices = _built(choices)


class OneOfCards(RadioField):
    """The same as cards, all in sight."""

    def __init__(self, label: str, *, offers: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(label, **_settled(offers, kwargs))
        self.type = "RadioField"  # what templates look at

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """What there is to choose from, where only the page knows it."""
        self.choices = _built(choices)


def _settled(offers: Iterable[tuple[str, str]], kwargs: dict[str, Any]) -> dict[str, Any]:
    return {"invalid_choice_message": _l("请选一项。"), "choices": _built(offers), **kwargs}


def _built(choices: Iterable[tuple[str, str]]) -> list[Any]:
    return [SelectChoice(value, word) for value, word in choices]
