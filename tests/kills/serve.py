"""A real server in a process of its own, to be killed: python tests/kills/serve.py PORT MOMENT."""

import datetime as dt
import sys

import waitress

from app import clock, create_app


def main() -> None:
    clock.fix(dt.datetime.fromisoformat(sys.argv[2]))
    server = waitress.create_server(create_app(), host="127.0.0.1", port=int(sys.argv[1]), threads=2, ident=None)
    print(server.effective_port, flush=True)
    server.run()


if __name__ == "__main__":
    main()
