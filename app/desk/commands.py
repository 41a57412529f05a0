"""Command barcodes: nine digits that tell the desk to do something, on a card beside the gun.

Seven fixed digits, one for the command and Damm's check digit. Nothing else that is scanned at a desk has nine digits:
our notices have 21, child codes and identity numbers 18, student numbers 19, goods 8, 12, 13 or 14, phones 11, days 8.
"""

import unicodedata
from enum import StrEnum

from app.notices.codes import check_digit

PREFIX = "9700000"
LENGTH = len(PREFIX) + 2


class Command(StrEnum):
    PRINT = "print"
    UNDO = "undo"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    CHANGE_CLASS = "class"
    PAUSE = "pause"


#: The digit of each command. Cards are printed and laminated: a digit never changes its meaning.
_DIGITS = {
    Command.PRINT: "1",
    Command.UNDO: "2",
    Command.ABSENT: "3",
    Command.UNREADABLE: "4",
    Command.CHANGE_CLASS: "5",
    Command.PAUSE: "6",
}


def code_of(command: Command) -> str:
    """What the card shows for this command."""
    digits = PREFIX + _DIGITS[command]
    return digits + check_digit(digits)


def read_command(text: str) -> Command | None:
    """The command meant by what was scanned, full-width digits allowed; None if it is something else."""
    digits = unicodedata.normalize("NFKC", text).strip()
    return next((command for command in Command if code_of(command) == digits), None)
