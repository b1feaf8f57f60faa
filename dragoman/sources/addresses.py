"""Which addresses of the net may be asked: public ones, and none that leads to the machine itself or into a house network."""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def public(ip: str) -> bool:
    """Whether an IP address is one of the public net, whatever is wrapped in it.

    >>> public("93.184.216.34"), public("127.0.0.1"), public("::ffff:10.0.0.1"), public("169.254.169.254")
    (True, False, False, False)
    """
    try:
        address = ipaddress.ip_address(ip)
    except ValueError:
        return False
    return all(a.is_global and not a.is_multicast and not a.is_reserved for a in _unwrapped(address))


def _unwrapped(address: Address) -> list[Address]:
    """The address and the IPv4 addresses that it carries packets to."""
    found: list[Address] = []
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return [address.ipv4_mapped]
        found += [address.sixtofour] if address.sixtofour else []
        found += list(address.teredo) if address.teredo else []
        if any(address in net for net in (*_NAT64, _COMPATIBLE)):
            found.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    return [address, *found]
