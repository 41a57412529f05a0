"""The press of the tests: with the cut fonts if this checkout has them, else with the installed ones."""

import pytest

from app.papers import press as house_press
from forms.paper.printing import Press


@pytest.fixture(scope="session")
def press() -> Press:
    return house_press()
