"""Which class a file means: one class however it is written, never a guess between two."""

import pytest

from app.roster.class_names import ClassBook, ManyClasses, NewClass, NoGrade
from app.schools.models import SchoolClass


def book(*names: tuple[str, str]) -> ClassBook:
    return ClassBook([SchoolClass(id=n, school_id=1, grade=grade, name=name) for n, (grade, name) in enumerate(names)])


SCHOOL = book(
    ("一年级", "一（1）班"), ("一年级", "一（2）班"), ("十一年级", "十一班"), ("大班", "大一班"), ("小班", "向日葵班")
)


@pytest.mark.parametrize(
    ("grade", "name", "found"),
    [
        ("", "一（1）班", "一（1）班"),
        ("", "一(1)班", "一（1）班"),
        ("", "一年级1班", "一（1）班"),
        ("", "1年级（1）班", "一（1）班"),
        ("", " １．１ 班", "一（1）班"),
        ("", "一1", "一（1）班"),
        ("一年级", "1班", "一（1）班"),
        ("1年级", "（2）班", "一（2）班"),
        ("一年级", "一年级（2）班", "一（2）班"),
        ("", "十一班", "十一班"),
        ("", "大班一班", "大一班"),
        ("", "大1班", "大一班"),
        ("小班", "向日葵", "向日葵班"),
        ("", "小班向日葵班", "向日葵班"),
    ],
)
def test_one_class_has_many_spellings(grade: str, name: str, found: str) -> None:
    school_class = SCHOOL.find(grade, name)
    assert isinstance(school_class, SchoolClass)
    assert school_class.name == found


@pytest.mark.parametrize(
    ("grade", "name", "new"),
    [
        ("", "一（3）班", NewClass("一年级", "一（3）班")),
        ("", "二1班", NewClass("二年级", "二1班")),
        ("", "中三班", NewClass("中班", "中三班")),
        ("", "托班", NewClass("托班", "托班")),
        ("1年级", "3班", NewClass("一年级", "3班")),
        ("二年级", "一（1）班", NewClass("二年级", "一（1）班")),
    ],
)
def test_a_new_class_gets_the_grade_that_fits(grade: str, name: str, new: NewClass) -> None:
    assert SCHOOL.find(grade, name) == new


@pytest.mark.parametrize("name", ["蒲公英班", "3班", "班", "？"])
def test_a_class_of_no_grade_is_asked_about(name: str) -> None:
    with pytest.raises(NoGrade):
        SCHOOL.find("", name)


def test_two_classes_of_one_name_are_not_told_apart_by_guessing() -> None:
    school = book(("一年级", "1班"), ("二年级", "1班"))
    with pytest.raises(ManyClasses):
        school.find("", "1班")
    found = school.find("二年级", "1班")
    assert isinstance(found, SchoolClass)
    assert found.grade == "二年级"
    found = school.find("", "二年级1班")
    assert isinstance(found, SchoolClass)
    assert found.grade == "二年级"


def test_two_spellings_of_a_new_class_are_one() -> None:
    assert book().find("", "三（1）班").key == book().find("三年级", "三（1）班").key == book().find("", "三1班").key
    assert book().find("", "三（1）班").key != book().find("", "三（2）班").key
