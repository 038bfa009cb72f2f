"""One scanner for all tests of this folder, and no way to a network."""

import socket

import pytest

from rai_check.recognisers import Scanner


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a recogniser asked for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def scanner() -> Scanner:
    return Scanner()
