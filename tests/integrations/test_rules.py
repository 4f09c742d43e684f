"""Which addresses are called, and which are not."""

import pytest

from training.integrations.rules.addresses import may_be_called, target_of


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1", "172.16.0.1", "192.168.1.1", "127.0.0.1", "127.8.8.8", "0.0.0.0", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255",
        "240.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12::1", "ff02::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8",
        "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:1::", "2001:db8::1", "::7f00:1", "fec0::1",
    ],
)  # fmt: skip
def test_what_only_somebody_inside_reaches_is_not_called_unless_it_is_allowed(address: str) -> None:
    assert not may_be_called(address, allows_private=False)
    assert may_be_called(address, allows_private=True)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::1"])
def test_public_addresses_are_called(address: str) -> None:
    assert may_be_called(address, allows_private=False)


@pytest.mark.parametrize(
    "address",
    ["", "tool.example.org", "ftp://tool.example.org/", "http://tool.example.org/", "https://", "https://user@tool.example.org/", "https://tool.example.org/#a",
     "https://tool.example.org:99999/", "https://tool.example.org/a b", "https://tool.example.org/\r\nX: y", "https://tööl.example.org/", "javascript:alert(1)",
     "https://tool.example.org/" + "a" * 500],
)  # fmt: skip
def test_an_address_that_is_none_is_not_taken(address: str) -> None:
    assert target_of(address, allows_private=False) is None


def test_an_address_says_host_port_and_the_rest() -> None:
    found = target_of("https://tool.example.org/hooks/a?b=c", allows_private=False)
    assert found is not None
    assert (found.host, found.port, found.path, found.authority) == ("tool.example.org", 443, "/hooks/a?b=c", "tool.example.org")
    other = target_of("http://[2001:db8::1]:8080", allows_private=True)
    assert other is not None
    assert (other.host, other.port, other.path, other.authority) == ("2001:db8::1", 8080, "/", "[2001:db8::1]:8080")
