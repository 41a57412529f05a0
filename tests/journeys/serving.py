"""The house on a port of this machine, as a school runs it, and the tray in which its printed papers land."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import waitress
import waitress.wasyncore
from flask import Flask, Response

from app.database import Database


@dataclass
class House:
    """Where it answers, what it stands on, and every paper that left it so far."""

    address: str
    database: Database
    tray: list[bytes] = field(default_factory=list)

    def keep(self, response: Response) -> Response:
        """A browser shows a PDF in a viewer of its own and lets nobody see the bytes: they are kept as they leave."""
        if response.mimetype == "application/pdf":
            self.tray.append(response.get_data())
        return response


@contextmanager
def serving(app: Flask) -> Iterator[House]:
    """Waitress in a thread beside the test, so that both look at one stopped clock."""
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    door.listen()
    house = House(f"http://127.0.0.1:{door.getsockname()[1]}", app.extensions["chayan"].database)
    app.after_request(house.keep)
    server = waitress.create_server(app, sockets=[door], threads=4, ident=None)
    thread = threading.Thread(target=server.run, name="the house", daemon=True)
    thread.start()
    yield house
    server.task_dispatcher.shutdown()
    server.close()
    # A browser that is still open keeps its connections, and the loop goes on as long as there is one.
    waitress.wasyncore.close_all(server._map)
    thread.join(timeout=10)
