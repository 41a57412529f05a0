"""The people of the demo and what they sign in with; scripts/run shows them to whoever starts it."""

from dataclasses import dataclass

from app.people.roles import Role

#: Everybody's. It opens nothing but made-up children.
PASSWORD = "demo-2026-demo"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Person:
    sign_in_name: str
    shown_name: str
    role: Role
    place: str
    #: A clerk of this class alone.
    class_name: str | None = None


PEOPLE = (
    Person("clerk", "周敏", Role.CLERK, "lab"),
    Person("class-clerk", "许老师", Role.CLERK, "lab", "一（4）班"),
    Person("head", "丁校长", Role.SCHOOL_HEAD, "lab"),
    Person("clerk-2", "柳老师", Role.CLERK, "willow_primary"),
    Person("head-2", "方校长", Role.SCHOOL_HEAD, "willow_primary"),
    Person("clerk-3", "明老师", Role.CLERK, "dawn"),
    Person("head-3", "韩校长", Role.SCHOOL_HEAD, "dawn"),
    Person("clerk-4", "杨老师", Role.CLERK, "willow_kindergarten"),
    Person("head-4", "余园长", Role.SCHOOL_HEAD, "willow_kindergarten"),
    Person("clerk-5", "麦老师", Role.CLERK, "wheat"),
    Person("head-5", "夏园长", Role.SCHOOL_HEAD, "wheat"),
    Person("clerk-6", "桥老师", Role.CLERK, "stone_kindergarten"),
    Person("head-6", "秋园长", Role.SCHOOL_HEAD, "stone_kindergarten"),
    Person("nurse", "石护士", Role.NURSE, "stone"),
    Person("nurse-2", "江护士", Role.NURSE, "willow"),
    Person("auditor", "卫老师", Role.BUREAU_AUDITOR, "bureau"),
    Person("doctor", "田医生", Role.CDC_DOCTOR, "cdc"),
    Person("admin", "季管理员", Role.ADMINISTRATOR, "bureau"),
    Person("admin-2", "成管理员", Role.ADMINISTRATOR, "cdc"),
)
