"""A passkey in software: what a browser and a key answer (W3C Web Authentication), and what a forger would."""

from __future__ import annotations

import json
import secrets
import struct
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_encode

ORIGIN = "http://localhost:8000"
PRESENT, VERIFIED, NEW = 0x01, 0x04, 0x40


@dataclass(slots=True)
class SoftKey:
    """One key for one site. `origin` is where its browser stands; `counts` whether it counts its uses."""

    site: str = "localhost"
    origin: str = ORIGIN
    verifies: bool = True
    counts: bool = True
    counter: int = 0
    id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    owner: bytes = b""
    _private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to the options of a registration."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"].encode()
        public = cbor.encode(dict(ES256.from_cryptography_key(self._private.public_key())))  # type: ignore[no-untyped-call]
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._authenticator_data(NEW) + attested
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": data})
        told = self._client_data("webauthn.create", asked["challenge"])
        return self._answer(clientDataJSON=told, attestationObject=attestation) | {
            "clientExtensionResults": {"credProps": {"rk": True}}
        }

    def get(self, options: dict[str, Any], **changes: Any) -> dict[str, Any]:
        """The answer to the options of a sign-in; `changes` are what a forger makes of its parts before it signs."""
        self.counter += self.counts
        data = changes.get("data", self._authenticator_data())
        told = changes.get("told", self._client_data("webauthn.get", options["publicKey"]["challenge"]))
        signature = self._private.sign(data + sha256(told).digest(), ec.ECDSA(SHA256()))
        answer = self._answer(clientDataJSON=told, authenticatorData=data, signature=signature)
        if self.owner:
            answer["response"]["userHandle"] = self.owner.decode()
        return answer | {"clientExtensionResults": {}}

    def _authenticator_data(self, flags: int = 0) -> bytes:
        flags |= PRESENT | (VERIFIED if self.verifies else 0)
        return sha256(self.site.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def _client_data(self, kind: str, challenge: str) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _answer(self, **parts: bytes) -> dict[str, Any]:
        response = {name: websafe_encode(value) for name, value in parts.items()}
        own = websafe_encode(self.id)
        return {"id": own, "rawId": own, "type": "public-key", "response": response}
