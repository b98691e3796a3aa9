"""How the groups of a plain booking look: each is one pattern, so that it is read without being divided.

Plain is what the guide shows: the segments of a group in the guide's order, any of them left out, with the standard's
service characters; letters and digits of ASCII, nothing released but in free text; line ends only between segments.
What a pattern does not take is left to the readers of segments.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from torogoz.edifact.tokens import SHIELD, STAND_INS

#: No segment that these patterns take is longer, or has more elements and components.
LONGEST, MOST_ELEMENTS = 512, 100

_FILLERS = {
    # Anything that a segment may hold, and what free text may: no separators of components or elements.
    "@any@": f"[^'\n\x80-\xff]{{0,{LONGEST - 20}}}+",
    "@rest@": f"[^'\n+\x80-\xff]{{0,{LONGEST - 20}}}+",
    "@text@": f"[A-Za-z0-9 ()./_,*&%#;<>={SHIELD}{STAND_INS}-]",
    "@carrier@": "[0-9A-Z]{2,3}",
    "@amount@": r"[0-9]{1,9}(?:\.[0-9]{1,3})?",
    "@name@": "[A-Z][A-Z -]{0,69}+(?<! )",
    "@spoken@": "[0-9]{2}[A-Z]{3}[0-9]{2}",
    "@block@": r"IFT\+4:28(?::(?:@carrier@)?){0,2}\+@text@{1,300}+(?:\+@text@{0,300}+){0,4}+@end@",
}

_HEAD = r"""
SRC@end@
RCI\+(?P<carrier>@carrier@):(?P<locator>[0-9A-Z]{5,8})(?::C?:(?P<day>[0-9]{6}):(?P<clock>[0-9]{4})(?:[0-9]{2})?+)?+@end@
(?P<requests>(?:SSR\+@any@@end@)*+)
(?:DAT\+700:(?P<changed>[0-9]{6}):(?P<changed_clock>[0-9]{4})
  (?:\+710:(?P<ticketing>[0-9]{6})(?::(?P<ticketing_clock>[0-9]{4}))?+)?+@end@)?+
(?P<texts>(?:@block@)*+)
(?:ORG\+(?P<agency>@any@)@end@)?+
(?P<addresses>(?:ADD\+@any@@end@)*+)
(?:EBD\+[A-Z]{0,3}:?[0-9.]{0,9}\+(?P<bags>[0-9]{1,3})(?::@any@)?+@end@)?+
"""
_TRAVELLER = r"""
TIF\+(?P<surname>@name@)(?::I)?+\+(?P<given>(?:@name@)?+)(?::(?P<kind>A|C|IN|)(?::(?P<place>[0-9.]{1,8})(?::1)?+)?+)?+@end@
(?:FTI\+(?P<programme>@carrier@):(?P<account>[0-9A-Z]{1,25})(?::@rest@)?+@end@)?+
(?P<texts>(?:@block@)*+)
(?:REF\+:?(?P<reference>[0-9A-Z]{1,35})@end@)?+
(?:FAR\+@any@@end@)?+
(?:SSR\+DOCS:[A-Z]{2}:[0-9]{0,3}:@carrier@?:::::/?
  (?P<type>[A-Z]{0,2})/(?P<issuer>[A-Z]{0,3})/(?![0-9]{1,2}[A-Z]{3}[0-9]{2,4}/)(?P<number>[0-9A-Z]{0,35})/(?![FMUX]I?/)(?P<nationality>[A-Z]{0,3})/(?P<born>@spoken@)
  /(?P<sex>[FMUX])(?P<infant>I?)/(?P<expiry>(?:@spoken@)?+)/(?P<family>@name@)/(?P<first>@name@)(?:/(?P<middle>@name@))?+/?
  (?:\+::(?P<about>[0-9.]{1,8}))?+@end@)?+
(?:TKT\+(?P<ticket>[0-9]{13,14})(?::@any@)?+@end@
  (?:MON\+B:(?P<fare>@amount@):(?P<currency>[A-Z]{3})\+T:(?P<total>@amount@):(?P<total_currency>[A-Z]{3})@end@)?+
  (?:PTK\+[A-Z]*\+[A-Z]*\+(?P<priced>[0-9]{6}):(?P<priced_clock>[0-9]{4})(?:\+@any@)?+@end@)?+
  (?:TXD\+@any@@end@)?+
  (?:DAT\+710:(?P<issued>[0-9]{6}):(?P<issued_clock>[0-9]{4})@end@)?+
  (?:FOP\+(?P<form>[A-Z]{2})
    (?:::(?P<amount>(?:@amount@)?+)(?::(?P<brand>[A-Z]{0,2})(?::(?P<card>[0-9X]{0,25})(?::(?P<month>[0-9]{0,4}))?+)?+)?+)?+
  @end@
  (?:IFT\+4:43\+(?P<payer>@text@{1,70}+)(?:\+(?P<payer_at>@text@{0,140}+)(?:\+(?P<payer_phone>@text@{0,70}+))?+)?+@end@)?+
  )?+
)?+
"""
_FLIGHT = r"""
TVL\+(?P<flight>[^'\n+\x80-\xff]@any@)@end@
(?:RPI\+(?P<seats>[0-9]{1,3})\+(?P<status>[A-Z]{2})@end@)?+
(?:APD\+(?P<aircraft>[0-9A-Z]{1,5})@end@)?+
(?P<requests>(?:SSR\+@any@@end@)*+)
(?:RCI\+@carrier@:(?P<locator>[0-9A-Z]{5,8})(?::@rest@)?+@end@)?+
(?:TVL\+\+\+\+\+(?P<other>[0-9A-Z:]{1,12})@end@)?+
"""
_CHECK_IN = r"""
(?:(?P<event>DAT)(?:\+2:(?P<day>[0-9]{6}):(?P<clock>[0-9]{4}))?+@end@(?:ORG\+@any@@end@)?+)?+
TRI\+\+(?P<number>[0-9A-Z-]{0,12}):::(?P<place>[0-9.]{1,8})@end@
(?:TIF\+(?P<surname>@name@)(?::I)?+\+(?P<given>(?:@name@)?+)(?::(?:A|C|IN|)(?::(?P<reference>[0-9.]{1,8})(?::1)?+)?+)?+@end@)?+
(?P<seated>SSD\+(?P<seat>[0-9A-Z]{0,5})(?:\+\+\+\+(?P<cabin>[A-Z]?))?+@end@)?+
(?:TBD\+(?P<bags>@any@)@end@)?+
"""
#: What is left of a booking is read by the readers of segments, without its travellers: lines of history alone here.
_LINES = r"(?P<lines>(?:LTS\+@any@@end@)*+)"
_SEATS = r"""
\n*+SSR\+SEAT:[A-Z]{2}:[0-9]{0,3}:@carrier@?:::(?P<off>[A-Z]{3}):(?P<on>[A-Z]{3})
(?P<seats>(?:\++[0-9A-Z]{2,5}::[0-9.]{1,8})++)\Z
"""


class Shape(NamedTuple):
    """The patterns of a booking's groups."""

    before: re.Pattern[str]
    head: re.Pattern[str]
    traveller: re.Pattern[str]
    flight: re.Pattern[str]
    check_in: re.Pattern[str]
    lines: re.Pattern[str]
    seats: re.Pattern[str]
    #: The end of a booking.
    behind: re.Pattern[str]


@lru_cache(maxsize=2)
def shape(*, lines: bool) -> Shape:
    """The patterns, with line ends behind segments or without."""
    fillers = {**_FILLERS, "@end@": "'\n*+" if lines else "'"}

    def filled(template: str) -> re.Pattern[str]:
        template = re.sub(r"\n *", "", template)
        while "@" in template:
            template = re.sub("@[a-z]+@", lambda found: fillers[found[0]], template)
        return re.compile(template)

    return Shape(
        filled("@end@(?=SRC')"),
        filled(_HEAD), filled(_TRAVELLER), filled(_FLIGHT), filled(_CHECK_IN), filled(_LINES), filled(_SEATS),
        filled("@end@(?=SRC'|UNT[+])"),
    )  # fmt: skip
