"""Classes stand in the order people read them."""

from app.schools.models import SchoolClass
from app.schools.ordering import class_order


def test_grades_and_numbers_in_reading_order() -> None:
    right = [
        ("小班", "小一班"),
        ("小班", "小二班"),
        ("中班", "中一班"),
        ("大班", "大一班"),
        ("一年级", "一（1）班"),
        ("一年级", "一（2）班"),
        ("一年级", "一（10）班"),
        ("二年级", "二（1）班"),
        ("三年级", "三（1）班"),
        ("六年级", "六（1）班"),
    ]
    mixed = [SchoolClass(grade=grade, name=name) for grade, name in sorted(right, reverse=True)]
    assert [(one.grade, one.name) for one in sorted(mixed, key=class_order)] == right
