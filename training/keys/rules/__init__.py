"""How keys and what they sign are written, and what is published of them."""

from training.keys.rules.encoding import base58_text, base64url_text, canonical_json, key_number, multikey_text
from training.keys.rules.integrity import CRYPTOSUITE, bytes_signed, bytes_to_sign, proof_options
from training.keys.rules.published import ISSUER_PATH, PublishedKey, did_document, did_of, json_web_key, json_web_keys, key_address, verification_methods
from training.keys.rules.refusals import KeyRefusal
from training.keys.rules.tokens import TokenAlgorithm, signing_input

__all__ = [
    "CRYPTOSUITE",
    "ISSUER_PATH",
    "KeyRefusal",
    "PublishedKey",
    "TokenAlgorithm",
    "base58_text",
    "base64url_text",
    "bytes_signed",
    "bytes_to_sign",
    "canonical_json",
    "did_document",
    "did_of",
    "json_web_key",
    "json_web_keys",
    "key_address",
    "key_number",
    "multikey_text",
    "proof_options",
    "signing_input",
    "verification_methods",
]
