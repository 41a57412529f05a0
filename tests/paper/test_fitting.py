"""How close a notice is set: reckoned right, so that one layout is enough, and a wrong guess is made good."""

import itertools

import pytest

from forms.paper import notice as module
from forms.paper.fitting import DENSE, ROOMY, SETTINGS, TIGHT, first_setting
from forms.paper.notice import NoticeSheet, print_notices
from forms.paper.printing import Press
from tests.paper.sheets import LONG_NAME, notice, owed, page_count, questions, records


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


def test_one_layout_is_enough(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is reckoned to fit does fit, in every setting."""
    layouts = []
    once = press.lay_out
    monkeypatch.setattr(press, "lay_out", lambda *names, **values: layouts.append(1) or once(*names, **values))
    print_notices(press, sheets())

    assert len(layouts) == 1


def test_every_setting_is_used() -> None:
    assert {SETTINGS[first_setting(sheet)] for sheet in sheets()} == {ROOMY, DENSE, TIGHT}


def test_nothing_is_set_closer_than_it_has_to_be() -> None:
    assert SETTINGS[first_setting(notice(owed=owed(3), records=records()))] is ROOMY


def test_a_wrong_guess_is_made_good(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "first_setting", lambda sheet: 0)
    crowded = notice(LONG_NAME, owed=owed(14), records=records())

    assert page_count(print_notices(press, [notice("甲", owed=owed(2)), crowded, notice("乙", owed=owed(1))])) == 3
