"""Which addresses of the net may be asked: public ones, and none that leads to the machine itself or into a house network."""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # how a network of IPv6 alone reaches an IPv4 address, which it ends with
_NEVER = tuple(map(ipaddress.ip_network, (  # special purposes that not every version of Python knows as such
    "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "64:ff9b:1::/48", "2001::/23", "2002::/16", "3fff::/20", "fec0::/10", "::/96")))


def public(ip: str) -> bool:
    """Whether an IP address is one of the public net, whatever is wrapped in it.

    >>> public("93.184.216.34"), public("127.0.0.1"), public("::ffff:10.0.0.1"), public("169.254.169.254")
    (True, False, False, False)
    """
    try:
        address = _unwrapped(ipaddress.ip_address(ip))
    except ValueError:
        return False
    special = not address.is_global or address.is_multicast or address.is_reserved
    return not special and not any(address.version == net.version and address in net for net in _NEVER)


def _unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for, else the address itself."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return address.ipv4_mapped
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address
