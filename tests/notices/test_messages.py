"""Messages to paste: what goes to a group names nobody, what goes to a family says everything, nothing threatens."""

import datetime as dt

import pytest

from forms.wording.messages import Asked, as_sms, for_the_group, to_say

ASKED = Asked(
    school="近水小学",
    class_name="一（1）班",
    child="林知夏",
    owed=3,
    visits=1,
    certificate=False,
    verify=0,
    clinic="近水卫生院",
    phone="0571-5550 1234",
    open_days="周二、周四",
    recheck_by=dt.date(2026, 12, 31),
)
UNKNOWN = Asked("近水小学", "一（1）班", "林知夏", 0, 0, True, 2, "", "", "", dt.date(2026, 12, 31))


@pytest.mark.parametrize("again", [False, True])
def test_the_group_hears_no_name_and_no_count(again: bool) -> None:
    text = for_the_group("近水小学", "一（1）班", dt.date(2026, 12, 31), again)
    assert "林知夏" not in text
    assert "剂" not in text
    assert "没有记录，不等于没有种" in text
    assert "照常上学" in text
    assert "12 月 31 日" in text


def test_a_text_message_is_short_and_complete() -> None:
    text = as_sms(ASKED)
    for words in ("林知夏", "3 剂", "免费", "去 1 次", "近水卫生院（周二、周四、0571-5550 1234）", "照常上学"):
        assert words in text
    assert len(text) <= 140


def test_on_the_phone_the_listener_is_asked_first() -> None:
    lines = to_say(ASKED).splitlines()
    assert "请问您是林知夏的家长吗" in lines[0]
    assert not any(word in lines[0] for word in ("剂", "疫苗", "补"))
    assert "没有记录，不等于没有种" in to_say(ASKED)


def test_what_is_not_known_leaves_no_hole() -> None:
    for text in (as_sms(UNKNOWN), to_say(UNKNOWN)):
        assert "居住地的接种单位" in text
        assert "（）" not in text
        assert "2 种疫苗" in text
        assert "补办" in text


@pytest.mark.parametrize("asked", [ASKED, UNKNOWN])
def test_no_threat_and_nothing_to_pay(asked: Asked) -> None:
    for text in (as_sms(asked), to_say(asked), for_the_group("a", "b", asked.recheck_by)):
        for word in ("后果", "否则", "不予", "必须", "自费", "未接种", "！"):
            assert word not in text
