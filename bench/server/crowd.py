"""Thousands of WebSocket clients in one process: sockets, epoll and as little work for each message as possible."""

import base64
import json
import os
import select
import socket
import ssl
import struct
import time
from collections import defaultdict

from place import TRUST_ANYBODY


def frame(text, opcode=1):
    """What clients send is masked; a mask of zeros is one too."""
    data = text if isinstance(text, bytes) else text.encode()
    size = bytes([0x80 | len(data)]) if len(data) < 126 else struct.pack(">BH", 0x80 | 126, len(data))
    return bytes([0x80 | opcode]) + size + bytes(4) + data


def take_frames(data):
    """The whole frames at the beginning as (opcode, payload), and the rest."""
    frames, at = [], 0
    while len(data) - at >= 2:
        size, head = data[at + 1] & 0x7F, 2
        if size == 126:
            size, head = struct.unpack_from(">H", data, at + 2)[0] if len(data) - at >= 4 else 1 << 16, 4
        elif size == 127:
            size, head = struct.unpack_from(">Q", data, at + 2)[0] if len(data) - at >= 10 else 1 << 63, 10
        if len(data) - at < head + size:
            break
        frames.append((data[at] & 0x0F, data[at + head:at + head + size]))
        at += head + size
    return frames, data[at:]


class Heard:
    """One message of the server: who got it, and when."""

    def __init__(self, message):
        self.message, self.times = message, {}

    def took(self):
        return max(self.times.values()) - min(self.times.values())


class Crowd:
    def __init__(self, server):
        self.server, self.sockets, self.rest = server, {}, {}
        self.poll = select.epoll()
        self.heard = {}                      # payload -> Heard
        self.progress = defaultdict(list)    # client -> moments
        self.closed = 0

    def join(self, count, topic=""):
        """So many more clients, one after the other."""
        for _ in range(count):
            one = socket.create_connection(("127.0.0.1", self.server.port))
            if self.server.scheme == "https":
                one = TRUST_ANYBODY.wrap_socket(one, server_hostname="localhost")
            self._open(one, topic)

    def _open(self, one, topic):
        key = base64.b64encode(os.urandom(16)).decode()
        path = "/api/v1/ws" + (f"?topic={topic}" if topic else "")
        one.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                    f"Sec-WebSocket-Key: {key}\r\nAuthorization: Bearer {self.server.token}\r\n\r\n".encode())
        head = b""
        while b"\r\n\r\n" not in head:
            piece = one.recv(4096)
            if not piece:
                raise RuntimeError("the server closed a connection")
            head += piece
        if not head.startswith(b"HTTP/1.1 101"):
            raise RuntimeError(head.decode(errors="replace"))
        one.setblocking(False)
        self.sockets[one.fileno()], self.rest[one.fileno()] = one, head.split(b"\r\n\r\n", 1)[1]
        self.poll.register(one.fileno(), select.EPOLLIN)

    def say(self, message):
        data = frame(json.dumps(message))
        for one in self.sockets.values():
            one.send(data)

    def listen(self, seconds, until=lambda: False):
        """Takes messages in until `until` holds; False when the time is over before."""
        end = time.monotonic() + seconds
        while not until():
            if time.monotonic() > end:
                return False
            for handle, _ in self.poll.poll(0.1):
                self._read(handle)
        return True

    def _read(self, handle):
        one = self.sockets[handle]
        try:
            while True:
                data = one.recv(65536)
                if not data:
                    self._gone(handle)
                    return
                self._take(handle, data)
                if len(data) < 65536 and self.server.scheme == "http":
                    return
        except (BlockingIOError, ssl.SSLWantReadError):
            return
        except OSError:
            self._gone(handle)

    def _take(self, handle, data):
        now = time.monotonic()
        frames, self.rest[handle] = take_frames(self.rest[handle] + data)
        for opcode, payload in frames:
            if opcode == 9:
                self.sockets[handle].send(frame(payload, 10))
            elif opcode == 1:
                self._hear(handle, payload, now)

    def _hear(self, handle, payload, now):
        heard = self.heard.get(payload)
        if heard is None:
            heard = self.heard[payload] = Heard(json.loads(payload))
        heard.times[handle] = now
        if heard.message.get("type") == "run.progress":
            self.progress[handle].append(now)

    def _gone(self, handle):
        self.closed += 1
        self.poll.unregister(handle)
        self.sockets.pop(handle).close()

    def messages(self, kind, type_=None):
        return [one for one in self.heard.values() if one.message["is"] == kind and type_ in (None, one.message.get("type"))]

    def reached(self, kind, type_=None):
        """How many clients got any such message."""
        return len(set().union(*(one.times.keys() for one in self.messages(kind, type_))))

    def leave(self):
        for one in self.sockets.values():
            one.close()
        self.sockets.clear()
