"""Passwords: argon2 hashes, what is too easy, and one-time passwords that can be read out over a desk."""

import secrets
from collections.abc import Callable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: RFC 9106's second choice (64 MiB, 3 passes). Raise it and hashes are renewed as people sign in.
hasher = PasswordHasher()

#: What people type when they must type something (of ten characters and more).
_SILLIEST = frozenset(
    [
        *("1234567890", "0123456789", "0987654321", "9876543210", "12345678910", "1234512345", "1122334455"),
        *("123456789a", "a123456789", "1234567890a", "abcd123456", "123456abcd", "abc1234567", "abcdefghij"),
        *("1qaz2wsx3edc", "qwertyuiop", "asdfghjkl;", "password12", "password123", "administrator", "chayan1234"),
        *("woaini1314", "woaini5201314", "5201314520"),
    ]
)
# No 0 and o, 1 and l and i: the note with it is read by people in a hurry.
_READABLE = "23456789abcdefghjkmnpqrstuvwxyz"


def hash_password(password: str) -> str:
    return hasher.hash(password)


def verify(password: str, stored_hash: str | None) -> bool:
    """Is it the password? Without a hash the answer is no, after the same work, so that time tells no names."""
    try:
        right = hasher.verify(stored_hash or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return right and stored_hash is not None


def should_be_renewed(stored_hash: str) -> bool:
    """Was it made with other parameters than today's?"""
    return hasher.check_needs_rehash(stored_hash)


def guessable_by(sign_in_name: str) -> Callable[[str], bool]:
    """Would somebody who knows this 工号 guess the password among the first tries?"""

    def guessable(password: str) -> bool:
        plain = password.strip().lower()
        is_the_name = plain.strip("0123456789.-_!@#") in {sign_in_name, ""} or plain == sign_in_name * 2
        return plain in _SILLIEST or len(set(plain)) < 4 or is_the_name

    return guessable


def one_time_password() -> str:
    """Three groups of four, such as k7mq-4xhd-2wpt: 59 bits, used once."""
    groups = ("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(3))
    return "-".join(groups)


_nobody_hash: dict[str, str] = {}


def _nobody() -> str:
    """A hash of nobody's password with today's parameters."""
    key = repr((hasher.time_cost, hasher.memory_cost, hasher.parallelism))
    if key not in _nobody_hash:
        _nobody_hash[key] = hasher.hash(secrets.token_hex(16))
    return _nobody_hash[key]
