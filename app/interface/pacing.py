"""How often one token may ask, and how often an address may come without a good one."""

from dataclasses import dataclass, field

from flask import Flask, current_app
from flask_babel import gettext as _
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from app.interface.problems import Refused

_NAME = "chayan_interface_pace"


@dataclass(slots=True)
class Pace:
    """Counted in this process: behind several of them each counts its own."""

    by_token: RateLimitItem = field(default_factory=lambda: parse("120/minute"))
    by_address: RateLimitItem = field(default_factory=lambda: parse("30/minute"))
    counter: MovingWindowRateLimiter = field(default_factory=lambda: MovingWindowRateLimiter(MemoryStorage()))


def register(app: Flask) -> None:
    app.extensions[_NAME] = Pace()


def pace() -> Pace:
    found: Pace = current_app.extensions[_NAME]
    return found


def count_token(token_id: int) -> None:
    _count(pace().by_token, "token", str(token_id))


def count_stranger(address: str) -> None:
    _count(pace().by_address, "address", address)


def _count(item: RateLimitItem, *who: str) -> None:
    counter = pace().counter
    if counter.hit(item, *who):
        return
    wait = item.get_expiry()
    raise Refused(429, "too_many", _("问得太快。"), _("请过 %(n)s 秒再来。", n=wait), Retry_After=str(wait))
