"""Tests talk to no other machine, and to this one only where they are marked `browser` or `postgres`."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest

MAY_KNOCK_AT_HOME = ("browser", "postgres")
HOME = ("127.", "::1", "localhost")


class SocketRefused(RuntimeError):
    """A test tried to reach a network."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Around the whole test, so that the fixtures it brings to life are held to the same."""
    at_home = any(item.get_closest_marker(name) for name in MAY_KNOCK_AT_HOME)
    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name), at_home))
        patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))
        return (yield)


def _guarded(original: Any, at_home: bool) -> Any:
    def knock(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not (at_home and str(address[0]).startswith(HOME)):
            raise SocketRefused(
                f"This test wants to reach {address!r}. Give it what it needs as an argument; "
                "if it drives a browser or a server on this machine, mark it: @pytest.mark.browser."
            )
        return original(self, address)

    return knock


def _guarded_lookup(original: Any) -> Any:
    def look_up(host: Any, *arguments: Any, **more: Any) -> Any:
        if host and not str(host).startswith((*HOME, "0.0.0.0")):
            raise SocketRefused(f"This test wants to look up {host!r}: tests know no other machine.")
        return original(host, *arguments, **more)

    return look_up
