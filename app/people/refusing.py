"""The sentences that refuse a sign-in: what is wrong, what to do, never which of name and password it was."""

import datetime as dt
import math

from flask_babel import gettext as _
from flask_babel import ngettext

from app.people.signing_in import Refusal, SwitchedOff, Waiting, Wrong


def at_sign_in(refusal: Refusal) -> str:
    """For a stranger: which of the two was wrong stays untold."""
    if isinstance(refusal, Wrong):
        return _("工号或密码不对。再错 %(left)d 次，账号会锁 %(lock)s。", **_numbers(refusal))
    return _wait_or_ask(refusal)


def at_confirming(refusal: Refusal) -> str:
    """For somebody signed in who typed the own password again."""
    if isinstance(refusal, Wrong):
        return _("密码不对。再错 %(left)d 次，账号会锁 %(lock)s。", **_numbers(refusal))
    return _wait_or_ask(refusal)


def _wait_or_ask(refusal: Waiting | SwitchedOff) -> str:
    if isinstance(refusal, SwitchedOff):
        return _("这个账号已经停用。要再用，请找管理员。")
    return _("试错太多次，请过 %(wait)s再试。忘了密码，请找管理员。", wait=span_words(refusal.left))


def _numbers(refusal: Wrong) -> dict[str, object]:
    return {"left": refusal.tries_left, "lock": span_words(refusal.lock)}


def span_words(time: dt.timedelta) -> str:
    """How long to wait, rounded up: 5 秒, 15 分钟, 4 小时."""
    seconds = max(math.ceil(time.total_seconds()), 1)
    if seconds < 60:
        return ngettext("%(num)d 秒", "%(num)d 秒", seconds)
    if seconds < 7200:
        return ngettext("%(num)d 分钟", "%(num)d 分钟", math.ceil(seconds / 60))
    return ngettext("%(num)d 小时", "%(num)d 小时", math.ceil(seconds / 3600))
