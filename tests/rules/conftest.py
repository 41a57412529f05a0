"""What the tests of the law share: cases are called by their Chinese titles."""

import pytest

from tests.rules.casebook import Case


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    return val.name if isinstance(val, Case) else None
