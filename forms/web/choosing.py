"""Fields to choose from, whose refusal is our sentence and not the library's."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField

Choices = list[tuple[str, str]]


class OneOf(SelectField):
    """A list to choose from; a value that was not offered is refused."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        kwargs.setdefault("invalid_choice_message", _l("请选一项。"))
        super().__init__(label, **kwargs)


class OneOfCards(RadioField):
    """The same as cards, all in sight."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        kwargs.setdefault("invalid_choice_message", _l("请选一项。"))
        super().__init__(label, **kwargs)
