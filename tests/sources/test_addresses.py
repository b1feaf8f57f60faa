"""Which addresses may be asked."""

from __future__ import annotations

import pytest

from dragoman.sources.addresses import public


@pytest.mark.parametrize("ip", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public(ip: str) -> None:
    assert public(ip)


@pytest.mark.parametrize("ip", [
    "127.0.0.1", "127.8.9.10", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.1.1", "0.0.0.0",
    "240.0.0.1", "255.255.255.255", "224.0.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "192.88.99.1", "::", "::1", "::7f00:1",
    "::ffff:127.0.0.1", "::ffff:192.168.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::1", "fe80::1", "fe80::1%eth0",
    "fc00::1", "fd12::1", "fec0::1", "ff02::1", "2001:db8::1", "2001:0:7f00:1::1", "2002:7f00:1::", "2001:20::1", "3fff::1", "100::1",
    "not an address", ""])
def test_not_public(ip: str) -> None:
    assert not public(ip)
