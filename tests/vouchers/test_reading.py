"""A voucher that a nurse printed is read at the school's desk: whose it is, and which doses are on record."""

import datetime as dt

import pytest

from app.children.dose_actions import enter_doses, withdraw_dose
from app.children.kinds import DoseSource
from app.database import Database
from app.vouchers import signing
from app.vouchers.actions import issue
from app.vouchers.queries import NobodyHere, read_voucher
from app.vouchers.wording import refusal_words
from forms.web.dates import Written
from forms.web.doses import DoseEntry
from forms.web.vaccines import Vaccine
from tests.actors import actor
from tests.district import MOMENT, District

DAY = dt.date(2026, 8, 31)


def test_the_desk_reads_whose_it_is_and_what_is_on_record(database: Database, district: District) -> None:
    nurse, clerk = actor(district, "nurse"), actor(district, "clerk")
    with database.writing() as session:
        child = session.merge(district.children["near_1"])
        entries = [DoseEntry(Vaccine(code), Written(day=DAY)) for code in ("HepA-L", "MMR")]
        rows = enter_doses(session, by=nurse, now=MOMENT, child=child, entries=entries, source=DoseSource.CLINIC)
        digits = issue(session, by=nurse, now=MOMENT, child=child, doses=rows).digits
    with database.writing() as session:
        read = read_voucher(session, clerk, digits)
        assert (read.child_id, read.center, read.issued_on) == (child.id, "近水卫生院", dt.date(2026, 9, 1))
        assert [dose.product for dose in read.doses] == ["HepA-L", "MMR"]
        assert read.not_on_record == ()
        withdraw_dose(session, by=nurse, now=MOMENT, child=session.merge(child), dose=session.merge(rows[1]))
        assert [dose.product for dose in read_voucher(session, clerk, digits).not_on_record] == ["MMR"]
    with database.reading() as session, pytest.raises(NobodyHere):
        read_voucher(session, actor(district, "foreign_clerk"), digits)


@pytest.mark.parametrize("kind", signing.VoucherRefused.__subclasses__())
def test_every_refusal_has_its_own_words(app: object, kind: type[signing.VoucherRefused]) -> None:
    with app.test_request_context():  # type: ignore[attr-defined]
        words = {one: refusal_words(one()) for one in signing.VoucherRefused.__subclasses__()}
    assert sum(said == words[kind] for said in words.values()) == 1
