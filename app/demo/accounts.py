"""What scripts/run shows to whoever starts the demo: who may sign in, what to try first, where the sample files are."""

import unicodedata
from pathlib import Path

from app.demo import places, users
from app.people.roles import Role

_ROLES = {
    Role.CLERK: "查验员",
    Role.SCHOOL_HEAD: "校长、园长",
    Role.NURSE: "接种单位护士",
    Role.BUREAU_AUDITOR: "教育局督查",
    Role.CDC_DOCTOR: "疾控医生",
    Role.ADMINISTRATOR: "管理员",
}
_NAMES = {one.short: one.name for one in (places.BUREAU, places.CDC, *places.CENTERS, *places.SCHOOLS)}


def accounts_text(samples: Path) -> str:
    """A page for the console."""
    rows = [_row(person) for person in users.PEOPLE]
    return "\n".join(
        [
            "演示：青禾区，2026年9月3日（星期四）上午8:30。孩子、家长、号码、地址都是编的。",
            f"密码都是 {users.PASSWORD} （the password of every account）。工号：",
            "",
            *rows,
            "",
            "先用 clerk 登录，找 lzx（林知夏）。实验小学查到一半；一（4）班的接种证还没录；",
            f"石桥镇中心幼儿园（clerk-6）还没有名册。名册和接种证抄本在 {samples}",
        ]
    )


def _row(person: users.Person) -> str:
    role = _ROLES[person.role]
    place = _NAMES[person.place] + (f" {person.class_name}" if person.class_name else "")
    return f"  {person.sign_in_name:<12}{_wide(role, 14)}{_wide(person.shown_name, 12)}{place}"


def _wide(text: str, columns: int) -> str:
    """Filled up to a width at which a Chinese sign takes two columns."""
    taken = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
    return text + " " * max(1, columns - taken)
