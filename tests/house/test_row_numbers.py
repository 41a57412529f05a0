"""A number that no table can hold is a page that is not there."""

import pytest
from flask.testing import FlaskClient

from tests.district import District


@pytest.mark.parametrize("number", [2**31, 2**63, 10**40])
@pytest.mark.parametrize(
    "address", ["/children/{}", "/children/{}/doses", "/children/1/doses/{}", "/classes/{}", "/organisations/{}"]
)
def test_a_number_beyond_every_table_is_not_found(
    client: FlaskClient, district: District, sign_in, address: str, number: int
) -> None:
    sign_in(client, district.users["clerk"])
    assert client.get(address.format(number)).status_code == 404


def test_the_largest_number_is_only_a_child_that_is_not_there(client: FlaskClient, district: District, sign_in) -> None:
    sign_in(client, district.users["clerk"])
    assert client.get(f"/children/{2**31 - 1}").status_code == 404
