"""Notices to PDF: each on one page where it can be, set as roomy as that allows; half sheets two by two on A4."""

from collections.abc import Iterable, Sequence

from forms.paper.fitting import Style, first_setting
from forms.paper.imposing import two_on_one
from forms.paper.notice import NoticeSheet
from forms.paper.printing import LaidOut, Press
from forms.paper.setting import Page
from forms.translating import translate as _

_WHOLE_SHEETS = Style()


def print_notices(press: Press, sheets: Sequence[NoticeSheet], style: Style = _WHOLE_SHEETS) -> bytes:
    """One PDF. On whole sheets the order is the one given; half sheets come first, two by two, then what needs an A4.

    Half sheets are imposed to be cut in a stack: the left pile laid on the right one is in order.
    """
    with press.at_work():
        ladders = [_ladder(press, sheet, style) for sheet in sheets]
        places = [first_setting(ladder) for ladder in ladders]
        while True:
            chosen = [ladder[place] for ladder, place in zip(ladders, places, strict=True)]
            # Half sheets first; sorting is stable, so the order given holds within each paper.
            order = sorted(range(len(chosen)), key=lambda at: not chosen[at].setting.half)
            laid_out = press.lay_out("notice", title=_title(sheets), pages=[chosen[at] for at in order])
            counts = dict(zip(order, laid_out.pages_of([f"n{at}" for at in range(len(order))]), strict=True))
            long = [at for at, count in counts.items() if count > 1 and places[at] + 1 < len(ladders[at])]
            if not long:
                return _written(laid_out, sum(page.setting.half for page in chosen))
            for at in long:
                places[at] += 1


def _ladder(press: Press, sheet: NoticeSheet, style: Style) -> list[Page]:
    lacks = press.lacks_type(f"{sheet.pupil.name}{sheet.pupil.class_name}{sheet.pupil.school}")
    return [Page(sheet, setting, lacks) for setting in style.ladder]


def _written(laid_out: LaidOut, halves: int) -> bytes:
    pdf = laid_out.pdf()
    return two_on_one(pdf, halves) if halves else pdf


def _title(sheets: Iterable[NoticeSheet]) -> str:
    """What the viewer's window shows: never whose notice it is."""
    titles = {sheet.title for sheet in sheets}
    return titles.pop() if len(titles) == 1 else _("通知书")
