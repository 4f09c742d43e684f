"""Signing, sealing and opening. Brings `cryptography` along: the services of this room import it, once, when the first of it is needed."""

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Ciphers:
    """What this room asks of `cryptography`, under one name, so that one place brings all of it along."""

    NONCE_LENGTH = 12

    @staticmethod
    def private_key(seed: bytes) -> Ed25519PrivateKey:
        """The key of these 32 octets of chance (RFC 8032)."""
        return Ed25519PrivateKey.from_private_bytes(seed)

    @staticmethod
    def sealed(value: bytes, *, secret: str, purpose: str, name: str, nonce: bytes) -> bytes:
        """The value encrypted with a key that the secret gives for this purpose, behind its nonce; it opens under the same name only."""
        return nonce + _sealing_key(secret, purpose).encrypt(nonce, value, name.encode())

    @staticmethod
    def opened(value: bytes, *, secret: str, purpose: str, name: str) -> bytes | None:
        """What was sealed by this secret; nothing where another one sealed it, or for another purpose or name."""
        try:
            return _sealing_key(secret, purpose).decrypt(value[: Ciphers.NONCE_LENGTH], value[Ciphers.NONCE_LENGTH :], name.encode())
        except InvalidTag:
            return None


def _sealing_key(secret: str, purpose: str) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, salt=None, info=f"touchstone {purpose}".encode()).derive(secret.encode()))
