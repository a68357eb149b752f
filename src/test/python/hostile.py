"""A server that answers as it is told, garbage included, and remembers what it was asked."""

from __future__ import annotations

import contextlib
import http.client
import socket
import struct
import threading
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlsplit

DRIP_SECONDS = 0.02


class Request(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Behaviour = Callable[[socket.socket, Request, threading.Event], None]


class Hostile:
    """Each connection meets the next behaviour; the last one stays."""

    def __init__(self, *behaviours: Behaviour) -> None:
        self.behaviours = list(behaviours)
        self.requests: list[Request] = []
        self.over = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.netloc = f"127.0.0.1:{self.listener.getsockname()[1]}"
        self.url = f"http://{self.netloc}"
        self.acceptor = threading.Thread(target=self.accept, daemon=True)
        self.acceptor.start()

    def __enter__(self) -> Hostile:
        return self

    def __exit__(self, *exception: object) -> None:
        self.over.set()
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)  # Wakes accept, or the port stays open until somebody connects.
        self.acceptor.join()
        self.listener.close()

    def accept(self) -> None:
        while not self.over.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection: socket.socket) -> None:
        with connection:
            request = read(connection)
            self.requests.append(request)
            behave = self.behaviours.pop(0) if len(self.behaviours) > 1 else self.behaviours[0]
            with contextlib.suppress(OSError):  # The client may go, which is its right.
                behave(connection, request, self.over)


def read(connection: socket.socket) -> Request:
    with connection.makefile("rb") as stream:
        method, path, _ = stream.readline().decode().split(" ", 2)
        headers = {name.lower(): value for name, value in http.client.parse_headers(stream).items()}
        return Request(method, path, headers, stream.read(int(headers.get("content-length", 0))))


def raw(text: str | bytes) -> Behaviour:
    data = text.encode() if isinstance(text, str) else text
    return lambda connection, request, over: connection.sendall(data)


def answer(status: int, body: str = "{}", content_type: str = "application/json", **headers: str) -> Behaviour:
    more = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    data = body.encode()
    head = f"HTTP/1.1 {status} Whatever\r\nContent-Type: {content_type}\r\nContent-Length: {len(data)}\r\n{more}\r\n"
    return raw(head.encode() + data)


def drop(connection: socket.socket, request: Request, over: threading.Event) -> None:
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # Reset, not a polite end.


def hang(connection: socket.socket, request: Request, over: threading.Event) -> None:
    over.wait()


def drip(connection: socket.socket, request: Request, over: threading.Event) -> None:
    """Never silent for long, and never done."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Drip: ")
    while not over.wait(DRIP_SECONDS):
        connection.sendall(b"d")


def forward(url: str, and_then: Behaviour | None = None) -> Behaviour:
    """What the real service answers; with `and_then` it is asked, and its answer lost."""

    def behave(connection: socket.socket, request: Request, over: threading.Event) -> None:
        upstream = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
        upstream.request(request.method, request.path, request.body, request.headers)
        response = upstream.getresponse()
        body = response.read()
        upstream.close()
        if and_then:
            and_then(connection, request, over)
            return
        kept = {name.replace("-", "_"): value for name, value in response.getheaders()}
        kind = kept.pop("Content_Type", "")
        kept.pop("content_length", None)
        answer(response.status, body.decode(), kind, **kept)(connection, request, over)

    return behave


class FakeTime:
    """A clock that only sleeping moves, and the pauses that were slept."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.pauses: list[float] = []

    def clock(self) -> float:
        return self.seconds

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.seconds += seconds
