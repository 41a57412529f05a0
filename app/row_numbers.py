"""Numbers of rows in addresses: what no table can hold is a page that is not there, not an accident."""

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

#: The largest INTEGER of PostgreSQL; SQLite's is larger.
LARGEST = 2**31 - 1


class RowNumber(IntegerConverter):
    """`<int:child_id>` in an address."""

    def __init__(self, map: Map, *args: int, **kwargs: int) -> None:  # noqa: A002 - the name is werkzeug's
        super().__init__(map, *args, **{"max": LARGEST, **kwargs})


def register(app: Flask) -> None:
    """Before the first address is added."""
    app.url_map.converters["int"] = RowNumber
