"""The wall around the tests stands: no network, this machine only for those who say so."""

import socket
from collections.abc import Iterator

import pytest

from tests.sockets import SocketRefused


@pytest.fixture
def neighbour() -> Iterator[int]:
    """The port of something that listens on this machine."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield door.getsockname()[1]


def test_no_other_machine() -> None:
    with pytest.raises(SocketRefused, match="192.0.2.1"), socket.socket() as line:
        line.connect(("192.0.2.1", 80))


def test_no_name_is_looked_up() -> None:
    with pytest.raises(SocketRefused, match="example"):
        socket.create_connection(("example.invalid", 80))


def test_not_even_this_machine(neighbour: int) -> None:
    with pytest.raises(SocketRefused), socket.socket() as line:
        line.connect_ex(("127.0.0.1", neighbour))


@pytest.mark.browser
def test_this_machine_for_a_browser_test(neighbour: int) -> None:
    socket.create_connection(("127.0.0.1", neighbour)).close()


@pytest.mark.browser
def test_another_machine_not_even_for_a_browser_test() -> None:
    with pytest.raises(SocketRefused), socket.socket() as line:
        line.connect(("192.0.2.1", 80))


def test_two_ends_of_one_program() -> None:
    with socket.socket(socket.AF_UNIX) as line, pytest.raises(FileNotFoundError):
        line.connect("/nowhere/at/all")
