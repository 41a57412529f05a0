"""A voucher's code: what was signed is read back, and nothing else is."""

import datetime as dt
import io

import pytest
import segno
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from app.vouchers import signing
from app.vouchers.products import NUMBERED
from app.vouchers.signing import Voucher, VoucherDose
from forms.paper import qr
from rules import national

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = {signing.key_id(KEY.public_key()): KEY.public_key()}
DAY = dt.date(2026, 9, 15)
SLIP = Voucher(7, b"\x00abcdefg", DAY, (VoucherDose("HepA-L", DAY), VoucherDose("DTaP", DAY)))

doses = st.builds(VoucherDose, st.sampled_from(NUMBERED), st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)))
vouchers = st.builds(
    Voucher,
    st.integers(0, 2**32 - 1),
    st.binary(min_size=8, max_size=8),
    st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
    st.lists(doses, min_size=1, max_size=signing.MOST_DOSES).map(tuple),
)

#: On a busy machine the first example waits for the library itself.
unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@unhurried
@given(vouchers)
def test_what_was_signed_is_read_back(voucher: Voucher) -> None:
    digits = signing.sign(KEY, voucher)
    assert signing.looks_like_voucher(digits)
    assert signing.verify(digits, KEYS) == voucher


@unhurried
@given(st.integers(0, 10_000), st.integers(1, 9))
def test_a_changed_digit_is_never_believed(place: int, by: int) -> None:
    digits = signing.sign(KEY, SLIP)
    at = place % len(digits)
    changed = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]
    with pytest.raises(signing.VoucherRefused):
        signing.verify(changed, KEYS)


def test_another_installation_s_key_is_unknown_and_a_claimed_one_is_forged() -> None:
    stranger = Ed25519PrivateKey.from_private_bytes(bytes(32))
    digits = signing.sign(stranger, SLIP)
    with pytest.raises(signing.UnknownIssuer):
        signing.verify(digits, KEYS)
    with pytest.raises(signing.Forged):
        signing.verify(digits, {signing.key_id(stranger.public_key()): KEY.public_key()})


def test_a_newer_version_says_so() -> None:
    number = int(signing.sign(KEY, SLIP))
    whole = number.to_bytes((number.bit_length() + 7) // 8, "big")
    with pytest.raises(signing.NewerVersion):
        signing.verify(str(int.from_bytes(b"\x02" + whole[1:], "big")), KEYS)


@pytest.mark.parametrize("text", ["", "407188253069123456780", "9" * 5000, "1" * 200, "林小河" * 70, "1" * 189])
def test_other_codes_are_no_vouchers(text: str) -> None:
    with pytest.raises(signing.VoucherRefused):
        signing.verify(text, KEYS)


def test_full_width_digits_and_spaces_are_the_same_code() -> None:
    digits = signing.sign(KEY, SLIP)
    wide = " ".join(chr(ord(one) + 0xFEE0) for one in digits)
    assert signing.verify(wide, KEYS) == SLIP


def test_every_catalogue_product_has_its_number_and_none_twice() -> None:
    assert set(national().products) <= set(NUMBERED)
    assert len(set(NUMBERED)) == len(NUMBERED) < 256
    # Printed slips go by these numbers: a product that moved would be read as another.
    assert (NUMBERED.index("MMR"), NUMBERED.index("HepA-L"), NUMBERED.index("other-live")) == (13, 28, 48)


@pytest.mark.parametrize("count", [1, 4, signing.MOST_DOSES])
def test_the_square_code_is_read_back_from_its_picture(count: int) -> None:
    days = [DAY - dt.timedelta(days=number) for number in range(count)]
    digits = signing.sign(KEY, Voucher(7, bytes(8), DAY, tuple(VoucherDose("IPV", day) for day in days)))
    found = zxingcpp.read_barcode(Image.open(io.BytesIO(qr.picture(digits))))
    assert found is not None
    assert found.text == digits
    assert segno.make_qr(digits, error="m", mode="numeric").version <= 10
