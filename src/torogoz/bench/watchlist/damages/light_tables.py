"""Standard tables of one alphabet beside each other: what two offices of one country make of the same name.

A rule is `SEEN>WRITTEN`, the left side a pattern; the first that fits a place is used. Each table goes from the
spelling in our people's passports to that of another office, with its share.

- Russian: passports are in BGN/PCGN style; others are those of GOST R 52535.1 and ICAO 9303 (since 2010), of the
  Library of Congress, of driving licences, and of passports before 2010.
- Arabic has no table that is kept to: consulates differ in long vowels, in the article, in `u` and `o`, in `q` and `k`,
  in doubled letters and in final `ah`. Each table here is one habit or two that go together.
- Chinese: Pinyin in passports; Taiwan's own tables (Tongyong, MPS II), `ü` as V, U or YU, and the spellings of clerks
  who do not tell flat from curled or front from back nasals.
- In languages of the Latin alphabet registers keep old and new spellings of one name side by side (Vásquez, Vázquez;
  Sousa, Souza; Thomson, Thompson), and clerks write what they hear. Marks on letters are those of `marks`.
"""

from __future__ import annotations

_V, _C = "[AEIOUY]", "[BCDFGHJKLMNPQRSTVWXZ]"

#: group → rules → share.
OFFICES: dict[str, dict[str, float]] = {
    "ru": {
        # ICAO and GOST: no Y but for Ы.
        f"SHCH>SHCH YA>IA YU>IU YO>E IY$>II SKY$>SKII (?<={_C})Y$>II Y(?=E)> ^YE>E YE>E EY>EI AY>AI OY>OI UY>UI": 0.35,
        # Library of Congress without its ties.
        "YA>IA YU>IU YO>IO IY$>II SKY$>SKII YE>E EY>EI AY>AI OY>OI UY>UI": 0.15,
        # Driving licences and journalists.
        "IY$>Y IYA$>IA IA$>IYA YO>E YE>E KS>X": 0.2,
        # Passports before 2010: after the French and English habits of the time.
        "SHCH>SCH YO>IO YE>IE EY$>EI AY$>AI IY$>I SKY$>SKI KS>X": 0.15,
        # BGN in full.
        f"^E>YE (?<=[AEIOU])E>YE IA$>IYA IY$>IY YU>YU (?<={_C})Y$>IY": 0.15,
    },
    "ar": {
        "EE>I OO>U OU>U AA>A": 0.16,
        f"(?<=.)I(?={_C}$)>EE (?<=.)OU(?={_C}$)>OO (?<=.)U(?={_C}$)>OO": 0.12,
        "^AL$>EL Q>K": 0.12,
        "MU>MO HU>HO (?<=[BDFGJKLNQRSTWZ])U>O": 0.1,
        "AH$>A (?<=[BDFJLMNRSTYZ])A$>AH IYA>IA": 0.12,
        "AY>AI EY>EI (?<=[AEIOU])Y(?=[AEIOU])>I IYA>EYA (?<=[A-Z])Y$>I": 0.08,
        "SS>S MM>M LL>L KKH>KH THTH>TH SHSH>SH NN>N RR>R DD>D TT>T BB>B GHGH>GH HH>H KK>K": 0.08,
        "OU>U (?<=[BDFGJKLMNQRSTWZ])U>OU": 0.08,
        "DH>D TH>T": 0.06,
        "DH>Z Q>K": 0.04,
        "GH>G KH>K": 0.04,
    },
    "zh": {
        # Tongyong.
        "ZHI$>JHIH ZH>JH Q>C X>S (?<=[SCZ])I$>IH (?<=[SCZ]H)I$>IH IU>IOU UI>UEI WEN>WUN FENG>FONG ^WENG>WONG": 0.3,
        # MPS II.
        "ZHI$>JR ZH>J Q>CH X>SH ZI$>TZ Z>TZ C(?!H)>TS IU>IOU UO$>UO": 0.12,
        # ü.
        "(?<=[LN])U$>YU (?<=[LN])UE>YUE (?<=[JQXY])U$>V (?<=[JQX])U>YU": 0.13,
        # Clerks from the south.
        "ZH>Z CH>C SH>S": 0.1,
        "ENG>EN ING>IN ANG>AN": 0.1,
        "(?<=[EI])N$>NG (?<=E)NG>N (?<=I)NG>N (?<=A)N$>NG": 0.1,
        # The glide written out or left out.
        "IAO>YAO IAN>YAN IU>IOU UN$>UEN UI>UEI IA>YA UO>O": 0.15,
    },
    "es": {
        "Z>S": 0.2,
        "(?<=[EIO])S$>Z (?<=[AEIOU])S(?=[AO])>Z": 0.13,
        "V>B": 0.1,
        "(?<!^)B>V": 0.08,
        "LL>Y": 0.1,
        "(?<![LC])Y>I ^I>Y": 0.08,
        "^H> CH>CH H>": 0.07,
        "G(?=[EI])>J": 0.05,
        "^J(?=[EI])>G J(?=[EI])>G": 0.04,
        "CH>CH C(?=[EI])>S": 0.07,
        "QU>K CH>CH C(?=[AOU])>K": 0.03,
        "X>J": 0.03,
        "UE>WE HUE>WE GU(?=A)>HU": 0.02,
    },
    "pt": {
        "Z>S": 0.2,
        "ES$>EZ IS$>IZ (?<=[AEIOU])S(?=[AEIOU])>Z": 0.2,
        "AO$>AM OES$>OENS": 0.12,
        "SS>S CH>X": 0.1,
        "LH>LL NH>N": 0.1,
        "CAO$>SAO C(?=[EI])>S": 0.1,
        "I(?=[AEO])>Y EI>EY": 0.08,
        "^F>PH T(?=[AEO]$)>TH L(?=[AEO])>LL": 0.1,
    },
    "en": {
        "Y$>IE EY$>Y IE$>Y": 0.16,
        "PH>F CK>K CH>CH C(?=[AOURL])>K": 0.16,
        "EA>EE EE>EA EIGH>AY AI>AY": 0.14,
        "^MAC>MC ^MC>MAC": 0.1,
        "SON$>SEN TON$>TEN FORD$>FORTH BURY$>BERRY LEY$>LY": 0.12,
        "LL>L TT>T SS>S NN>N RR>R": 0.14,
        "(?<=[CGLNRSTW])E$> (?<=[NRTWK])S$>": 0.08,
        "Y(?=[A-Z])>I I(?=[NLRS])>Y": 0.1,
    },
    "fr": {
        "EAU$>AU AUX$>EAUX AULT$>AUD AUD$>AULT OUX$>OU ARD$>ART": 0.2,
        "LL>L TT>T NN>N SS>S MM>M RR>R": 0.2,
        "Y>I I(?=E)>Y": 0.15,
        "^LE$>LA ^DE$>D E(?=T$)>": 0.04,
        "PH>F TH>T CH>CH QU>K C(?=[AOU])>K": 0.12,
        "OIS$>AIS AIS$>OIS EY$>AY AIN$>IN INE$>YNE": 0.15,
        "(?<=[NLRST])E$> (?<=[NLRST])ES$>E": 0.14,
    },
}

#: group → word → its spellings at other offices.
CUSTOMARY: dict[str, dict[str, str]] = {
    "ru": {
        "ALEKSANDR": "ALEXANDR ALEXANDER", "ALEKSEY": "ALEXEY ALEXEI ALEKSEI", "SERGEY": "SERGEI SERGEJ SERGUEI",
        "DMITRY": "DMITRII DMITRIY DMITRI", "ANDREY": "ANDREI ANDREJ", "YURI": "YURY IURII YURIY", "MIKHAIL": "MIHAIL",
        "EVGENY": "EVGENII YEVGENY YEVGENIY EVGENIY", "NIKOLAY": "NIKOLAI NIKOLAJ", "MAKSIM": "MAXIM",
        "YULIA": "IULIIA YULIYA JULIA", "TATIANA": "TATYANA TATJANA", "NATALIA": "NATALYA NATALIIA",
        "MARIA": "MARIIA MARIYA", "KSENIA": "KSENIIA XENIA KSENIYA", "DARIA": "DARYA DARIIA",
        "ANASTASIA": "ANASTASIIA ANASTASIYA", "EKATERINA": "YEKATERINA", "ELENA": "YELENA",
    },
    "ar": {
        "MOHAMMED": "MUHAMMAD MOHAMED MOHAMMAD MUHAMMED MOHAMAD MUHAMAD", "AHMED": "AHMAD", "AHMAD": "AHMED",
        "MAHMOUD": "MAHMUD MAHMOOD", "HUSSEIN": "HUSAYN HUSSAIN HUSEIN HUSSAYN",
        "YOUSSEF": "YUSUF YOUSEF YOUSIF YUSSUF", "ABDULLAH": "ABDALLAH ABDULLA ABDOLLAH", "OMAR": "UMAR OMER",
        "KHALED": "KHALID", "KHALID": "KHALED", "MUSTAFA": "MOSTAFA MUSTAPHA",
        "ABDULRAHMAN": "ABDELRAHMAN ABDURRAHMAN ABDULRAHMEN", "HASSAN": "HASAN", "ALI": "ALY",
        "IBRAHIM": "IBRAHEEM EBRAHIM", "TARIQ": "TAREK TAREQ TARIK", "WALID": "WALEED WALEID", "KARIM": "KAREEM",
        "ZIAD": "ZIYAD", "RASHID": "RASHEED RASHED", "JAMAL": "JEMAL", "FAISAL": "FAYSAL FEISAL", "BILAL": "BELAL",
        "SAMIR": "SAMEER", "ADEL": "ADIL", "FATIMA": "FATIMAH FATEMA FATMA", "AISHA": "AYSHA AYESHA AISHAH",
        "MARYAM": "MARIAM MERYEM", "ZAYNAB": "ZAINAB ZEINAB", "KHADIJA": "KHADIJAH KHADEEJA", "LAYLA": "LAILA LEILA",
        "NOUR": "NUR NOOR", "AMINA": "AMINAH AMEENA", "MONA": "MUNA", "NOURA": "NORA NURA", "IMAN": "EMAN",
        "ABEER": "ABIR", "SULEIMAN": "SULAYMAN SULAIMAN SOLIMAN", "QASIM": "QASSEM KASSEM KASIM", "SALEH": "SALIH",
        "MANSOUR": "MANSUR MANSOOR", "KHOURY": "KHOURI KHURI", "NASSER": "NASIR NASER", "FAROUK": "FARUQ FAROUQ",
        "SAYED": "SAYYID SAYYED", "SHARIF": "SHAREEF SHERIF", "YOUNES": "YOUNIS YUNUS", "BIN": "IBN BEN", "BEN": "BIN",
        "AL": "EL",
    },
    "es": {
        "VASQUEZ": "VAZQUEZ BASQUEZ", "JIMENEZ": "GIMENEZ XIMENEZ", "MEJIA": "MEXIA MEGIA",
        "HERNANDEZ": "ERNANDEZ FERNANDEZ", "ELENA": "HELENA", "SOFIA": "SOPHIA", "YESENIA": "JESENIA YESSENIA",
        "JESSICA": "YESICA JESICA", "MARTA": "MARTHA", "KARLA": "CARLA", "XIOMARA": "SIOMARA", "HENRIQUEZ": "ENRIQUEZ",
        "ERICK": "ERIC ERIK", "OSCAR": "OSKAR",
    },
    "pt": {
        "SOUZA": "SOUSA", "LUIZ": "LUIS", "MANOEL": "MANUEL", "ANTONIO": "ANTHONIO", "FELIPE": "FILIPE PHELIPE",
        "MATEUS": "MATHEUS", "TIAGO": "THIAGO", "RAFAEL": "RAPHAEL", "JOAO": "JOAM", "TEIXEIRA": "TEYXEIRA",
        "CORREIA": "CORREA", "INES": "INEZ IGNEZ", "LETICIA": "LETHICIA", "CATARINA": "CATHARINA KATARINA",
        "VANESSA": "VANESA", "MAGALHAES": "MAGALHAENS",
    },
    "en": {
        "SMITH": "SMYTH SMYTHE", "JOHNSON": "JOHNSTON JONSON", "THOMPSON": "THOMSON TOMPSON", "DAVIS": "DAVIES",
        "BROWN": "BROWNE", "STEVEN": "STEPHEN STEFAN", "STEPHEN": "STEVEN", "CATHERINE": "KATHERINE KATHRYN",
        "SARAH": "SARA", "MICHELLE": "MICHELE", "RACHEL": "RACHAEL", "ALLEN": "ALLAN ALAN", "CLARK": "CLARKE",
        "LEE": "LEIGH LEA", "PHILLIPS": "PHILIPS", "BRIAN": "BRYAN", "GREEN": "GREENE", "STEWART": "STUART",
        "MATTHEW": "MATHEW", "JEFFREY": "GEOFFREY JEFFERY", "ERIC": "ERIK", "SEAN": "SHAWN SHAUN", "JON": "JOHN",
        "SOPHIA": "SOFIA", "HANNAH": "HANNA", "MEGAN": "MEAGAN MEGHAN", "ZOE": "ZOEY", "TRACY": "TRACEY",
        "MARK": "MARC",
    },
    "fr": {
        "LEFEBVRE": "LEFEVRE LEFEBURE", "CATHERINE": "KATHERINE", "NATHALIE": "NATALIE", "MATHIEU": "MATTHIEU",
        "ELODIE": "HELODIE", "HELENE": "ELENE", "SYLVIE": "SILVIE", "LEROY": "LEROI", "GAUTHIER": "GAUTIER",
        "REMI": "REMY", "DUPONT": "DUPOND", "ERIC": "ERICK", "MULLER": "MUELLER", "DURAND": "DURANT", "COTE": "COTTE",
        "NOEMIE": "NOHEMIE", "PHILIPPE": "PHILIPE", "MARGAUX": "MARGOT MARGO",
    },
    "zh": {
        "LU": "LYU LV", "XU": "SYU HSU", "ZHOU": "JHOU JOU", "ZHANG": "JHANG JANG", "YU": "YUE", "XIE": "SIE",
    },
}  # fmt: skip
