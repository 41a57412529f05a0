"""What a notice says to the family, in sentences: no threat, nothing to be paid for, and the clinic decides."""

from collections.abc import Iterator

from forms.paper.notice import Kind, NoticeSheet
from forms.translating import translate as _


def greeting(sheet: NoticeSheet) -> str:
    return _("家长您好：") if sheet.kind.asks else ""


def letter(sheet: NoticeSheet) -> str:
    """The first paragraph, behind the greeting."""
    if not sheet.kind.asks:
        return "".join(_certified(sheet))
    return "".join((*_certificate(sheet), *_owed(sheet), *_unclear(sheet)))


def closing(sheet: NoticeSheet) -> str:
    """What stands behind 孩子可以照常上学。"""
    if not sheet.kind.asks:
        return ""
    day = sheet.recheck_by
    return _("办好以后请把接种证带到学校，%(month)s 月 %(day)s 日前学校会再看一次。", month=day.month, day=day.day)


def plan_words(sheet: NoticeSheet) -> str:
    """How the visits were put together, and by when to begin."""
    visits = sheet.planned_visits
    if not visits:
        return ""
    if sheet.latest_start is None:
        return _("去 %(n)s 次可以补完，到了日子再去。", n=visits)
    day = sheet.latest_start
    return _(
        "去 %(n)s 次可以补完，最晚 %(month)s 月 %(day)s 日开始。",
        n=visits,
        month=day.month,
        day=day.day,
    )


def advice(sheet: NoticeSheet) -> str:
    if not sheet.kind.asks:
        return _(
            "这张证明说的是学校查验那一天的情况，依据接种证和登记系统里的记录；以接种单位的评估为准。以后到了月龄的疫苗请继续按时种。"
        )
    return _(
        "这张通知是学校查验后的提醒。能不能种、什么时候种、一次种几种，由接种单位的医生决定。"
        "依据：《中华人民共和国疫苗管理法》和 2021 年《儿童入托、入学预防接种证查验办法》。"
    )


def born(sheet: NoticeSheet) -> str:
    sex = _("女") if sheet.pupil.sex == "F" else _("男")
    return _("%(sex)s，%(day)s 出生", sex=sex, day=sheet.pupil.birth_date.isoformat())


def _certified(sheet: NoticeSheet) -> Iterator[str]:
    day = sheet.checked_on
    who = f"{sheet.pupil.name}，{born(sheet)}，{sheet.pupil.class_name}。"
    yield who + _("%(year)s 年 %(month)s 月 %(day)s 日学校查验：", year=day.year, month=day.month, day=day.day)
    if sheet.kind is Kind.PASSED:
        yield _("到这一天应种的国家免疫规划疫苗都已种齐。")
    else:
        yield _("到这一天没有要补的剂次。下面的疫苗没有种全，现在也不用补。")


def _certificate(sheet: NoticeSheet) -> Iterator[str]:
    if sheet.certificate == "being_replaced":
        yield _("孩子的接种证正在补办。补好以后，请带到学校看一看。")
    elif sheet.certificate and sheet.kind is Kind.SECOND:
        yield _("学校还没有看到孩子的接种证。请到原来发证的接种单位补办，补好以后带到学校看一看。")
    elif sheet.certificate:
        yield _(
            "学校还没有看到孩子的接种证。证在家里的，请带到学校；丢了的，请到原来发证的接种单位补办，补好以后带到学校看一看。"
        )


def _owed(sheet: NoticeSheet) -> Iterator[str]:
    if not sheet.owed:
        return
    if not sheet.still_owed:
        yield _("通知上的剂次都有着落了。")
        return
    yield _how_many(sheet)
    if not sheet.ready:
        yield _("现在还没到间隔，到了日子再去。")
    elif sheet.ready < sheet.still_owed:
        yield _("其中 %(n)s 剂现在就能种，其余的到了日子再去。", n=sheet.ready)
    else:
        yield _("现在就能去种。")


def _how_many(sheet: NoticeSheet) -> str:
    day, number = sheet.checked_on, sheet.still_owed
    if sheet.kind is Kind.SECOND:
        return _(
            "这是再次提醒：还有 %(n)s 剂国家免疫规划疫苗没有看到补种记录，免费。种过的请带接种证来登记。", n=number
        )
    if sheet.certificate and not sheet.records:
        return _("也没有看到接种记录，下面先照年龄列出 %(n)s 剂。请接种单位核对，有记录的不用再种。", n=number)
    if sheet.certificate:
        return _(
            "照现有的记录，还有 %(n)s 剂国家免疫规划疫苗要补，免费。请接种单位先核对，有记录的不用再种。", n=number
        )
    return _(
        "%(month)s 月 %(day)s 日学校看了孩子的接种证，还有 %(n)s 剂国家免疫规划疫苗要补，免费。",
        month=day.month,
        day=day.day,
        n=number,
    )


def _unclear(sheet: NoticeSheet) -> Iterator[str]:
    if sheet.clinic_says == "complete":
        yield _("接种证评估页上写的是“已完成”，学校没有看到下面几剂的记录。以接种单位的为准，请您带接种证去问一问。")
    elif sheet.clinic_says:
        yield _(
            "接种证评估页上写的是“需补种”，学校从记录里没有看出要补哪一种。"
            "以接种单位的为准，请您带接种证去问一问，要补的就在那里补。"
        )
    elif sheet.questions:
        yield _("有 %(n)s 种疫苗的记录要请接种单位核实，核实以后才知道要不要补。", n=len(sheet.questions))
