"""Checks a signed export of Torogoz's audit: python verify_audit.py KEYS.pub EXPORT.jsonl [EARLIER.jsonl]."""

import json
import sys
from contextlib import suppress
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey as Key


def signed(line: bytes, keys: str) -> Any:
    """What a signed line says, if one of the keys has signed what stands before its signature."""
    said, _, signature = line.partition(b',"signature":"')
    for key in keys.split()[1::2]:
        with suppress(InvalidSignature):
            Key.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(signature[:128].decode()), said)
            return json.loads(said + b"}")
    raise ValueError(f"none of the keys has signed {said[:80].decode()}")


def verify(keys: str, export: Any, earlier: Any = ()) -> str:
    """Say what is whole; an error says what is not. The signed heads of an earlier file must lie in this chain."""
    known = {(each["n"], each["hash"]) for each in (signed(line, keys) for line in earlier if b'"signature":' in line)}
    first, number, chain, above, whole, met = 0, 0, bytes(32), sha256(), False, set()
    for place, line in enumerate(export, 1):
        head = signed(line, keys) if b',"signature":"' in line else {}
        if head and place == 2:  # the chain of this file begins here, with what its centre has signed
            first, number, chain = head["n"], head["n"], bytes.fromhex(head["hash"])
        elif place > 1 and not head:
            number, chain = number + 1, sha256(chain + line[:-1]).digest()
        says = head or json.loads(line)
        if (says.get("n", number), says.get("hash", chain.hex())) != (number, chain.hex()):
            raise ValueError(f"line {place}: this does not follow, or an entry up to {number} was altered")
        whole = head.get("file") == above.hexdigest()
        above.update(line)
        met |= known & {(number, chain.hex())}
    if not whole:
        raise ValueError("the last line is no signature of all lines above it: lines are missing, added or moved")
    if {each for each in known if each[0] >= first} != met or (known and not met):
        raise ValueError("this is not the chain of the earlier file, or it ends before that one did")
    return f"whole: entries {first + 1} to {number} of {head['centre']} as of {head['at']}, head {head['hash']}"


if __name__ == "__main__":
    sys.excepthook = lambda _kind, problem, _trace: print(f"NOT WHOLE: {problem}", file=sys.stderr)
    print(verify(open(sys.argv[1]).read(), *(open(path, "rb") for path in sys.argv[2:4])))
