"""The sentences that refuse a look: the same for a code that never was and for wrong digits, and what to do now."""

from flask_babel import gettext as _

from app.parents.visiting import Waiting, Wrong
from app.people.refusing import span_words


def refusal_words(refusal: Wrong | Waiting) -> str:
    """Which of the two was wrong stays untold; so does whether the school knows a phone at all."""
    if isinstance(refusal, Wrong):
        return _(
            "通知号码和电话后四位对不上。请再看一遍；再错 %(left)d 次，要等 %(lock)s才能再试。"
            "学校没有登记家长电话的，这一页打不开，请找班主任登记。",
            left=refusal.tries_left,
            lock=span_words(refusal.lock),
        )
    return _(
        "试了好几次都没有对上，请过 %(wait)s再试。不用着急：通知还在，孩子可以照常上学。"
        "想马上知道的，请问班主任，或者带通知去接种单位。",
        wait=span_words(refusal.left),
    )
