"""The health center's slips: invitations four to a sheet, a voucher with a code that is read back from the paper."""

import datetime as dt
from pathlib import Path

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.vouchers import signing
from forms.paper.invitation import ClassInvitations, Invited, print_invitations
from forms.paper.printing import Press
from forms.paper.voucher import GivenLine, VoucherSheet, print_vouchers
from tests.paper.sheets import CLINIC, CODE, LONG_NAME, VACCINES, page_count, pages, picture, pupil, squeezed

DAY = dt.date(2026, 10, 8)
KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))


def invited(count: int, name: str = "林知夏", doses: int = 2) -> ClassInvitations:
    some = tuple(Invited(name, dt.date(2020, 3, 5), "9:00–9:30", VACCINES[:doses], CODE) for _ in range(count))
    where = "青禾区实验小学　青禾路 1 号"
    return ClassInvitations(CLINIC, "青禾区实验小学", "一（3）班", "10 月 8 日（周四）", where, some)


@pytest.mark.parametrize(("children", "slips"), [(1, 1), (4, 1), (5, 2), (9, 3)])
def test_four_slips_to_a_sheet_behind_the_teacher_s_list(press: Press, children: int, slips: int) -> None:
    assert page_count(print_invitations(press, [invited(children)])) == 1 + slips


def test_a_long_name_and_many_doses_stay_on_their_slip(press: Press) -> None:
    pdf = print_invitations(press, [invited(4, LONG_NAME, 6)])
    assert page_count(pdf) == 2
    assert squeezed(pages(pdf)[1]).count("先打电话改时间") == 4


@pytest.mark.parametrize("count", [1, 6])
def test_a_voucher_is_read_back_from_the_paper(press: Press, tmp_path: Path, count: int) -> None:
    doses = tuple(signing.VoucherDose("IPV", DAY - dt.timedelta(days=place)) for place in range(count))
    digits = signing.sign(KEY, signing.Voucher(7, bytes(8), DAY, doses))
    lines = tuple(GivenLine(VACCINES[place], DAY, "A-2026", "8" * 20) for place in range(count))
    pdf = print_vouchers(press, [VoucherSheet(CLINIC, pupil(LONG_NAME), lines, digits, DAY, "唐护士")])
    assert page_count(pdf) == 1
    found = zxingcpp.read_barcodes(picture(pdf, tmp_path, dpi=110))
    assert [one.text for one in found] == [digits]
    assert signing.verify(found[0].text, {signing.key_id(KEY.public_key()): KEY.public_key()}).doses == doses
