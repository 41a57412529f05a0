"""The installation's secret: made once, in a file nobody else reads."""

import stat
from pathlib import Path

import pytest

from app import secret
from app.secret import Secret


def test_it_is_made_once_with_mode_0600(tmp_path: Path) -> None:
    path = tmp_path / "room" / "app.key"
    first = secret.load_or_create(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert secret.load_or_create(path) == first
    assert [file.name for file in path.parent.iterdir()] == ["app.key"]


def test_two_installations_have_two(tmp_path: Path) -> None:
    one, other = (secret.load_or_create(tmp_path / name) for name in ("a", "b"))
    assert one.key_for("x") != other.key_for("x")


def test_each_purpose_has_its_own_key() -> None:
    one = Secret(b"1" * 32)
    assert one.key_for("a") != one.key_for("b")
    assert one.digest("a", "text") != one.digest("b", "text")
    assert one.digest("a", "text") == one.digest("a", "text")


def test_it_does_not_show_itself() -> None:
    assert "111" not in repr(Secret(b"1" * 32))


def test_a_file_others_can_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "app.key"
    secret.load_or_create(path)
    path.chmod(0o644)
    with pytest.raises(ValueError, match="chmod 600"):
        secret.load_or_create(path)


def test_a_damaged_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "app.key"
    path.touch(mode=0o600)
    with pytest.raises(ValueError, match="delete it"):
        secret.load_or_create(path)


def test_the_application_signs_with_it_and_with_nothing_in_the_code(app, settings) -> None:
    made = secret.load_or_create(settings.data_dir / "app.key")
    assert app.secret_key == made.key_for("flask cookie").hex()
