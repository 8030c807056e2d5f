"""Encrypted connections: to the checked address, under the name."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index_store.errors import UnreadableInputError
from index_store.fetching import Fetcher, FetchLimits, Guard

ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 12\r\nConnection: close\r\n\r\nDisallow: /x"


@dataclass
class TLSServer:
    """Answers every request on 127.0.0.1 alike, and keeps the names it was called by."""

    certificate: Path
    key: Path
    names: list[str] = field(default_factory=list)
    hosts: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(self.certificate, self.key)
        self._context.sni_callback = lambda _socket, name, _context: self.names.append(str(name))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
            except OSError:
                return
            try:
                with self._context.wrap_socket(plain, server_side=True) as connection:
                    lines = connection.recv(4096).split(b"\r\n")
                    self.hosts += [line for line in lines if line.startswith(b"Host: ")]
                    connection.sendall(ANSWER)
            except OSError:
                plain.close()

    def close(self) -> None:
        self._listener.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[TLSServer]:
    """One with a certificate for valley.example that it signed itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    options = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=valley.example"]
    names = ["-addext", "subjectAltName=DNS:valley.example"]
    command = [openssl, "req", "-x509", *options, *names, "-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    server = TLSServer(certificate, key)
    yield server
    server.close()


def fetcher(server: TLSServer, tls: ssl.SSLContext | None) -> Fetcher:
    guard = Guard(lambda _host, _port: ("127.0.0.1",), frozenset({("127.0.0.1", server.port)}))
    return Fetcher(guard, FetchLimits(total_s=10.0, delay_s=0.0), tls)


def test_the_name_is_checked_and_sent_though_an_address_is_connected_to(server: TLSServer) -> None:
    trusting = ssl.create_default_context(cafile=str(server.certificate))

    document = fetcher(server, trusting).fetch(f"https://VALLEY.example.:{server.port}/a")

    assert document.body == b"Disallow: /x"
    assert set(server.names) == {"valley.example"}
    assert set(server.hosts) == {f"Host: valley.example:{server.port}".encode()}


@pytest.mark.parametrize("host", ["valley.example", "hill.example"])
def test_a_certificate_that_is_not_trusted_or_of_another_name_is_refused(server: TLSServer, host: str) -> None:
    tls = None if host == "valley.example" else ssl.create_default_context(cafile=str(server.certificate))

    with pytest.raises(UnreadableInputError, match=f"the certificate of {host} is not trusted"):
        fetcher(server, tls).fetch(f"https://{host}:{server.port}/a")

    assert server.hosts == []


def test_a_server_without_encryption_is_told_from_one_that_is_down(server: TLSServer) -> None:
    with socket.create_server(("127.0.0.1", 0)) as plain:
        plain_port = plain.getsockname()[1]
        threading.Thread(
            target=lambda: plain.accept()[0].sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n"), daemon=True
        ).start()
        guard = Guard(lambda _host, _port: ("127.0.0.1",), frozenset({("127.0.0.1", plain_port)}))

        with pytest.raises(UnreadableInputError, match=r"no encrypted connection to valley\.example"):
            Fetcher(guard, FetchLimits(delay_s=0)).fetch(f"https://valley.example:{plain_port}/")
