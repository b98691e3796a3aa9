"""Messages in their own notation, for tests: a body of segments, one a line or apart by `'`, put into its envelope."""

from __future__ import annotations

from torogoz.domain.manifest import Message
from torogoz.messages import read

UNB = "UNB+UNOA:4+X1:ZZ+SVAPIS:ZZ+261122:1200+77'"
LEG = "TDT+20+X1310+++X1'LOC+125+MIA'DTM+189:2611220945:201'LOC+87+SAL'DTM+232:2611221120:201'"
PUSHED = "TVL+221126:0945:221126:1120+MIA+SAL+X1+310'"


def delivery(body: str, kind: str) -> bytes:
    body = "".join(line.strip() for line in body.splitlines())
    count = body.replace("?'", "").count("'") + 2
    return f"{UNB}UNH+1+{kind}+X1310'{body}UNT+{count}+1'UNZ+1+77'".encode()


def paxlst_bytes(body: str, *, bgm: str = "BGM+745'", leg: str = LEG) -> bytes:
    return delivery(bgm + leg + body, "PAXLST:D:05B:UN:IATA")


def pnrgov_bytes(body: str, *, head: str = f"MSG+:22'ORG+X1:MIA'{PUSHED}EQN+1'") -> bytes:
    return delivery(head + body, "PNRGOV:13:1:IA")


def only(data: bytes) -> Message:
    [message] = read(data)
    return message


def paxlst(body: str, *, bgm: str = "BGM+745'", leg: str = LEG) -> Message:
    return only(paxlst_bytes(body, bgm=bgm, leg=leg))


def pnrgov(body: str) -> Message:
    return only(pnrgov_bytes(body))


def booking(body: str) -> Message:
    """One booking with one traveller, who is followed by the body."""
    return pnrgov(f"SRC'RCI+X1:AB12CD::011126:1022'TIF+PEREZ+ANAMS:A:1'{body}")


def codes(message: Message) -> list[str]:
    return [finding.code for finding in message.findings]
