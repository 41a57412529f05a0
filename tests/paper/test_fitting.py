"""How close a notice is set: reckoned right, so that one layout is enough, and a wrong guess is made good."""

import itertools

import pytest

from forms.paper import notice_printing as module
from forms.paper.fitting import DENSE, HALF, HALF_ROOMY, HALF_TIGHT, ROOMY, TIGHT, Layout, Setting, Style, first_setting
from forms.paper.notice import NoticeSheet
from forms.paper.notice_printing import print_notices
from forms.paper.printing import Press
from forms.paper.setting import Page
from tests.paper.sheets import LONG_NAME, crowded, notice, owed, page_count, questions, records

WHOLE = Style()


def sheets() -> list[NoticeSheet]:
    """From little to much of everything, on names short and long."""
    found = []
    for asked, doses, lines in itertools.product((0, 1, 3), (0, 1, 4, 9, 14), (0, 4, 9)):
        for name, certificate in (("林知夏", None), (LONG_NAME, "absent")):
            if doses or asked or certificate:
                found.append(
                    notice(
                        name,
                        owed=owed(doses),
                        questions=questions(asked) if asked else (),
                        records=records(lines),
                        certificate=certificate,
                    )
                )
    return found


@pytest.mark.parametrize("style", [Style(), Style(Layout.HALF), Style(english=True)])
def test_one_layout_is_enough(press: Press, monkeypatch: pytest.MonkeyPatch, style: Style) -> None:
    """What is reckoned to fit does fit, in every setting."""
    layouts = []
    once = press.lay_out
    monkeypatch.setattr(press, "lay_out", lambda *names, **values: layouts.append(1) or once(*names, **values))
    print_notices(press, sheets(), style)

    assert len(layouts) == 1


def chosen(press: Press, sheet: NoticeSheet, style: Style = WHOLE) -> Setting:
    pages = [Page(sheet, setting) for setting in style.ladder]
    with press.at_work():
        return pages[first_setting(pages)].setting


def test_every_setting_is_used(press: Press) -> None:
    assert {chosen(press, sheet) for sheet in sheets()} == {ROOMY, DENSE, TIGHT}
    assert {chosen(press, sheet, Style(Layout.HALF)) for sheet in sheets()} >= {HALF_ROOMY, HALF, HALF_TIGHT, TIGHT}


def test_nothing_is_set_closer_than_it_has_to_be(press: Press) -> None:
    assert chosen(press, notice(owed=owed(3), records=records())) is ROOMY
    assert chosen(press, notice(owed=owed(3), records=records(5)), Style(Layout.HALF)) is HALF_ROOMY


def test_thirteen_doses_are_the_most_for_half_a_sheet(press: Press) -> None:
    """With a name of twelve characters, what a child with such a gap has on record, and the school's own lines."""
    halves = [chosen(press, crowded(count), Style(Layout.HALF)) for count in (13, 14)]
    assert [setting.half for setting in halves] == [True, False]
    assert page_count(print_notices(press, [crowded(13), crowded(13)], Style(Layout.HALF))) == 1


def test_a_wrong_guess_is_made_good(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "first_setting", lambda ladder: 0)
    crowded = notice(LONG_NAME, owed=owed(14), records=records())

    assert page_count(print_notices(press, [notice("甲", owed=owed(2)), crowded, notice("乙", owed=owed(1))])) == 3
