"""The address: which IP addresses are the public internet, and what the others are."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

# IANA's special-purpose registries. Written out, because `is_global` of the standard library answers differently
# from one version of Python to the next, and knows neither the metadata services nor what is embedded in IPv6.
_SPECIAL_V4 = tuple(
    (IPv4Network(network), kind)
    for network, kind in (
        ("0.0.0.0/8", "an address of this machine"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address behind a provider's NAT"),
        ("127.0.0.0/8", "a loopback address"),
        ("168.63.129.16/32", "a cloud's metadata address"),  # Azure's, in the middle of public ones
        ("169.254.169.254/32", "a cloud's metadata address"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "an address for protocols"),
        ("192.0.2.0/24", "an address for documentation"),
        ("192.88.99.0/24", "a relay of 6to4"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "an address for benchmarks"),
        ("198.51.100.0/24", "an address for documentation"),
        ("203.0.113.0/24", "an address for documentation"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved address"),
    )
)
_SPECIAL_V6 = tuple(
    (IPv6Network(network), kind)
    for network, kind in (
        ("::/128", "an address of this machine"),
        ("::1/128", "a loopback address"),
        ("fd00:ec2::254/128", "a cloud's metadata address"),
        ("fc00::/7", "a private address"),
        ("fe80::/10", "a link-local address"),
        ("fec0::/10", "a private address"),
        ("ff00::/8", "a multicast address"),
        ("2001::/23", "an address for protocols"),  # Teredo among them, which embeds any IPv4 address
        ("2001:db8::/32", "an address for documentation"),
        ("2002::/16", "an address of 6to4"),  # embeds any IPv4 address
        ("3fff::/20", "an address for documentation"),
    )
)
_GLOBAL_V6 = IPv6Network("2000::/3")  # all that is given out so far
_NAT64 = IPv6Network("64:ff9b::/96")  # how networks without IPv4 reach it


def special_kind(address: str) -> str:
    """What an address is that does not belong to the public internet, such as "a loopback address"; else nothing."""
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        embedded = _embedded(parsed)
        return _kind_v6(parsed) if embedded is None else _kind_v4(embedded)
    return _kind_v4(parsed)


def _kind_v4(address: IPv4Address) -> str:
    return next((kind for network, kind in _SPECIAL_V4 if address in network), "")


def _kind_v6(address: IPv6Address) -> str:
    fallback = "" if address in _GLOBAL_V6 else "a reserved address"
    return next((kind for network, kind in _SPECIAL_V6 if address in network), fallback)


def _embedded(address: IPv6Address) -> IPv4Address | None:
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped
