"""Why something is left, in words."""

from flask_babel import gettext as _

from app.clinic.wording import why_not_word


def left_word(reason: str) -> str:
    words = {
        "booked": _("已经约好"),
        "waiting": _("查验时还没到间隔"),
        "to_come": _("还没去种"),
        "to_verify": _("还没去核实"),
        "certificate": _("还没补证"),
    }
    return words.get(reason) or why_not_word(reason)
