"""Other systems and other languages altogether: names that crossed an alphabet or a border more than once.

Rules are as in `light_tables`. Each table is one journey, with its share.

- Russian: as German, French, Polish and Spanish papers write it, and in the scholars' system (ISO 9) without its marks;
  a Ukrainian or Belarusian office that translates the name.
- Arabic: French spelling of the Maghreb and Lebanon, Egyptian speech, Turkish, Spanish and German papers, and the
  passports of states that write Cyrillic.
- Chinese: Wade–Giles without its marks, Cantonese as Hong Kong writes it, French (EFEO), Cyrillic (Palladius) and back,
  and surnames of Hokkien and Cantonese in Singapore and Malaysia.
- Languages of the Latin alphabet: into Arabic or Cyrillic and back, and translated or respelled by a neighbour's ear.
"""

from __future__ import annotations

_V, _C = "[AEIOUY]", "[BCDFGHJKLMNPQRSTVWXZ]"
#: Arabic writes neither E nor O, P nor V, and short vowels not at all: an office puts back what it guesses.
_THROUGH_ARABIC = (
    "CH>SH SH>SH PH>F TH>TH QU>K CK>K LL>L RR>R SS>S NN>N TT>T EA>I EE>I OU>U OO>U AU>U EI>AY P>B V>F"
    " C(?=[EI])>S C>K Q>K X>KS"
    " G(?=[EI])>J (?<=[A-Z][A-Z])E$> E>I O>U"
)
#: Cyrillic has no H, W or double letters that an office would keep, and writes what it hears.
_THROUGH_CYRILLIC = (
    "TCH>CH SCH>SH SH>SH CH>CH PH>F TH>T CK>K QU>KV LL>L NN>N SS>S TT>T RR>RR J>DZH W>V H(?=[AEIOU])>KH H> X>KS"
    " C(?=[EIY])>TS C>K Y$>I OO>U EE>I EA>I OU>AU IA>IYA IO>IO"
)

#: group → rules → share.
OFFICES: dict[str, dict[str, float]] = {
    "ru": {
        # German.
        f"SHCH>SCHTSCH CH>TSCH SH>SCH ZH>SCH KH>CH TS>Z YA>JA YU>JU YO>JO YE>JE Y(?={_V})>J EY>EJ IY>I SKY$>SKI V>W"
        " (?<=[AEIOU])S(?=[AEIOU])>SS Z>S": 0.2,
        # French.
        "SHCH>CHTCH CH>TCH SH>CH ZH>J OV$>OFF EV$>EFF IN$>INE U>OU YU>IOU YA>IA YO>IO EY>EI SKY$>SKI"
        " G(?=[EI])>GU TS>TS"
        " IY>I Y>I": 0.2,
        # Polish.
        "SHCH>SZCZ CH>CZ SH>SZ ZH>Z KH>CH TS>C YA>JA YU>JU YO>IO YE>JE EY>IEJ AY>AJ SKY$>SKI IY>IJ V>W": 0.12,
        # ISO 9 without its marks.
        "SHCH>S CH>C SH>S ZH>Z KH>H TS>C YA>JA YU>JU YO>E YE>E EY>EJ AY>AJ OY>OJ IY>IJ SKY$>SKIJ": 0.16,
        # Spanish.
        "SHCH>SCH SH>SH ZH>Y KH>J TS>TS YA>IA YU>IU YE>IE EY>EI IY>I SKY$>SKI KS>X V>V K>K YO>IO Y$>I"
        " G(?=[EI])>GU": 0.1,
        # Ukrainian.
        "OVICH$>OVYCH OVNA$>IVNA EVICH$>IYOVYCH G>H IY$>YI SKY$>SKYI EV$>YEV (?<=[DTSRLNMV])I>Y YO>O ^E>YE"
        " EY$>II": 0.13,
        # Belarusian.
        "OV>OU EV>EU OVICH$>AVICH G>H O>A SKY$>SKI V$>U": 0.05,
        # A state that knows no feminine surnames.
        "OVA$>OV EVA$>EV SKAYA$>SKY": 0.04,
    },
    "ar": {
        # Maghreb and Lebanon.
        "SH>CH J>DJ OU>OU OO>OU U>OU EE>I AA>A W>OU ^AL$>EL Q>K DH>D TH>T ISS>ISS S$>SS GH>GH YY>Y AY>AI IYA>IA": 0.3,
        # Egypt.
        "J>G Q> TH>S DH>Z OU>O ^AL$>EL AY>EI AI>EI (?<=[A-Z])AH$>A EE>I I(?=[BDFKLMNRSTZ]$)>E": 0.17,
        # Turkish.
        "SH>S KH>H GH>G TH>S DH>Z J>C W>V Q>K OU>U OO>U EE>I AA>A B$>P D$>T AY>EY ^AL$>EL IYA>IYE AH$>E": 0.15,
        # States of Cyrillic.
        "J>DZH W>V Q>K H(?=[AEIOU])>KH (?<=[AEIOU])H>KH EE>I OU>U OO>U TH>S DH>Z IYA>IYA AI>AY MM>MM SH>SH"
        " KH>KH GH>G": 0.14,
        # Spanish.
        "KH>J J>Y SH>CH OU>U OO>U EE>I Q>C K(?=[AOU])>C W>U H>J DH>D TH>T SS>S GH>G ^AL$>EL": 0.12,
        # German.
        "SH>SCH J>DSCH KH>CH Z>S OU>U OO>U EE>I W>W Q>K DH>D TH>TH Y>J": 0.12,
    },
    "zh": {
        # Wade and Giles.
        "ZHI$>CHIH CHI$>CHIH SHI$>SHIH RI$>JIH ZI$>TZU CI$>TZU SI$>SZU ZH>CH CH>CH SH>SH X>HS Q>CH J>CH Z>TS C>TS R>J"
        " ^G>K ^K>K ^D>T ^B>P NG>NG (?<=[LNSTDR])UO>O IAN>IEN YAN>YEN ONG>UNG YE$>YEH IE$>IEH UE$>UEH ^HE$>HO ^GE$>KO"
        " YOU$>YU": 0.4,
        # Cantonese, by sound.
        "ZH>CH X>S Q>K J>K Z>CH R>Y AO>O UO>O IU>AU OU>AU EI>AI IAO>IU IAN>IN UAN>UEN ANG>EUNG ENG>ING UI>UI HU>WU"
        " ^B>P ^D>T ^G>K I$>EI": 0.2,
        # French.
        "ZHI$>TCHE ZH>TCH CH>TCH X>H Q>K J>K OU>EOU U>OU SH>CH AO>AO Z>TS C>TS IAN>IEN R>J ^D>T ^B>P ^G>K": 0.15,
        # Palladius, written in Latin letters again.
        "ZHI$>CHZHI ZH>CHZH J>TSZ Q>TS X>S Z>TSZ CH>CH C>TS SH>SH R>ZH H(?=[AEOU])>KH NG>N N$>N IA>YA IAO>YAO IU>YU"
        " UI>UEY EI>EY AI>AY YU>YUY": 0.25,
    },
    "es": {
        _THROUGH_ARABIC: 0.25,
        _THROUGH_CYRILLIC: 0.25,
        # Portuguese.
        "EZ$>ES LL>LH N(?=[IO]A)>NH Z>S ION$>IAO ON$>AO J>X CION>CAO GUEZ$>GUES UE>O IE>E": 0.25,
        # An English speaker's ear.
        "QU>K J>H LL>Y Z>S GU(?=[EI])>G C(?=[EI])>S H>H I$>Y IA$>EA V>B HUE>WE UA>WA CH>CH C>K": 0.25,
    },
    "pt": {
        _THROUGH_ARABIC: 0.2,
        _THROUGH_CYRILLIC: 0.25,
        # Spanish.
        "LH>LL NH>N ES$>EZ AO$>ON OES$>ONES CAO$>CION SS>S EIRO$>ERO EIRA$>ERA X>J Z>CH OU>O V>B": 0.35,
        # English and Dutch ears (Goa, the Cape, the Antilles).
        "LH>LY NH>NY CH>SH X>SH AO$>OW EIRA$>ERA J>Z QU>K C(?=[AOU])>K ES$>IS OU>O": 0.2,
    },
    "en": {
        _THROUGH_ARABIC: 0.3,
        _THROUGH_CYRILLIC: 0.4,
        # Spanish.
        "TH>T SH>CH PH>F CK>K OO>U EE>I EA>I ^J>Y W>GU ^S(?=[BCFKLMNPT])>ES Y$>I LL>L SS>S TT>T GH> KN>N": 0.2,
        # French.
        "TH>T SH>CH CH>TCH OO>OU EE>I W>OU J>DJ Y$>I CK>K H>": 0.1,
    },
    "fr": {
        # As the ear has it, in Arabic letters and back.
        "EAUX$>U EAU$>U EAU>U AUX$>U AULT$>U AUD$>U OUX$>U OU>U OI>WA CH>SH PH>F QU>K AIS$>I AIN$>AN ARD$>AR"
        " ERT$>IR IER$>YI"
        " ENT$>AN ANCE$>ANS (?<=[A-Z][A-Z])E$> P>B V>F C(?=[EI])>S C>K G(?=[EI])>J O>U": 0.25,
        # Cyrillic and back.
        "EAUX$>O EAU$>O EAU>O AUX$>O AULT$>O AUD$>O OUX$>U OU>U OI>UA CH>SH PH>F QU>K AIS$>E AIN$>EN ARD$>AR"
        " ERT$>ER IER$>YE"
        " ENT$>AN ANCE$>ANS J>ZH G(?=[EI])>ZH LLE$>L NNE$>NN TTE$>TT NE$>N SE$>Z IE$>I C(?=[EI])>S C>K X$>"
        " ET$>E Y>I": 0.45,
        # An English or Caribbean ear.
        "EAU$>O EAU>O AUX$>O AULT$>O OUX$>OO OU>OO OI>WA CH>SH QU>K ARD$>AR IER$>IAY AIS$>AY LLE$>L TTE$>T NNE$>N": 0.3,
    },
}

#: group → word → its forms in other languages.
CUSTOMARY: dict[str, dict[str, str]] = {
    "ru": {
        "ALEKSANDR": "OLEKSANDR ALIAKSANDR ALEXANDRE ALEKSANDER", "SERGEY": "SERHII SIARHEI SERGUEI SERGE",
        "DMITRY": "DMYTRO DZMITRY DIMITRI", "ANDREY": "ANDRII ANDREI ANDRZEJ", "ALEKSEY": "OLEKSII ALIAKSEI ALEXIS",
        "VLADIMIR": "VOLODYMYR ULADZIMIR WLADIMIR", "MIKHAIL": "MYKHAILO MICHAIL MICHAEL MIGUEL", "IVAN": "IWAN JOHN",
        "YURI": "JURIJ IOURI YURII", "EVGENY": "YEVHEN EUGENE JEWGENI EUGENIO",
        "NIKOLAY": "MYKOLA MIKALAI NICOLAS NIKOLAJ", "PAVEL": "PAVLO PAWEL PAUL", "MAKSIM": "MAKSYM MAXIME",
        "ELENA": "OLENA ALENA HELENA JELENA", "OLGA": "OLHA VOLHA", "TATIANA": "TETIANA TATSIANA TATJANA",
        "NATALIA": "NATALIIA NATALLIA NATHALIE", "IRINA": "IRYNA IRENE", "SVETLANA": "SVITLANA SWETLANA",
        "EKATERINA": "KATERYNA KATSIARYNA CATHERINE JEKATERINA", "YULIA": "IULIIA JULIJA JULIE", "ANNA": "HANNA ANA",
        "MARIA": "MARYIA MARIE", "KSENIA": "OKSANA XENIA", "DARIA": "DARYNA DARJA",
    },
    "ar": {
        "MOHAMMED": "MEHMET MUKHAMMED MAGOMED MAMADOU MAHAMAT MUHAMADU MOUHAMED", "AHMED": "AHMET AKHMED AMADOU"
        " AHMADU",
        "ALI": "ALIY", "MAHMOUD": "MAHMUT MAKHMUD MAMOUDOU", "HASSAN": "KHASAN HASAN LASSANA",
        "HUSSEIN": "HUSEYIN KHUSEIN HOCINE HOUSSINE", "OMAR": "OMER OUMAR UMER",
        "IBRAHIM": "BRAHIM IBRAGIM IBRAHIMA ABRAHAM", "KHALID": "HALIT KHALED JALID",
        "YOUSSEF": "YUSUF YOUCEF IUSUF JOSEPH", "MUSTAFA": "MOSTEFA MUSTAPHA", "ABDULLAH": "ABDALLA ABDOULAYE"
        " ABDULAH",
        "ABDULRAHMAN": "ABDERRAHMANE ABDURRAHMAN ABDRAKHMAN", "WALID": "OUALID VELID", "TARIQ": "TAREK TARIK",
        "JAMAL": "GAMAL DJAMEL CEMAL DZHAMAL", "RASHID": "RACHID RASIT", "KARIM": "KERIM", "HAMZA": "KHAMZA",
        "FAISAL": "FAYCAL FEYSAL", "NABIL": "NEBIL", "FATIMA": "FATMA FATOUMATA FATIHA", "AISHA": "AICHA AYSE"
        " AISSATA",
        "MARYAM": "MERIEM MERYEM MIRIAM MARIA", "ZAYNAB": "ZINEB ZEYNEP", "KHADIJA": "HATICE KHADIDJA JADIYA",
        "LAYLA": "LEYLA", "NOUR": "NUR", "YASMIN": "YASEMIN", "AMINA": "EMINE", "SULEIMAN": "SLIMANE SULEYMAN"
        " SOLOMON",
        "QASIM": "KACEM KASIM GASSIM", "YOUNES": "YUNUS JONAS", "KHALIL": "HALIL JALIL", "SALEH": "SALAH SALIH",
        "SHARIF": "CHERIF SERIF", "BIN": "BEN OULD", "AL": "EL",
    },
    "zh": {
        "WANG": "WONG ONG HENG", "LI": "LEE LY", "ZHANG": "CHANG CHEUNG TEO CHONG", "LIU": "LAU LOW LAO",
        "CHEN": "CHAN TAN TING", "YANG": "YEUNG YEO YOUNG", "HUANG": "WONG NG OOI UY", "ZHAO": "CHAO CHIU TEO",
        "WU": "NG GOH WOO EU", "ZHOU": "CHOU CHOW CHEW", "XU": "HSU HUI KOH TSUI", "SUN": "SUEN SNG", "MA": "MAH BEH",
        "ZHU": "CHU CHOO TJOE", "HU": "WOO OH", "GUO": "KUO KWOK QUEK KUEH", "HE": "HO", "LIN": "LAM LIM LUM",
        "GAO": "KAO KO", "LUO": "LO LAW", "ZHENG": "CHENG TAY TEH", "LIANG": "LEUNG LEONG NEO", "XIE": "HSIEH"
        " TSE CHIA",
        "SONG": "SUNG", "TANG": "TONG TNG", "HAN": "HON", "FENG": "FUNG FONG", "CAO": "TSAO CHO", "PENG": "PANG"
        " PHANG",
        "ZENG": "TSENG TSANG CHAN", "XIAO": "HSIAO SIU SIEW", "CAI": "TSAI CHOI CHUA TJOA",
        "JIANG": "CHIANG KEUNG KIANG", "YU": "YUE YEE", "YE": "YEH YIP YAP", "WEI": "NGAI WAI", "SU": "SO SOH",
    },
    "es": {
        "JOSE": "JOSEPH JOZEF", "JUAN": "JOHN JOAO KHUAN JEAN", "LUIS": "LOUIS LUIZ", "CARLOS": "CHARLES",
        "JORGE": "GEORGE KHORKHE", "MIGUEL": "MICHAEL", "PEDRO": "PETER", "JULIO": "JULIUS KHULIO",
        "MARIA": "MARY MARIE MARIYA", "ANA": "ANNA ANNE", "GONZALEZ": "GONCALVES GONSALES", "RODRIGUEZ": "RODRIGUES",
        "MARTINEZ": "MARTINS MARTINES", "PEREZ": "PERES BIRIZ", "GARCIA": "GARSIA", "JIMENEZ": "KHIMENES HIMENEZ",
        "HERNANDEZ": "ERNANDES HERNANDES",
    },
    "pt": {
        "JOAO": "JUAN JOHN JOAN ZHOAN", "JOSE": "ZHOZE JOSEPH", "PAULO": "PABLO PAUL", "LUIZ": "LUIS LOUIS",
        "ANTONIO": "ANTHONY", "RODRIGUES": "RODRIGUEZ", "FERNANDES": "FERNANDEZ", "GONCALVES": "GONZALEZ GONSALVES",
        "LOPES": "LOPEZ", "GOMES": "GOMEZ", "MARTINS": "MARTINEZ", "PEREIRA": "PERERA PEREYRA",
        "FERREIRA": "FERRERA HERRERA", "SILVA": "SILWA", "SOUZA": "SOSA", "OLIVEIRA": "OLIVERA", "MARIA": "MARY",
    },
    "en": {
        "JOHN": "DZHON JUAN YOHANNA", "JAMES": "DZHEYMS JAIME", "MICHAEL": "MAYKL MIGUEL MIKHAIL",
        "WILLIAM": "VILYAM GUILLERMO UILYAM", "GEORGE": "DZHORDZH JORGE", "THOMAS": "TOMAS", "CHARLES": "CARLOS"
        " CHARLZ",
        "JOSEPH": "JOSE DZHOZEF YUSUF", "MARY": "MARIA MERI", "JENNIFER": "DZHENNIFER YENIFER", "SMITH": "SMIT ESMIT",
        "JOHNSON": "DZHONSON YONSON", "WILLIAMS": "UILYAMS VILYAMS", "BROWN": "BRAUN BRAWN", "WRIGHT": "RAYT",
        "WHITE": "UAYT", "ELIZABETH": "ISABEL ELIZAVETA", "DAVID": "DAWUD", "DANIEL": "DANIYAL",
        "SUSAN": "SUSANA SYUZAN", "STEPHEN": "STIVEN ESTEBAN", "LEE": "LI", "YOUNG": "YANG",
    },
    "fr": {
        "JEAN": "JOHN ZHAN JUAN", "PIERRE": "PETER PEDRO PYER", "MARIE": "MARY MARIA",
        "MICHEL": "MICHAEL MISHEL MIGUEL", "JACQUES": "JAMES ZHAK", "FRANCOIS": "FRANCIS FRANSUA", "LOUIS": "LUIS LUI",
        "ANTOINE": "ANTONY ANTUAN", "HELENE": "HELEN ELEN", "CATHERINE": "KATRIN CATALINA", "ROUSSEAU": "RUSSO",
        "DUBOIS": "DYUBUA", "MOREAU": "MORO", "BERNARD": "BERNAR", "RICHARD": "RISHAR", "PETIT": "PTI",
        "LAURENT": "LORAN", "OLIVIER": "OLIVER OLIVYE", "NICOLAS": "NIKOLA", "PHILIPPE": "PHILIP FELIPE",
    },
}  # fmt: skip
