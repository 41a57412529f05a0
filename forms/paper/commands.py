"""The card of commands beside a scanner gun: six bar codes on one sheet, each with its word and its key."""

from collections.abc import Mapping

from forms.paper.printing import Press
from forms.translating import translate as _


def print_commands(press: Press, codes: Mapping[str, str]) -> bytes:
    """One page for the digits of `codes`: print, undo, absent, unreadable, class, pause."""
    words = {
        "print": (_("打印通知"), "+", _("孩子的结果在屏幕上时扫")),
        "undo": (_("撤销上一个"), "−", _("1 分钟以内")),
        "absent": (_("无证"), "/ 1", _("没带证或没有证")),
        "unreadable": (_("看不清"), "/ 2", _("证在，评估页认不出")),
        "class": (_("换班级"), "F9", _("换到别的班接着查")),
        "pause": (_("暂停"), "", _("屏幕上不留孩子的信息")),
    }
    cards = [(*words[name], digits) for name, digits in codes.items()]
    return press.print("commands", cards=cards)
