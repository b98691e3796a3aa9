"""UN/EDIFACT syntax (ISO 9735), read as carriers really send it and written as the standard asks.

Theory of operation. Delivered bytes become text of the same length, so that a place in the text is the place in the
bytes: control bytes turn into line ends (`charset.level`), and every released character turns into a pair of stand-ins
(`tokens.ServiceCharacters.shield`). From then on plain `str.split` is right at every level, and no character is looked
at one by one. Line ends inside a segment are the transport's hard wraps and are taken out when the segment is read.

Nothing here knows a message type. Deviations from the standard are findings (`findings.CATALOGUE`), never a refusal.
"""
