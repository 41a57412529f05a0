"""Serves the demo to this machine only: takes a free port, then says where it is and who may sign in.

Called by scripts/run, which has prepared the data.
"""

import argparse
import errno
import gc
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from types import FrameType

HOME_PORT = 8000
PORTS_TO_TRY = 50


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int)
    arguments.add_argument("--accounts", type=Path, required=True)
    chosen = arguments.parse_args()
    door = open_door([chosen.port] if chosen.port else range(HOME_PORT, HOME_PORT + PORTS_TO_TRY))
    serve(door, chosen.accounts.read_text(encoding="utf-8"))


def open_door(ports: "range | list[int]") -> socket.socket:
    """Listen on the first port that nobody holds."""
    for port in ports:
        door = socket.socket()
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind(("127.0.0.1", port))
            door.listen(128)
        except OSError as problem:
            door.close()
            if problem.errno not in {errno.EADDRINUSE, errno.EACCES}:
                raise
        else:
            return door
    sys.exit(f"端口 {ports[0]} 用不了：别的程序占着，或者没有权限。换一个：scripts/run --port 8080（或者不写，自动找）")


def serve(door: socket.socket, accounts: str) -> None:
    """Answer until Ctrl-C or SIGTERM; both end with a sentence and no traceback."""
    import waitress

    from app import create_app

    address = f"http://127.0.0.1:{door.getsockname()[1]}"
    # Notices lead to this machine, so that the families' page can be tried; the worker prints them too.
    os.environ["CHAYAN_PUBLIC_ADDRESS"] = address
    app = create_app()
    signal.signal(signal.SIGTERM, _leave)
    # Uploads wait in memory: a temporary file would hold names in clear.
    room = app.extensions["chayan"].settings.largest_request + 65_536
    worker = start_worker()
    # What is loaded once is not looked through for garbage at every large page: that took as long as the page.
    gc.collect()
    gc.freeze()
    server = waitress.create_server(app, sockets=[door], threads=8, ident=None, inbuf_overflow=room)
    print(f"\n{accounts.rstrip()}\n\n演示已经打开：{address}\n按 Ctrl-C 停止 (Ctrl-C stops it).", flush=True)
    try:
        server.run()
    finally:
        worker.terminate()
        worker.wait()
    app.extensions["chayan"].database.close()
    print("\n演示停了。数据还在，再运行 scripts/run 接着用。", flush=True)


def start_worker() -> "subprocess.Popen[bytes]":
    """Long work is done beside the server; the worker ends with this process, however that ends."""
    return subprocess.Popen([sys.executable, "-m", "app.cli", "work", "--with-parent"])


def _leave(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit


if __name__ == "__main__":
    main()
