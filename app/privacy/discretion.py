"""Keeps numbers of people out of the log: a second wall, for the line that somebody writes without thinking.

The first wall is that nothing personal prints itself (see `identities`) and that database errors hide their parameters.
Names cannot be told from other words; they have the first wall only.
"""

import logging
import re

from flask.logging import default_handler

#: Identity numbers, child codes, phones: seven digits and more, unless they are part of a longer code.
_NUMBER = re.compile(r"(?<![0-9A-Za-z])\+?\d{7,}[Xx]?(?![0-9A-Za-z])")


class HideNumbers(logging.Filter):
    """Replaces long numbers in a log record; hang it on a handler, where records of every logger come by."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide_numbers(record.getMessage())
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = hide_numbers(record.exc_text)
        return True


def install() -> None:
    """Hang the filter on the handlers that there are; doing it again changes nothing."""
    for handler in {default_handler, logging.lastResort, *logging.getLogger().handlers} - {None}:
        if not any(isinstance(one, HideNumbers) for one in handler.filters):
            handler.addFilter(HideNumbers())


def hide_numbers(text: str) -> str:
    return _NUMBER.sub("[number]", text)
