"""Whatever carries it, a message is read as if it came alone, and what an envelope hides or breaks is a finding."""

from __future__ import annotations

import base64
import gzip
import io
import quopri
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from email import policy
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.messages.written import UNB, codes, delivery, only, paxlst_bytes, pnrgov_bytes
from torogoz.domain.manifest import Message
from torogoz.edifact.limits import DEFAULT
from torogoz.messages import read
from torogoz.messages.envelope import unpack
from torogoz.messages.sensitive import redact

LIST = paxlst_bytes("NAD+FL+++EJEMPLO:ANA'ATT+2++F'DOC+P+A0123'CNT+42:1'")
PUSH = pnrgov_bytes("SRC'RCI+X1:AB12CD'TIF+MUESTRA+BETOMR:A:1'")
REMARK = paxlst_bytes("NAD+FL+++EJEMPLO:ANA'FTX+AAI+++NEEDS A WHEELCHAIR'CNT+42:1'")


def zipped(*members: bytes, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for number, member in enumerate(members):
            archive.writestr(f"member{number}.edi", member)
    return file.getvalue()


def streamed_zip(*members: bytes) -> bytes:
    """An archive written to a pipe: the sizes stand behind each member."""

    class Pipe(io.RawIOBase):
        written = b""

        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            self.written += bytes(data)  # type: ignore[call-overload]
            return len(bytes(data))  # type: ignore[call-overload]

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, member in enumerate(members):
            archive.writestr(f"member{number}.edi", member)
    return pipe.written


def zip64(member: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("m", "w", force_zip64=True) as one:
        one.write(member)
    data = file.getvalue()
    # The directory points elsewhere, too, as writers of large archives do.
    at = data.rindex(b"PK\x01\x02")
    packed, size = struct.unpack_from("<II", data, at + 20)
    extra = struct.pack("<HHQQ", 1, 16, size, packed)
    record = bytearray(data[at : data.rindex(b"PK\x05\x06")])
    struct.pack_into("<II", record, 20, 0xFFFFFFFF, 0xFFFFFFFF)
    struct.pack_into("<H", record, 30, len(extra))
    return data[:at] + bytes(record)[: 46 + 1] + extra + data[data.rindex(b"PK\x05\x06") :]


def mailed(*parts: bytes, text: str = "Good day,\nsee below.\n", encoding: str = "base64") -> bytes:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = "ops@example.org", "piu@example.org", "X1310"
    mail.set_content(text)
    for part in parts:
        mail.add_attachment(part, maintype="application", subtype="octet-stream", cte=encoding, filename="a.edi")
    return mail.as_bytes()


def written_in(data: bytes, encoding: str) -> bytes:
    """A mail whose only text is a message, with a footer."""
    body = data + b"\r\n--\r\nThis mail is confidential. Email secured by Example Antivirus.\r\n"
    encoders: dict[str, Callable[[bytes], bytes]] = {
        "base64": base64.encodebytes,
        "quoted-printable": quopri.encodestring,
        "8bit": bytes,
    }
    head = "Return-Path: <ops@example.org>\r\nContent-Type: text/plain;\r\n charset=utf-8\r\n"
    return f"{head}Content-Transfer-Encoding: {encoding}\r\n\r\n".encode() + encoders[encoding](body)


def framed(*payloads: bytes) -> bytes:
    """MATIP packets of data."""
    return b"".join(b"\x01\x00" + struct.pack(">H", len(payload) + 4) + payload for payload in payloads)


ENVELOPES: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "two members of gzip": lambda data: gzip.compress(data[:50]) + gzip.compress(data[50:]) + b"\x00" * 9,
    "zip": zipped,
    "zip, stored": lambda data: zipped(data, method=zipfile.ZIP_STORED),
    "zip from a pipe": streamed_zip,
    "zip with a folder": lambda data: zipped(data).replace(b"member0.edi", b"member0.ed/", 0),
    "zip64": zip64,
    "utf-16": lambda data: data.decode().encode("utf-16"),
    "utf-16, big end first": lambda data: b"\xfe\xff" + data.decode().encode("utf-16-be"),
    "utf-16 without a mark": lambda data: data.decode().encode("utf-16-be"),
    "utf-16 behind odd rubbish": lambda data: b"\r" + data.decode().encode("utf-16-le"),
    "utf-8 with a mark": lambda data: b"\xef\xbb\xbf" + data,
    "matip": framed,
    "matip with a telex": lambda data: framed(b"QU SALPX1X\r\n.HDQ9XX1 221200\r\n\x02" + data + b"\r\n\x03"),
    "mail, base64": lambda data: written_in(data, "base64"),
    "mail, quoted-printable": lambda data: written_in(data, "quoted-printable"),
    "mail, as it is": lambda data: written_in(data, "8bit"),
    "mail with an attachment": mailed,
    "mailbox": lambda data: b"From ops@example.org Sun Nov 22 12:00:00 2026\n" + written_in(data, "8bit"),
    "host to host": lambda data: b"V.\\VHLG.WA/E5X1/I5SV/P0001\\VGZ.\\" + data,
    "lines of mail without MIME": lambda data: b"Subject: X1310\r\nTo: piu@example.org\r\n\r\n" + data + b"\r\nBye\r\n",
}  # fmt: skip


@pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES)
@pytest.mark.parametrize("data", [LIST, PUSH], ids=["list", "push"])
def test_what_an_envelope_carried_is_read_as_if_it_came_alone(envelope: Callable[[bytes], bytes], data: bytes) -> None:
    alone, carried = only(data), only(envelope(data))
    assert carried.content == alone.content
    assert carried.type == alone.type
    assert set(codes(carried)) <= {"TEXT_CONVERTED", "PART_WITHOUT_MESSAGE"}


@given(st.lists(st.sampled_from(sorted(ENVELOPES)), max_size=5))
def test_envelopes_are_peeled_in_any_nesting(names: list[str]) -> None:
    data = LIST
    for name in names:
        # All but these carry text, and no archive.
        if data is LIST or name.startswith(("gzip", "two", "zip", "mail, base64", "mail with")) or name == "matip":
            data = ENVELOPES[name](data)
    messages = [message for message in read(data) if message.readable]
    assert [message.content for message in messages] == [only(LIST).content]


@pytest.mark.parametrize("envelope", ENVELOPES.values(), ids=ENVELOPES)
def test_places_are_those_of_the_unpacked_bytes(envelope: Callable[[bytes], bytes]) -> None:
    unpacked = unpack(envelope(REMARK))
    message = only(envelope(REMARK))
    assert message.withheld.free_text == 1
    assert unpacked.data[message.span.start :].startswith(b"UNH+1")
    [hidden] = message.sensitive
    assert unpacked.data[hidden.start : hidden.end] == b"AAI+++NEEDS A WHEELCHAIR"
    assert b"WHEELCHAIR" not in redact(unpacked.data, message)
    [traveller] = message.travellers
    assert all(unpacked.data[origin.start :].startswith(b"NAD+FL") for origin in traveller.origins)


@pytest.mark.parametrize("envelope", [zipped, streamed_zip, mailed, lambda *each: gzip.compress(zipped(*each))])
def test_every_member_is_read_and_one_that_is_cut_off_leaves_the_others_alone(
    envelope: Callable[..., bytes],
) -> None:
    data = envelope(LIST[:-40], b"read me", PUSH, b"", LIST[len(UNB) :])
    unpacked = unpack(data)
    messages = list(read(data))
    assert [message.type for message in messages] == ["PAXLST", "PNRGOV", "PAXLST"]
    assert [message.number for message in messages] == [1, 2, 3]
    for message in messages:
        assert unpacked.data[message.span.start :].startswith(b"UNH+1")
    assert "UNT_MISSING" in codes(messages[0])
    assert "PART_WITHOUT_MESSAGE" in codes(messages[1])
    assert "UNB_MISSING" in codes(messages[2])


def test_a_mail_is_read_as_plain_text_and_not_once_more_as_a_page() -> None:
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = "X1310"
    mail.set_content(LIST.decode())
    mail.add_alternative(f"<html><body><pre>{LIST.decode()}</pre></body></html>", subtype="html")
    assert len(list(read(mail.as_bytes()))) == 1


def test_a_mail_that_was_passed_on_is_read() -> None:
    outer = EmailMessage(policy=policy.SMTP)
    outer["Subject"] = "Fwd: X1310"
    outer.set_content("See the mail that is attached.")
    inner = EmailMessage(policy=policy.SMTP)
    inner["Subject"] = "X1310"
    inner.set_content("List")
    inner.add_attachment(gzip.compress(LIST), maintype="application", subtype="gzip", filename="list.gz")
    outer.add_attachment(inner)
    assert only(outer.as_bytes()).content == only(LIST).content


def error(data: bytes, code: str) -> list[Message]:
    """The readable messages of a delivery whose last message says only what could not be read."""
    *messages, last = read(data)
    assert not last.readable
    assert codes(last) == [code]
    return messages


def test_an_encrypted_member_is_told_and_the_others_are_read() -> None:
    data = bytearray(zipped(LIST, PUSH))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert [message.type for message in error(bytes(data), "ARCHIVE_ENCRYPTED")] == ["PNRGOV"]


def test_another_way_of_packing_is_told_and_the_others_are_read() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a", LIST, zipfile.ZIP_LZMA)
        archive.writestr("b", PUSH, zipfile.ZIP_DEFLATED)
    assert [message.type for message in error(file.getvalue(), "ARCHIVE_METHOD")] == ["PNRGOV"]


@pytest.mark.parametrize("cut", [60, 30, 12])
def test_of_a_cut_off_archive_what_is_there_is_read(cut: int) -> None:
    whole = gzip.compress(LIST + PUSH * 20)
    messages = error(whole[:-cut], "ARCHIVE_BROKEN")
    assert messages[0].content == only(LIST).content
    messages = error(zipped(LIST, PUSH * 20)[:-cut], "ARCHIVE_BROKEN")
    assert messages[0].content == only(LIST).content


def test_a_damaged_archive_is_told() -> None:
    data = bytearray(zipped(LIST, method=zipfile.ZIP_STORED))
    data[data.index(b"EJEMPLO")] ^= 1
    assert len(error(bytes(data), "ARCHIVE_BROKEN")) == 1
    data = bytearray(gzip.compress(LIST))
    data[20] ^= 0xFF
    assert [codes(message) for message in read(bytes(data))][-1] == ["ARCHIVE_BROKEN"]
    data = bytearray(zipped(LIST))
    data[data.index(b"PK\x01\x02") + 42 : data.index(b"PK\x01\x02") + 46] = b"\xff\xff\xff\x7f"
    assert error(bytes(data), "ARCHIVE_BROKEN") == []


def test_no_bomb_goes_off() -> None:
    blanks = gzip.compress(bytes(10_000_000))
    assert error(blanks, "ENVELOPE_BOMB") == []
    assert error(zipped(bytes(10_000_000)), "ENVELOPE_BOMB") == []
    small = replace(DEFAULT, unpacked=3_000)
    *_, last = read(zipped(*[LIST] * 20), small)
    assert set(codes(last)) == {"ENVELOPE_BOMB"}
    *_, last = read(zipped(*[LIST] * 20, method=zipfile.ZIP_STORED), small)
    assert set(codes(last)) == {"ENVELOPE_BOMB"}
    *_, last = read(gzip.compress(LIST * 20), small)
    assert codes(last) == ["ENVELOPE_BOMB"]


def test_members_are_bounded_in_archives_and_mails() -> None:
    few = replace(DEFAULT, members=3)
    for data in (zipped(*[LIST] * 5), gzip.compress(LIST) * 5, mailed(*[LIST] * 5)):
        *messages, last = read(data, few)
        assert codes(last) == ["ARCHIVE_MEMBERS"]
        assert 2 <= len(messages) <= 3


def test_nesting_is_bounded_in_archives_and_mails() -> None:
    data = LIST
    for _ in range(DEFAULT.nesting):
        data = gzip.compress(data)
    assert only(data).readable
    assert error(gzip.compress(data), "ENVELOPE_NESTED") == []
    parts = LIST
    for number in range(30):
        sign = f"b{number}".encode()
        parts = (
            b"Content-Type: multipart/mixed; boundary="
            + sign
            + b"\r\n\r\n--"
            + sign
            + b"\r\n"
            + parts
            + b"\r\n--"
            + sign
            + b"--"
        )
    assert codes(list(read(parts))[-1]) == ["ENVELOPE_NESTED"]


def test_messages_are_bounded_over_all_members() -> None:
    *messages, last = read(zipped(*[LIST] * 5), replace(DEFAULT, messages=3))
    assert len(messages) == 3
    assert codes(last) == ["TOO_MANY_MESSAGES"]


def test_a_mail_whose_encoding_is_broken_is_read_as_far_as_it_can_be() -> None:
    message = only(written_in(LIST, "base64").rstrip(b"=\r\n")[:-5])
    assert message.content == only(LIST).content
    assert codes(message) == ["MAIL_PART_BROKEN"]


def test_a_frame_that_is_shorter_than_it_says_is_told() -> None:
    message = only(framed(LIST)[:-1] + b"")
    assert "FRAME_LENGTH" in codes(message)


def test_frames_part_messages_and_may_wrap_one() -> None:
    assert only(framed(LIST[:100], LIST[100:])).content == only(LIST).content
    assert [message.type for message in read(framed(LIST, PUSH))] == ["PAXLST", "PNRGOV"]


def test_what_is_no_character_in_two_bytes_is_told_where_it_stands() -> None:
    data = b"\xff\xfe" + LIST.decode().encode("utf-16-le").replace(b"E\0J\0", b"\x00\xd8J\0")
    message = only(data)
    place = unpack(data).data.index("\N{REPLACEMENT CHARACTER}".encode())
    assert [(each.code, each.position) for each in message.findings[:2]] == [
        ("TEXT_CONVERTED", 0),
        ("CHARSET_UNDECODABLE", place),
    ]


def test_characters_of_iso_2022_are_not_taken_for_service_characters() -> None:
    name = "山田"
    data = delivery(f"BGM+745'NAD+FL+++{name}:ANA'", "PAXLST:D:05B:UN:IATA").decode().replace("UNOA", "UNOX")
    encoded = data.encode("iso2022_jp")
    assert b"'" in encoded[encoded.index(b"\x1b") : encoded.index(b"\x1b") + 30]
    message = only(encoded)
    assert message.travellers[0].surname == name
    assert codes(message) == ["TEXT_CONVERTED", "CHARSET"]
    assert only(data.replace(name, "YAMADA").encode()).travellers[0].surname == "YAMADA"


def test_an_escape_that_is_none_in_iso_2022_is_no_character_and_the_text_is_converted_once() -> None:
    """A fuzzer's find: each conversion left the escape, and made the rest three times as long once more."""
    data = delivery("BGM+745'NAD+FL+++EJEMPLO:ANA'", "PAXLST:D:05B:UN:IATA").replace(b"UNOA", b"UNOX")
    odd = data.replace(b"BGM", b"FTX+BAG+\xff\xff\x1b\x00\xff'BGM")
    unpacked = unpack(odd)
    assert len(unpacked.data) < len(odd) + 10
    assert [each.code for each in unpacked.findings] == ["TEXT_CONVERTED", "CHARSET_UNDECODABLE"]
    assert only(odd).travellers[0].surname == "EJEMPLO"


def test_a_delivery_beyond_the_limit_is_not_unpacked() -> None:
    data = gzip.compress(LIST)
    [message] = read(data, replace(DEFAULT, delivery=len(data) - 1))
    assert codes(message) == ["DELIVERY_TOO_LARGE"]


@given(st.sampled_from(sorted(ENVELOPES)), st.data())
def test_a_mutated_envelope_is_answered(name: str, draw: st.DataObject) -> None:
    data = bytearray(ENVELOPES[name](LIST + PUSH))
    for _ in range(draw.draw(st.integers(1, 6))):
        place = draw.draw(st.integers(0, len(data)))
        match draw.draw(st.sampled_from(["insert", "delete", "copy", "sign", "cut"])):
            case "insert":
                data[place:place] = draw.draw(st.binary(max_size=8))
            case "delete":
                del data[place : place + draw.draw(st.integers(1, 40))]
            case "copy":
                start = draw.draw(st.integers(0, len(data)))
                data[place:place] = data[start : start + draw.draw(st.integers(1, 100))]
            case "sign":
                data[place : place + 1] = draw.draw(st.binary(min_size=1, max_size=1))
            case _:
                del data[place + 60 :]
    unpacked = unpack(bytes(data))
    messages = list(read(bytes(data)))
    assert [message.number for message in messages] == list(range(1, len(messages) + 1))
    for message in messages:
        assert len(redact(unpacked.data, message)) == message.span.end - message.span.start
        assert 0 <= message.span.start <= message.span.end <= len(unpacked.data)


def test_nothing_is_unpacked_twice_or_copied_where_there_is_no_envelope() -> None:
    assert unpack(LIST).data is LIST
    assert zlib.crc32(unpack(LIST).data) == zlib.crc32(LIST)


def test_a_mail_without_its_last_boundary_is_read() -> None:
    whole = mailed(LIST)
    boundary = whole[whole.index(b'boundary="') + 10 :].split(b'"')[0]
    cut = whole[: whole.rindex(b"--" + boundary + b"--")]
    assert [each.content for each in read(cut)] == [each.content for each in read(whole)]


def test_a_directory_that_says_it_stands_elsewhere_is_looked_for() -> None:
    data = bytearray(zipped(LIST))
    at = data.rindex(b"PK\x05\x06")
    struct.pack_into("<I", data, at + 16, 0xFFFFFFFF)
    assert only(bytes(data)).content == only(LIST).content
    # No entry of a directory is anywhere: nothing can be found, and that is told.
    lost = bytes(data).replace(b"PK\x01\x02", b"PK\x01\x00")
    assert error(lost, "ARCHIVE_BROKEN") == []


def test_sizes_are_found_behind_other_extra_fields_and_told_where_they_are_nowhere() -> None:
    data = zip64(LIST)
    at = data.rindex(b"PK\x01\x02")
    end = data.rindex(b"PK\x05\x06")
    record, extra = bytearray(data[at : at + 47]), data[at + 47 : end]
    other = struct.pack("<HH4s", 0x5455, 4, b"time")
    struct.pack_into("<H", record, 30, len(other + extra))
    assert only(data[:at] + bytes(record) + other + extra + data[end:]).content == only(LIST).content
    struct.pack_into("<H", record, 30, len(other))
    assert error(data[:at] + bytes(record) + other + data[end:], "ARCHIVE_BROKEN") == []


@pytest.mark.parametrize("directory", [True, False])
def test_a_folder_in_an_archive_is_no_delivery(directory: bool) -> None:  # noqa: FBT001
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("folder/", b"")
        archive.writestr("folder/a.edi", LIST)
    whole = file.getvalue()
    sent = whole if directory else whole[: whole.rindex(b"PK\x05\x06")]
    messages = [message for message in read(sent) if message.readable]
    assert [message.content for message in messages] == [only(LIST).content]
