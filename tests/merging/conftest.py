"""The desk and the browsers of the notices' tests."""

from tests.notices.conftest import browser as browser
from tests.notices.conftest import desk as desk
