"""Everything a reader can notice, in one table: code, severity, words in both languages, and what the sender can do.

Texts never hold a value from the message. `error` is what could not be read, `warning` what was read although the
standard forbids it, `note` what costs nobody anything. Codes are stable: carrier profiles and statistics name them.
"""

from __future__ import annotations

from dataclasses import dataclass

from torogoz.domain.finding import Finding, Severity


@dataclass(frozen=True, slots=True)
class Deviation:
    """One row of the catalogue; `remedy` is addressed to the sender."""

    severity: Severity
    es: str
    en: str
    remedy_es: str
    remedy_en: str


_N, _W, _E = Severity.NOTE, Severity.WARNING, Severity.ERROR
_RESEND_ES, _RESEND_EN = "Envíe el mensaje otra vez, completo.", "Send the message again, whole."
_SYSTEM_ES, _SYSTEM_EN = "Corrija el sistema que genera el mensaje.", "Correct the system that writes the message."
_SCAN_ES, _SCAN_EN = "Lea el documento otra vez.", "Read the document again."
_VALUE_ES, _VALUE_EN = "Envíe el valor como lo pide la guía.", "Send the value as the guide asks."

#: code → deviation.
CATALOGUE: dict[str, Deviation] = {
    # The delivery as a whole.
    "DELIVERY_EMPTY": Deviation(_E, "La entrega está vacía", "The delivery is empty", _RESEND_ES, _RESEND_EN),
    "DELIVERY_TOO_LARGE": Deviation(
        _E,
        "La entrega supera el tamaño que se lee",
        "The delivery is larger than what is read",
        "Divida el envío en partes.",
        "Send it in parts.",
    ),
    "NOT_EDIFACT": Deviation(
        _E,
        "No se encuentra ningún mensaje de los que se leen",
        "No message of those that are read is found",
        "Envíe PAXLST o PNRGOV en EDIFACT, PNRGOV en XML, una tabla como la plantilla, o zonas de lectura mecánica.",
        "Send PAXLST or PNRGOV in EDIFACT, PNRGOV in XML, a table like the template, or machine-readable zones.",
    ),
    "NO_MESSAGE": Deviation(
        _E,
        "El intercambio no contiene ningún mensaje (UNH)",
        "The interchange holds no message (UNH)",
        _RESEND_ES,
        _RESEND_EN,
    ),
    "TOO_MANY_INTERCHANGES": Deviation(
        _E,
        "La entrega tiene más intercambios de los que se leen",
        "The delivery has more interchanges than are read",
        "Divida el envío en partes.",
        "Send it in parts.",
    ),
    "TOO_MANY_MESSAGES": Deviation(
        _E,
        "La entrega tiene más mensajes de los que se leen",
        "The delivery has more messages than are read",
        "Divida el envío en partes.",
        "Send it in parts.",
    ),
    "TYPE_UNSUPPORTED": Deviation(
        _E,
        "El tipo de mensaje no se lee aquí",
        "This type of message is not read here",
        "Envíe PAXLST o PNRGOV, y lo que responda a otro mensaje como CUSRES, CONTRL o ACKRES.",
        "Send PAXLST or PNRGOV, and what answers another message as CUSRES, CONTRL or ACKRES.",
    ),
    "CARRIER_NOT_OF_SENDER": Deviation(
        _E,
        "El vuelo es de un transportista por el cual este remitente no puede enviar",
        "The flight is of a carrier for which this sender may not deliver",
        "Envíe solo lo de sus transportistas, o pida al centro que agregue este.",
        "Send what is of your carriers only, or ask the centre to add this one.",
    ),
    "FLIGHT_UNKNOWN": Deviation(
        _E,
        "El mensaje no dice de qué vuelo es",
        "The message does not say which flight it is about",
        "Envíe transportista, número, aeropuertos y hora de salida.",
        "Send carrier, number, airports and departure time.",
    ),
    # Service characters, alphabet and transport.
    "SERVICE_CHARACTERS": Deviation(
        _W,
        "Los caracteres de servicio de UNA se repiten o son letras; se leyeron del texto",
        "UNA's service characters repeat or are letters; they were read from the text",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "UNA_SHORT": Deviation(
        _W,
        "UNA no tiene seis caracteres; se completó",
        "UNA does not have six characters; it was completed",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "TYPOGRAPHIC_QUOTE": Deviation(
        _W,
        "El terminador es un apóstrofo tipográfico",
        "The terminator is a typographic apostrophe",
        "No pase el mensaje por un procesador de texto.",
        "Do not pass the message through a word processor.",
    ),
    "CHARSET": Deviation(
        _N,
        "Hay caracteres que el identificador de sintaxis no permite",
        "There are characters that the syntax identifier does not allow",
        "Declare en UNB el juego de caracteres que usa.",
        "Name in UNB the character set in use.",
    ),
    "CHARSET_EXCEEDED": Deviation(
        _N,
        "Hay letras minúsculas o signos que el identificador de sintaxis no tiene; se leyeron",
        "There are lower-case letters or signs that the syntax identifier does not have; they were read",
        "Declare en UNB el juego de caracteres que usa.",
        "Name in UNB the character set in use.",
    ),
    "CONTROL_BYTES": Deviation(
        _W,
        "Hay bytes de control dentro del intercambio; se omitieron",
        "There are control bytes inside the interchange; they were left out",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "LINE_WRAP": Deviation(
        _N,
        "Hay saltos de línea dentro de segmentos; se unieron",
        "There are line breaks inside segments; they were joined",
        "Envíe sin cortar líneas si el medio lo permite.",
        "Send without line wrapping where the transport allows.",
    ),
    "RELEASE_UNNEEDED": Deviation(
        _N,
        "El carácter de liberación está ante un carácter que no lo necesita; se conservó",
        "The release character stands before a character that does not need it; it was kept",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    # Envelopes and trailers.
    "UNB_MISSING": Deviation(_W, "Falta UNB", "UNB is missing", _SYSTEM_ES, _SYSTEM_EN),
    "UNZ_MISSING": Deviation(
        _W,
        "Falta UNZ: el intercambio puede estar cortado",
        "UNZ is missing: the interchange may be cut off",
        _RESEND_ES,
        _RESEND_EN,
    ),
    "UNE_MISSING": Deviation(_W, "Falta UNE", "UNE is missing", _SYSTEM_ES, _SYSTEM_EN),
    "UNT_MISSING": Deviation(
        _W,
        "Falta UNT: el mensaje puede estar cortado",
        "UNT is missing: the message may be cut off",
        _RESEND_ES,
        _RESEND_EN,
    ),
    "TRAILER_UNEXPECTED": Deviation(
        _W,
        "Hay un cierre sin su apertura",
        "There is a trailer without its header",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "COUNT_MISMATCH": Deviation(
        _W,
        "El número contado no es el que dice el cierre",
        "The number counted is not the one in the trailer",
        "Compruebe que el mensaje está completo.",
        "Check that the message is whole.",
    ),
    "REFERENCE_MISMATCH": Deviation(
        _W,
        "La referencia del cierre no es la de la apertura",
        "The trailer's reference is not the header's",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    # Segments.
    "BLANK_IN_TAG": Deviation(
        _N,
        "Hay un blanco junto al nombre del segmento",
        "There is a blank beside the segment's tag",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "SEGMENT_UNKNOWN": Deviation(
        _N,
        "El segmento no se lee en este mensaje; se conserva en la copia",
        "The segment is not read in this message; it is kept in the copy",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "SEGMENT_CUT_OFF": Deviation(
        _W,
        "El último segmento no termina; no se leyó",
        "The last segment does not end; it was not read",
        _RESEND_ES,
        _RESEND_EN,
    ),
    "SEGMENT_TOO_LONG": Deviation(
        _E,
        "El segmento es más largo de lo que se lee; se omitió",
        "The segment is longer than what is read; it was left out",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "TOO_MANY_ELEMENTS": Deviation(
        _E,
        "El segmento tiene más elementos de los que se leen; se omitió",
        "The segment has more elements than are read; it was left out",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "TOO_MANY_SEGMENTS": Deviation(
        _E,
        "El mensaje tiene más segmentos de los que se leen; el resto se omitió",
        "The message has more segments than are read; the rest was left out",
        "Divida el mensaje en partes.",
        "Send the message in parts.",
    ),
    # Content.
    "ELEMENT_MISSING": Deviation(
        _W,
        "Al segmento le falta un elemento obligatorio; no se leyó",
        "The segment lacks a mandatory element; it was not read",
        _VALUE_ES,
        _VALUE_EN,
    ),
    "DATE_UNREADABLE": Deviation(
        _W,
        "La fecha no existe o no tiene el formato",
        "The date does not exist or lacks the format",
        _VALUE_ES,
        _VALUE_EN,
    ),
    "BIRTH_CENTURY_UNKNOWN": Deviation(
        _W,
        "No se sabe el siglo de la fecha de nacimiento",
        "The century of the birth date cannot be known",
        "Envíe la fecha del mensaje o el año completo.",
        "Send the message's date or the whole year.",
    ),
    "NUMBER_UNREADABLE": Deviation(_W, "No es un número", "It is not a number", _VALUE_ES, _VALUE_EN),
    "COUNTRY_UNKNOWN": Deviation(
        _N,
        "El país no es un código de ISO 3166 ni de Doc 9303",
        "The country is not a code of ISO 3166 or Doc 9303",
        "Use el código de tres letras.",
        "Use the code of three letters.",
    ),
    "NAME_MISSING": Deviation(_W, "Falta el nombre de una persona", "A person's name is missing", _VALUE_ES, _VALUE_EN),
    "DOCUMENT_NUMBER_MISSING": Deviation(
        _N,
        "Un documento no tiene número",
        "A document has no number",
        "Envíe el número del documento.",
        "Send the document's number.",
    ),
    "FLIGHT_OPEN": Deviation(
        _N,
        "Un tramo de la reserva está abierto: no dice transportista y número de vuelo",
        "A leg of the booking is open: it says no carrier and number of a flight",
        "Envíe el tramo otra vez cuando el vuelo esté decidido.",
        "Send the leg again once its flight is decided.",
    ),
    "FLIGHT_UNREADABLE": Deviation(_W, "El vuelo no se puede leer", "The flight cannot be read", _VALUE_ES, _VALUE_EN),
    "CARRIER_MISMATCH": Deviation(
        _N,
        "El transportista y el prefijo del vuelo no coinciden; vale el prefijo",
        "The carrier and the flight's prefix differ; the prefix counts",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "OUT_OF_GROUP": Deviation(
        _N,
        "El segmento está fuera de su grupo",
        "The segment stands outside its group",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "BGM_MISSING": Deviation(_W, "Falta BGM o MSG", "BGM or MSG is missing", _SYSTEM_ES, _SYSTEM_EN),
    "LOCATOR_MISSING": Deviation(
        _W,
        "La reserva no tiene localizador (RCI)",
        "The booking has no record locator (RCI)",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "REQUEST_OF_NOBODY": Deviation(
        _W,
        "La solicitud (SSR) trae datos de un viajero y no dice de cuál; no se dieron a nadie",
        "The request (SSR) has data of a traveller and does not tell of which; they were given to nobody",
        "Ponga la solicitud junto a su viajero, o su referencia detrás de ella.",
        "Put the request beside its traveller, or their reference behind it.",
    ),
    # What carries messages (messages/envelope).
    "ENVELOPE_BOMB": Deviation(
        _E,
        "El archivo se descomprime a más de lo que se lee; se omitió",
        "The archive unpacks to more than is read; it was left out",
        "Divida el envío en partes, o envíelo sin comprimir.",
        "Send it in parts, or uncompressed.",
    ),
    "ENVELOPE_NESTED": Deviation(
        _E,
        "Hay más envolturas una dentro de otra de las que se abren; lo de adentro se omitió",
        "There are more envelopes within each other than are opened; what is inside was left out",
        "Envíe el mensaje sin tantas envolturas.",
        "Send the message with fewer envelopes.",
    ),
    "ARCHIVE_MEMBERS": Deviation(
        _E,
        "El archivo o correo tiene más partes de las que se leen; el resto se omitió",
        "The archive or mail has more parts than are read; the rest was left out",
        "Divida el envío.",
        "Divide what you send.",
    ),
    "ARCHIVE_ENCRYPTED": Deviation(
        _E,
        "Un archivo está cifrado; no se puede leer",
        "An archive is encrypted; it cannot be read",
        "Envíe sin contraseña, por un medio protegido.",
        "Send it without a password, by a protected transport.",
    ),
    "ARCHIVE_METHOD": Deviation(
        _E,
        "Un archivo está comprimido de un modo que no se lee",
        "An archive is compressed in a way that is not read",
        "Use gzip, o zip con el método deflate.",
        "Use gzip, or zip with the deflate method.",
    ),
    "ARCHIVE_BROKEN": Deviation(
        _E,
        "Un archivo está dañado o cortado; se leyó lo que se pudo descomprimir",
        "An archive is damaged or cut off; what could be unpacked was read",
        "Envíe el archivo otra vez, completo.",
        "Send the archive again, whole.",
    ),
    "MAIL_PART_BROKEN": Deviation(
        _W,
        "Una parte del correo no está codificada como dice; se leyó lo que se pudo",
        "A part of the mail is not encoded as it says; what could be was read",
        "Envíe el correo otra vez.",
        "Send the mail again.",
    ),
    "FRAME_LENGTH": Deviation(
        _W,
        "La longitud de una trama MATIP no es la que dice",
        "The length of a MATIP frame is not what it says",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "POSSIBLE_DUPLICATE": Deviation(
        _N,
        "El télex se envió como posible duplicado (PDM)",
        "The telex was sent as a possible duplicate (PDM)",
        "Nada: un duplicado se reconoce y no se carga dos veces.",
        "Nothing: a duplicate is recognised and not loaded twice.",
    ),
    "TELEX_JOINED": Deviation(
        _N,
        "El mensaje llegó en varios télex; se unieron",
        "The message came in several telexes; they were joined",
        "Use un medio sin límite de tamaño, si lo hay.",
        "Use a transport without a limit of size, where there is one.",
    ),
    "TELEX_PART_MISSING": Deviation(
        _W,
        "Las partes del télex no siguen en orden; no se unieron",
        "The parts of the telex do not follow each other; they were not joined",
        _RESEND_ES,
        _RESEND_EN,
    ),
    "TEXT_CONVERTED": Deviation(
        _N,
        "El texto no usa un byte por carácter (UTF-16 o ISO 2022); se convirtió",
        "The text does not use one byte a character (UTF-16 or ISO 2022); it was converted",
        "Envíe en UTF-8 (UNOY) o en ISO 8859.",
        "Send in UTF-8 (UNOY) or ISO 8859.",
    ),
    "PART_WITHOUT_MESSAGE": Deviation(
        _N,
        "Una parte del archivo o correo no contiene ningún mensaje",
        "A part of the archive or mail holds no message",
        "Envíe solo los mensajes.",
        "Send the messages only.",
    ),
    # Alphabets.
    "CHARSET_UNDECODABLE": Deviation(
        _W,
        "Hay bytes que no son ningún carácter de su alfabeto",
        "There are bytes that are no character of their alphabet",
        "Declare en UNB el juego de caracteres que usa.",
        "Name in UNB the character set in use.",
    ),
    # Passenger and crew lists.
    "QUALIFIER_UNKNOWN": Deviation(
        _N,
        "BGM no dice una función conocida; se leyó como lista de quienes viajan",
        "BGM says no known function; it was read as a list of those who travel",
        "Use una de las funciones de la guía.",
        "Use one of the guide's functions.",
    ),
    "NOT_OF_A_FLIGHT": Deviation(
        _N,
        "La lista no es de un vuelo: se conserva como mensaje y no entra en ninguna imagen de vuelo",
        "The list is of no flight: it is kept as a message and joins no flight's picture",
        "Para quienes viajan, envíe una lista de pasajeros o de tripulación.",
        "For those who travel, send a list of passengers or crew.",
    ),
    "ROLE_UNKNOWN": Deviation(
        _W,
        "NAD no dice si es pasajero, tripulante o tránsito; se leyó como pasajero",
        "NAD does not say whether this is a passenger, crew or in transit; it was read as a passenger",
        _VALUE_ES,
        _VALUE_EN,
    ),
    "CREW_ROLE_UNKNOWN": Deviation(
        _N,
        "La función del tripulante no está en la lista de códigos",
        "The crew member's function is not in the code list",
        _VALUE_ES,
        _VALUE_EN,
    ),
    "SEX_UNKNOWN": Deviation(
        _N, "El sexo no está en la lista de códigos", "The sex is not in the code list", _VALUE_ES, _VALUE_EN
    ),
    "DATE_FORMAT_MISMATCH": Deviation(
        _N,
        "La fecha no tiene el formato que dice su código o la guía; se leyó por su forma",
        "The date lacks the format that its code or the guide names; it was read by its form",
        "Corrija el código de formato (2379), o escriba la fecha como lo pide la guía, sin separadores.",
        "Correct the format code (2379), or write the date as the guide asks, without separators.",
    ),
    "AIRPORT_UNREADABLE": Deviation(
        _W,
        "El aeropuerto no tiene tres letras; no se leyó",
        "The airport does not have three letters; it was not read",
        "Use el código IATA.",
        "Use the IATA code.",
    ),
    "LEGS_CONTRADICT": Deviation(
        _W,
        "El viaje de una persona va contra el orden de los tramos; se la tomó por presente en todos",
        "A person's journey runs against the order of the legs; they were taken to be on all of them",
        "Envíe inicio y fin del viaje como los recorre el vuelo.",
        "Send start and end of the journey as the flight runs.",
    ),
    "ON_OTHER_LEGS": Deviation(
        _N,
        "Hay personas que solo van en tramos que no cruzan esta frontera; no se guardaron",
        "There are people who are only on legs that do not cross this border; they were not kept",
        "Envíe solo a quienes entran en el Estado o salen de él.",
        "Send only those who enter the state or leave it.",
    ),
    "TOTAL_TOO_SMALL": Deviation(
        _W,
        "El total de pasajeros es menor que los que se nombran",
        "The total of passengers is smaller than those that are named",
        "Envíe en CNT 42 el total del vuelo.",
        "Send the flight's total in CNT 42.",
    ),
    "SERIES_INCOMPLETE": Deviation(
        _W,
        "Faltan partes de la serie, y ya no se esperan: nadie se dio por ausente",
        "Parts of the series are missing and no longer waited for: nobody was taken to be absent",
        "Envíe otra vez todas las partes.",
        "Send all parts again.",
    ),
    "SERIES_LATE": Deviation(
        _W,
        "La parte llegó cuando ya no se esperaba; se unió a su serie",
        "The part came when it was no longer waited for; it was joined to its series",
        "Envíe todas las partes seguidas.",
        "Send all parts one after the other.",
    ),
    # What is agreed with the carrier.
    "REFUSED_BY_AGREEMENT": Deviation(
        _E,
        "Lo acordado con el transportista no admite un mensaje con estos errores",
        "What is agreed with the carrier takes no message with these errors",
        "Corrija los errores señalados y envíe el mensaje otra vez.",
        "Correct the errors that are named, and send the message again.",
    ),
    "CLASS_NOT_LAWFUL": Deviation(
        _E,
        "El transportista no puede enviar aquí esta clase de datos; no se leyó",
        "The carrier may not lawfully send this class of data here; it was not read",
        "No la envíe, o pida al centro que revise lo acordado.",
        "Do not send it, or ask the centre to look at what is agreed.",
    ),
    "FINDINGS_CUT": Deviation(
        _N,
        "Hay más hallazgos de los que se anotan",
        "There are more findings than are noted",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    # Machine-readable zones.
    "MRZ_LENGTH": Deviation(
        _W,
        "La zona de lectura mecánica no tiene el largo de ninguna",
        "The machine-readable zone has the length of none",
        "Copie las líneas completas: dos de 44 o de 36 signos, o tres de 30.",
        "Copy whole lines: two of 44 or of 36 signs, or three of 30.",
    ),
    "MRZ_SIGNS": Deviation(
        _W,
        "La zona de lectura mecánica tiene signos que ninguna tiene",
        "The machine-readable zone holds signs that none has",
        "Use solo letras sin tilde, cifras y <.",
        "Use letters without accents, digits and < only.",
    ),
    "MRZ_NUMBER_CHECK": Deviation(
        _W,
        "El dígito de control del número de documento no coincide",
        "The check digit of the document's number does not hold",
        _SCAN_ES,
        _SCAN_EN,
    ),
    "MRZ_BIRTH_CHECK": Deviation(
        _W,
        "El dígito de control de la fecha de nacimiento no coincide",
        "The check digit of the birth date does not hold",
        _SCAN_ES,
        _SCAN_EN,
    ),
    "MRZ_EXPIRY_CHECK": Deviation(
        _W,
        "El dígito de control del vencimiento no coincide",
        "The check digit of the expiry does not hold",
        _SCAN_ES,
        _SCAN_EN,
    ),
    "MRZ_OPTIONAL_CHECK": Deviation(
        _W,
        "El dígito de control de los datos opcionales no coincide",
        "The check digit of the optional data does not hold",
        _SCAN_ES,
        _SCAN_EN,
    ),
    "MRZ_COMPOSITE_CHECK": Deviation(
        _W,
        "El dígito de control de toda la zona no coincide",
        "The check digit over the whole zone does not hold",
        _SCAN_ES,
        _SCAN_EN,
    ),
    "MRZ_NAME_SIGNS": Deviation(
        _W,
        "Hay cifras en los nombres de la zona de lectura mecánica",
        "There are digits in the names of the machine-readable zone",
        _SCAN_ES,
        _SCAN_EN,
    ),
    "MRZ_NAMES_CUT": Deviation(
        _N,
        "Los nombres llenan la zona de lectura mecánica y pueden estar cortados",
        "The names fill the machine-readable zone and may be cut off",
        "Envíe también los nombres completos.",
        "Send the whole names too.",
    ),
    "MRZ_DISAGREES": Deviation(
        _W,
        "Lo escrito y la zona de lectura mecánica no dicen lo mismo; vale lo escrito",
        "What is typed and the machine-readable zone differ; what is typed counts",
        "Compare con el documento.",
        "Compare with the document.",
    ),
    # Tables.
    "TABLE_EMPTY": Deviation(_E, "La tabla no tiene filas", "The table has no rows", _RESEND_ES, _RESEND_EN),
    "COLUMN_UNKNOWN": Deviation(
        _N,
        "La columna no se conoce; no se leyó",
        "The column is not known; it was not read",
        "Use los nombres de la plantilla.",
        "Use the names of the template.",
    ),
    "COLUMN_TWICE": Deviation(
        _W,
        "La columna está dos veces; vale la primera",
        "The column stands twice; the first counts",
        "Quite una de las dos.",
        "Take one of the two away.",
    ),
    "ROW_QUOTES": Deviation(
        _E,
        "Las comillas de la fila no se cierran en su línea; la fila no se leyó",
        "The row's quotes are not closed on its line; the row was not read",
        "Quite los saltos de línea y las comillas de las celdas.",
        "Take line breaks and quotes out of the cells.",
    ),
    "ROW_CELLS": Deviation(
        _E,
        "La fila no tiene tantas celdas como el encabezado; no se leyó",
        "The row has not as many cells as the header; it was not read",
        "Guarde la tabla otra vez desde la hoja de cálculo.",
        "Save the table again from the spreadsheet.",
    ),
    "ROW_TOO_LONG": Deviation(
        _E,
        "La fila es más larga de lo que se lee; se omitió",
        "The row is longer than what is read; it was left out",
        "Compruebe los saltos de línea.",
        "Check the line ends.",
    ),
    "ROWS_TOO_MANY": Deviation(
        _E,
        "La tabla tiene más filas de las que se leen; el resto se omitió",
        "The table has more rows than are read; the rest was left out",
        "Divida la tabla en partes.",
        "Send the table in parts.",
    ),
    "CELL_CONTROL": Deviation(
        _W,
        "Hay signos de control o bytes de ningún alfabeto en la fila; se leyeron como blancos",
        "There are control signs or bytes of no alphabet in the row; they were read as blanks",
        "Guarde la tabla en UTF-8.",
        "Save the table as UTF-8.",
    ),
    "CELL_FORMULA": Deviation(
        _N,
        "La celda empieza como una fórmula; se leyó como texto",
        "The cell begins as a formula; it was read as text",
        "Escriba el valor y no una fórmula.",
        "Write the value and not a formula.",
    ),
    "VALUE_UNKNOWN": Deviation(
        _W,
        "El valor no es de los que esta columna admite; no se leyó",
        "The value is none that this column takes; it was not read",
        "Use los valores de la documentación.",
        "Use the values of the documentation.",
    ),
    "NUMBER_ROUNDED": Deviation(
        _W,
        "La hoja de cálculo redondeó el número; no se leyó",
        "The spreadsheet rounded the number; it was not read",
        "Dé formato de texto a la columna y escriba el número otra vez.",
        "Format the column as text and type the number again.",
    ),
    "DATE_AMBIGUOUS": Deviation(
        _W,
        "El día y el mes podrían ser al revés; se leyó primero el día",
        "Day and month could be the other way round; the day was read first",
        "Escriba (DD/MM/AAAA) en el encabezado, o las fechas como 1980-12-31.",
        "Write (DD/MM/YYYY) into the header, or the dates as 1980-12-31.",
    ),
    "MODE_MISSING": Deviation(
        _W,
        "No dice si es por aire, mar o tierra; se leyó por aire",
        "It does not say whether by air, sea or land; it was read as by air",
        "Llene la columna del modo.",
        "Fill in the column of the mode.",
    ),
    "JOURNEY_INCOMPLETE": Deviation(
        _W,
        "No se sabe qué viaje es: faltan el vehículo o el número, el lugar o la hora de salida",
        "It cannot be told which journey it is: vehicle or number, place or time of departure is missing",
        "Llene las columnas del viaje en la primera fila.",
        "Fill in the columns of the journey in the first row.",
    ),
    # XML.
    "XML_ENTITY": Deviation(
        _E,
        "El documento XML declara un tipo de documento o entidades; no se lee ninguno así",
        "The XML document declares a document type or entities; none of that kind is read",
        "Envíe XML sin DOCTYPE.",
        "Send XML without a DOCTYPE.",
    ),
    "XML_TOO_DEEP": Deviation(
        _E,
        "El documento XML anida más elementos de los que se leen; el resto se omitió",
        "The XML document nests more elements than are read; the rest was left out",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    "XML_TOO_LARGE": Deviation(
        _E,
        "El documento XML tiene más elementos o atributos de los que se leen; el resto se omitió",
        "The XML document has more elements or attributes than are read; the rest was left out",
        "Divida el envío en partes.",
        "Send it in parts.",
    ),
    "XML_CUT": Deviation(
        _E,
        "El documento XML está cortado o mal formado desde este lugar; lo anterior se leyó",
        "The XML document is cut off or malformed from this place on; what stands before was read",
        _RESEND_ES,
        _RESEND_EN,
    ),
    "ELEMENT_UNKNOWN": Deviation(
        _N,
        "El elemento XML no se lee; se conserva en la copia",
        "The XML element is not read; it is kept in the copy",
        _SYSTEM_ES,
        _SYSTEM_EN,
    ),
    # Answers and acknowledgements (CUSRES, CONTRL, ACKRES, GOVREQ).
    "CODE_UNKNOWN": Deviation(
        _W,
        "El código de respuesta falta o no se puede leer",
        "The code of a response is missing or cannot be read",
        _VALUE_ES,
        _VALUE_EN,
    ),
}


class Findings(list[Finding]):
    """The findings of one message, in order; beyond the limit one more says that there were others."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def note(self, code: str, segment: str | None = None, position: int | None = None) -> None:
        """Add what was noticed, with its severity from the catalogue."""
        if len(self) < self._most:
            self.append(Finding(code, CATALOGUE[code].severity, segment, position))
        elif len(self) == self._most:
            self.append(Finding("FINDINGS_CUT", CATALOGUE["FINDINGS_CUT"].severity))
