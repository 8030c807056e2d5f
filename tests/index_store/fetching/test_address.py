"""Which addresses are the public internet."""

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index_store.fetching.address import special_kind


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "a loopback address"),
        ("127.255.255.254", "a loopback address"),
        ("0.1.2.3", "an address of this machine"),
        ("10.1.2.3", "a private address"),
        ("172.31.255.255", "a private address"),
        ("192.168.0.1", "a private address"),
        ("100.64.0.1", "an address behind a provider's NAT"),
        ("100.100.100.200", "an address behind a provider's NAT"),
        ("169.254.1.1", "a link-local address"),
        ("169.254.169.254", "a cloud's metadata address"),
        ("168.63.129.16", "a cloud's metadata address"),
        ("192.0.0.192", "an address for protocols"),
        ("198.18.0.1", "an address for benchmarks"),
        ("224.0.0.1", "a multicast address"),
        ("255.255.255.255", "a reserved address"),
        ("::", "an address of this machine"),
        ("::1", "a loopback address"),
        ("fe80::1%eth0", "a link-local address"),
        ("fec0::1", "a private address"),
        ("fd12::1", "a private address"),
        ("fd00:ec2::254", "a cloud's metadata address"),
        ("ff02::1", "a multicast address"),
        ("::ffff:127.0.0.1", "a loopback address"),
        ("::ffff:a9fe:a9fe", "a cloud's metadata address"),
        ("::127.0.0.1", "a reserved address"),
        ("64:ff9b::10.0.0.1", "a private address"),
        ("64:ff9b:1::10.0.0.1", "a reserved address"),
        ("2002:7f00:1::", "an address of 6to4"),
        ("2001:0:1::", "an address for protocols"),
        ("2001:db8::1", "an address for documentation"),
        ("5f00::1", "a reserved address"),
        ("8.8.8.8", ""),
        ("172.32.0.1", ""),
        ("100.128.0.1", ""),
        ("2606:4700::1111", ""),
        ("::ffff:8.8.8.8", ""),
        ("64:ff9b::8.8.8.8", ""),
    ],
)
def test_an_address_is_public_or_of_a_kind(address: str, kind: str) -> None:
    assert special_kind(address) == kind


@given(st.ip_addresses())
def test_what_passes_is_public_to_the_standard_library_too(address: IPv4Address | IPv6Address) -> None:
    plain = getattr(address, "ipv4_mapped", None) or address

    if not special_kind(str(address)):
        assert plain.is_global
        assert not (plain.is_private or plain.is_loopback or plain.is_link_local or plain.is_multicast)
