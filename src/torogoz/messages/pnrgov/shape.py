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

#: No segment that these patterns take is longer, so that it has no more elements and components either.
LONGEST = 2_000
#: Most of what a segment holds that is taken as it is.
_MOST = 500

_FILLERS = {
    # Anything that a segment may hold, what nothing is repeated in, and what free text may: no separators of components
    # or elements.
    "@any@": f"[^'@odd@]{{0,{_MOST}}}+",
    "@rest@": f"[^'+*@odd@]{{0,{_MOST}}}+",
    "@once@": f"[^'*@odd@]{{0,{_MOST}}}+",
    "@text@": f"[A-Za-z0-9 ()./_,*&%#;<>={SHIELD}{STAND_INS}-]",
    "@carrier@": "[0-9A-Z]{2,3}",
    "@amount@": r"[0-9]{1,9}(?:\.[0-9]{1,3})?",
    "@name@": "[A-Z][A-Z -]{0,69}+(?<! )",
    "@moment@": "[0-9]{6}:[0-9]{4}",
    "@seats@": r"(?:\+{1,2}+[0-9A-Z]{2,5}::[0-9.]{1,8}){1,30}+",
    "@spoken@": "[0-9]{2}[A-Z]{3}[0-9]{2}",
    "@block@": r"IFT\+4:28(?::(?:@carrier@)?){0,2}\+@text@{1,300}+(?:\+@text@{0,300}+){0,4}+@end@",
}

_HEAD = r"""
SRC@end@
RCI\+(?P<carrier>@carrier@):(?P<locator>[0-9A-Z]{5,8})(?::C?:(?P<created>@moment@)(?:[0-9]{2})?+)?+@end@
(?P<requests>(?:SSR\+@any@@end@)*+)
(?:DAT\+700:(?P<changed>@moment@)(?:\+710:(?P<ticketing>[0-9]{6}(?::[0-9]{4})?+))?+@end@)?+
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
(?:SSR\+DOCS:[A-Z]{2}:[0-9]{0,3}:@carrier@:::::/?
  (?P<type>[A-Z]{0,2})/(?P<issuer>[A-Z]{0,3})/(?![0-9]{1,2}[A-Z]{3}[0-9]{2,4}/)(?P<number>[0-9A-Z]{0,35})/(?![FMUX]I?/)(?P<nationality>[A-Z]{0,3})/(?P<born>@spoken@)
  /(?P<sex>[FMUX])(?P<infant>I?)/(?P<expiry>(?:@spoken@)?+)/(?P<named>@name@/@name@(?:/@name@)?+)/?
  (?:\+::(?P<about>[0-9.]{1,8}))?+@end@)?+
(?:TKT\+(?P<ticket>[0-9]{13,14})(?::@any@)?+@end@
  (?:MON\+B:(?P<fare>@amount@):(?P<currency>[A-Z]{3})\+T:(?P<total>@amount@):(?P<total_currency>[A-Z]{3})@end@)?+
  (?:PTK\+[A-Z]{0,5}\+[A-Z]{0,5}\+(?P<priced>@moment@)(?:\+@any@)?+@end@)?+
  (?:TXD\+@any@@end@)?+
  (?:DAT\+710:(?P<issued>@moment@)@end@)?+
  (?:FOP\+(?P<form>[A-Z]{2})
    (?:::(?P<amount>(?:@amount@)?+)(?::(?P<brand>[A-Z]{0,2})(?::(?P<card>[0-9X]{0,25})(?::(?P<month>[0-9]{0,4}))?+)?+)?+)?+
  @end@
  (?:IFT\+4:43\+(?P<payer>@text@{1,70}+)(?:\+(?P<payer_at>@text@{0,140}+)(?:\+(?P<payer_phone>@text@{0,70}+))?+)?+@end@)?+
  )?+
)?+
"""
_FLIGHT = r"""
(?P<leg>TVL\+[^'\n+\x80-\xff]@any@@end@(?:RPI\+[0-9]{1,3}\+[A-Z]{2}@end@)?+(?:APD\+[0-9A-Z]{1,5}@end@)?+)
(?:SSR\+SEAT:[A-Z]{2}:[0-9]{0,3}:@carrier@:::(?P<route>[A-Z]{3}:[A-Z]{3})(?P<seats>@seats@)@end@)?+
(?P<requests>(?:SSR\+@any@@end@)*+)
(?:RCI\+@carrier@:(?P<locator>[0-9A-Z]{5,8})(?::@rest@)?+@end@)?+
(?:TVL\+\+\+\+\+(?P<other>[0-9A-Z:]{1,12})@end@)?+
"""
_CHECK_IN = r"""
(?:(?P<event>DAT)(?:\+2:(?P<moment>@moment@))?+@end@(?:ORG\+@any@@end@)?+)?+
TRI\+\+(?P<number>[0-9A-Z-]{0,12}):::(?P<place>[0-9.]{1,8})@end@
(?:TIF\+(?P<surname>@name@)(?::I)?+\+(?P<given>(?:@name@)?+)(?::(?:A|C|IN|)(?::(?P<reference>[0-9.]{1,8})(?::1)?+)?+)?+@end@)?+
(?P<seated>SSD\+(?P<seat>[0-9A-Z]{0,5})(?:\+\+\+\+(?P<cabin>[A-Z]?))?+@end@)?+
(?:TBD\+(?P<bags>@once@)@end@)?+
"""
_SEATS = r"\n*+SSR\+SEAT:[A-Z]{2}:[0-9]{0,3}:@carrier@:::(?P<route>[A-Z]{3}:[A-Z]{3})(?P<seats>@seats@)\Z"
#: Each of the seats: its number, or what may be one, and whose.
_ASKED = r"\+(?:0*+([1-9][0-9]{0,2}+[A-Z]{1,2}+)(?=:)|([0-9A-Z]+)):+([0-9.]+)"
#: An entry of history: who did it and when, what was done, and to what.
_ENTRY = r"""
(?:ABI\+(?P<office>@any@)@end@(?:DAT\+[0-9A-Z]{0,3}:(?P<moment>@moment@)@end@)?+)?+
SAC\+\+\+(?P<code>[A-Z]{1,3})@end@
(?P<subjects>(?:(?:TIF|TVL|SSR|TBD|IFT)\+@any@@end@)*+)
"""
_CHANGED_NAME = r"\n*+TIF\+(?P<surname>@name@)(?::[A-Z]?)?+\+(?P<given>(?:@name@)?+)(?::@rest@)?+\Z"
_LINES = r"(?P<lines>(?:LTS\+@any@@end@)*+)"


class Shape(NamedTuple):
    """The patterns of a booking's groups."""

    before: re.Pattern[str]
    head: re.Pattern[str]
    traveller: re.Pattern[str]
    flight: re.Pattern[str]
    check_in: re.Pattern[str]
    seats: re.Pattern[str]
    asked: re.Pattern[str]
    entry: re.Pattern[str]
    changed_name: re.Pattern[str]
    lines: re.Pattern[str]
    #: The end of a booking.
    behind: re.Pattern[str]


@lru_cache(maxsize=2)
def shape(*, simple: bool) -> Shape:
    """The patterns for a message that is `simple`, all ASCII and without line ends, or for any."""
    fillers = {**_FILLERS, "@end@": "'" if simple else "'\n*+", "@odd@": "" if simple else "\n\x80-\xff"}

    def filled(template: str) -> re.Pattern[str]:
        template = re.sub(r"\n *", "", template)
        while "@" in template:
            template = re.sub("@[a-z]+@", lambda found: fillers[found[0]], template)
        # What is repeated so many times ends where another sign stands: to give some of it back would find no more.
        return re.compile(re.sub(r"(?<=})(?![+?])", "+", template))

    groups = (_HEAD, _TRAVELLER, _FLIGHT, _CHECK_IN, _SEATS, _ASKED, _ENTRY, _CHANGED_NAME, _LINES)
    return Shape._make(map(filled, ("@end@(?=SRC')", *groups, "@end@(?=SRC'|UNT[+])")))
