"""Real peers on this machine: a web server and a mail server that do what a test asks of them."""

import shutil
import socketserver
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from taskmix.batch.summary import BatchSummary, ReportOutcome
from taskmix.settings import Settings

TOKEN = "T0pS3cretT0kenOfTheHook"
QUOTED = "Fire Ana Ruiz quietly"


@dataclass
class WebPeer:
    """A web server and what was posted to it."""

    url: str
    posts: list[dict[str, Any]] = field(default_factory=list)


@dataclass
class MailPeer:
    """A mail server, the commands it heard and the mails it took."""

    port: int
    heard: list[str] = field(default_factory=list)
    mails: list[str] = field(default_factory=list)


@pytest.fixture
def peers() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "127.0.0.1,localhost")


@pytest.fixture
def web(peers) -> Callable[..., WebPeer]:
    """Start a web server that gives these answers in turn, the last one for ever."""

    def start(*answers: int | str, headers: dict[str, str] | None = None) -> WebPeer:
        left, closing = list(answers), Event()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                peer.posts.append({"path": self.path, "headers": self.headers, "body": body})
                answer = left.pop(0) if len(left) > 1 else left[0]
                if answer == "silence":
                    closing.wait(30)
                elif answer == "hang up":
                    self.connection.close()
                else:
                    self.send_response(int(answer))
                    for name, value in (headers or {}).items():
                        self.send_header(name, value)
                    self.end_headers()

            do_GET = do_POST  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        class Server(ThreadingHTTPServer):
            def handle_error(self, *_: Any) -> None:
                """Say nothing of a connection that a test closed."""

        server = peers.enter_context(Server(("127.0.0.1", 0), Handler))
        peer = WebPeer(f"http://127.0.0.1:{server.server_port}/hooks/{TOKEN}")
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        peers.callback(server.shutdown)
        peers.callback(closing.set)
        return peer

    return start


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> Path:
    """A certificate of localhost that signs itself, with its key in the same file."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl, which makes the certificate, is not on this machine")
    path = tmp_path_factory.mktemp("tls") / "peer.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
         "-keyout", path.with_suffix(".key"), "-out", path],
        check=True, capture_output=True,
    )  # fmt: skip
    path.write_text(path.read_text() + path.with_suffix(".key").read_text())
    return path


@pytest.fixture
def smtp(peers, request) -> Callable[..., MailPeer]:
    """Start a mail server; `replies` says what it answers to a command other than yes."""

    def start(
        *, tls: str = "none", replies: dict[str, list[str]] | None = None, silent: bool = False
    ) -> MailPeer:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if tls != "none":
            context.load_cert_chain(request.getfixturevalue("certificate"))
        closing, said = Event(), {verb: list(texts) for verb, texts in (replies or {}).items()}

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                try:
                    self._talk()
                finally:
                    for end in (self.rfile, self.wfile, self.connection):
                        end.close()

            def finish(self) -> None:
                """Everything is closed already."""

            def _talk(self) -> None:
                if silent:
                    closing.wait(30)
                    return
                if tls == "tls":
                    self._encrypt()
                self._say("220 peer")
                while line := self.rfile.readline().decode().rstrip("\r\n"):
                    peer.heard.append(line)
                    if not self._obey(line.split(" ")[0].upper()):
                        return

            def _obey(self, verb: str) -> bool:
                if said.get(verb):
                    self._say(said[verb].pop(0))
                elif verb == "EHLO":
                    offers = ["AUTH PLAIN"] if tls == "none" or self._is_safe() else ["STARTTLS"]
                    self._say(*[f"250-{offer}" for offer in ["peer", *offers]], "250 8BITMIME")
                elif verb == "STARTTLS":
                    self._say("220 go on")
                    self._encrypt()
                elif verb == "DATA":
                    self._say("354 go on")
                    lines = iter(lambda: self.rfile.readline().decode(), ".\r\n")
                    peer.mails.append("".join(lines))
                    self._say("250 taken")
                else:
                    self._say({"AUTH": "235 welcome", "QUIT": "221 bye"}.get(verb, "250 yes"))
                return verb != "QUIT"

            def _say(self, *lines: str) -> None:
                self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())
                self.wfile.flush()

            def _encrypt(self) -> None:
                self.connection = context.wrap_socket(self.connection, server_side=True)
                self.rfile = self.connection.makefile("rb")
                self.wfile = self.connection.makefile("wb")

            def _is_safe(self) -> bool:
                return isinstance(self.connection, ssl.SSLSocket)

        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = True

            def handle_error(self, *_: Any) -> None:
                """Say nothing of a client that does not trust the certificate."""

        server = peers.enter_context(Server(("127.0.0.1", 0), Handler))
        peer = MailPeer(server.server_address[1])
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        peers.callback(server.shutdown)
        peers.callback(closing.set)
        return peer

    return start


@pytest.fixture
def settings(tmp_path) -> Callable[..., Settings]:
    def make(*, name: str = "Atlas Labs", **notify: Any) -> Settings:
        return Settings(project=tmp_path, workspace={"name": name}, notify=notify)

    return make


@pytest.fixture
def summary() -> BatchSummary:
    """Four reports, one up to date and one failed by an error that quotes a title and a name."""
    return BatchSummary(
        period="2026-Q3",
        headline="People spent 41% of their hours on execution.",
        seconds=12.34,
        reports=(
            ReportOutcome("3_task_mix", None, "2026-Q3", "succeeded", 3.0),
            ReportOutcome("3_task_mix", "R&D <all>", "2026-Q3", "succeeded", 3.0),
            ReportOutcome("4_ai_shift", None, "2026-Q3", "skipped"),
            ReportOutcome("4_ai_shift", "R&D <all>", "2026-Q3", "failed", 3.0, f"Error: {QUOTED}"),
        ),
    )
