"""Who a sheet is about and who it names: the pupil, the clinic."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Pupil:
    """A child in its class."""

    name: str
    #: F or M.
    sex: str
    birth_date: dt.date
    school: str
    class_name: str


@dataclass(frozen=True, slots=True)
class Clinic:
    """A health center, as a family has to find it."""

    name: str
    address: str = ""
    phone: str = ""
    #: 周二、周四
    open_days: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What a school writes itself on its notices: a line above its name, and how to reach it. The rest is fixed."""

    line: str = ""
    contact: str = ""
