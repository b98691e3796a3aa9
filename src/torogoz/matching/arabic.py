"""Arabic script as Latin letters: ICAO's letter by letter, and the commonest names as they are usually written.

Arabic writes no short vowels, so that no rule of letters turns محمد into MUHAMMAD. `READINGS` therefore holds the
commonest given names and surnames with their usual romanisations, the most usual first (general knowledge; a reader can
check them in A. Schimmel, *Islamic Names*, 1989). Every other word is read consonant by consonant; what is heard alike
(`normalise.skeleton`) then finds its vowelled spelling.
"""

from __future__ import annotations

import re

#: Doc 9303-3 §6, table C: every letter on its own, with X before what Latin lacks. At the end of a word ة is XAH.
ICAO = str.maketrans(
    {
        "ء": "XE", "آ": "XAA", "أ": "XAE", "ؤ": "U", "إ": "I", "ئ": "XI", "ا": "A", "ب": "B", "ة": "XTA", "ت": "T",
        "ث": "XTH", "ج": "J", "ح": "XH", "خ": "XKH", "د": "D", "ذ": "XDH", "ر": "R", "ز": "Z", "س": "S", "ش": "XSH",
        "ص": "XSS", "ض": "XDZ", "ط": "XTT", "ظ": "XZZ", "ع": "E", "غ": "G", "ف": "F", "ق": "Q", "ك": "K", "ل": "L",
        "م": "M", "ن": "N", "ه": "H", "و": "W", "ى": "XAY", "ي": "Y", "ٱ": "XXA", "ٹ": "XXT", "ټ": "XRT", "پ": "P",
        "ځ": "XKE", "څ": "XXH", "چ": "XC", "ڈ": "XXD", "ډ": "XDR", "ڑ": "XXR", "ړ": "XRR", "ږ": "XRX", "ژ": "XJ",
        "ښ": "XXS", "ک": "XKK", "ګ": "XXK", "ڭ": "XNG", "گ": "XGG", "ں": "XNN", "ڼ": "XXN", "ھ": "XDO", "ۀ": "XYH",
        "ہ": "XXG", "ۂ": "XGE", "ۃ": "XTG", "ی": "XYA", "ۍ": "XXY", "ې": "Y", "ے": "XYB", "ۓ": "XBE",
    }
)  # fmt: skip
#: The same letters as newspapers and passports of most states write them, without vowels.
USUAL = str.maketrans(
    {
        "ء": "", "آ": "A", "أ": "A", "ؤ": "U", "إ": "I", "ئ": "I", "ا": "A", "ب": "B", "ة": "A", "ت": "T", "ث": "TH",
        "ج": "J", "ح": "H", "خ": "KH", "د": "D", "ذ": "DH", "ر": "R", "ز": "Z", "س": "S", "ش": "SH", "ص": "S",
        "ض": "D", "ط": "T", "ظ": "Z", "ع": "A", "غ": "GH", "ف": "F", "ق": "Q", "ك": "K", "ل": "L", "م": "M", "ن": "N",
        "ه": "H", "و": "U", "ى": "A", "ي": "I", "ٱ": "A", "ٹ": "T", "ټ": "T", "پ": "P", "ځ": "Z", "څ": "TS", "چ": "CH",
        "ڈ": "D", "ډ": "D", "ڑ": "R", "ړ": "R", "ږ": "ZH", "ژ": "ZH", "ښ": "SH", "ک": "K", "ګ": "G", "ڭ": "NG",
        "گ": "G", "ں": "N", "ڼ": "N", "ھ": "H", "ۀ": "H", "ہ": "H", "ۂ": "H", "ۃ": "T", "ی": "I", "ۍ": "I", "ې": "E",
        "ے": "E", "ۓ": "E", "ڤ": "V", "ڨ": "G",
    }
)  # fmt: skip

_TABLE = """
محمد MUHAMMAD MOHAMMED MOHAMED
أحمد AHMAD AHMED AHMET
محمود MAHMOUD MAHMUD MEHMOOD
حامد HAMED HAMID
حميد HAMID HAMEED
علي ALI ALY
حسن HASSAN HASAN HACEN
حسين HUSSEIN HUSAYN HOSSEIN
إبراهيم IBRAHIM EBRAHIM BRAHIM
إسماعيل ISMAIL ISMAEL ESMAIL
إسحاق ISHAQ ISHAK
يوسف YOUSSEF YUSUF YOUSUF
يعقوب YAQOUB YAKUB YACOUB
عمر OMAR UMAR OMER
عثمان OTHMAN UTHMAN OSMAN
خالد KHALED KHALID
خليل KHALIL KHALEEL
وليد WALID WALEED OUALID
سعيد SAID SAEED SAYEED
سعد SAAD
سعود SAUD SAOUD
سليمان SULAIMAN SULEIMAN SOULEYMANE
سلمان SALMAN SELMAN
سالم SALEM SALIM
سليم SALIM SELIM
سامي SAMI SAMY
سمير SAMIR SAMEER
صالح SALEH SALIH SALAH
صلاح SALAH SALAAH
طارق TAREQ TARIQ TAREK
طاهر TAHER TAHIR
عادل ADEL ADIL
عباس ABBAS ABAS
عبد ABD ABDUL ABDEL
عبدالله ABDULLAH ABDALLAH ABDULLA
عزيز AZIZ AZEEZ
علاء ALAA ALA
عماد IMAD EMAD
عيسى ISSA ISA EISSA
فاروق FAROUK FARUQ FAROOQ
فارس FARES FARIS
فؤاد FOUAD FUAD
فهد FAHD FAHAD
فيصل FAISAL FAYSAL FEISAL
قاسم QASIM KASSEM QASEM
كامل KAMEL KAMIL
كريم KARIM KAREEM
كمال KAMAL KEMAL
ماجد MAJED MAJID
مالك MALEK MALIK
مجيد MAJID MAJEED
مراد MURAD MOURAD MORAD
مصطفى MUSTAFA MOSTAFA MOUSTAFA
منصور MANSOUR MANSUR MANSOOR
منير MUNIR MOUNIR MONIR
موسى MUSA MOUSSA MOOSA
ناصر NASSER NASIR NASER
نبيل NABIL NABEEL
نور NOUR NUR NOOR
هاشم HASHEM HASHIM
هشام HISHAM HESHAM HICHAM
ياسر YASSER YASIR YASER
ياسين YASSIN YASIN YACINE
يحيى YAHYA YAHIA
يونس YOUNIS YUNUS YOUNES
زكريا ZAKARIA ZAKARIYA
زياد ZIAD ZIYAD
زيد ZAYD ZAID ZEID
جابر JABER JABIR
جعفر JAAFAR JAFAR JAFFER
جمال JAMAL GAMAL DJAMEL
جميل JAMIL JAMEEL
حسام HOSSAM HUSAM HOUSSAM
حمزة HAMZA HAMZAH
داود DAOUD DAWUD DAWOOD
رشيد RASHID RACHID RASHEED
رضا REZA RIDA REDA
رمضان RAMADAN RAMAZAN RAMZAN
شريف SHARIF SHERIF CHERIF
بكر BAKR BEKR
بلال BILAL BELAL
أسامة OSAMA USAMA OUSSAMA
أمين AMIN AMEEN
أنور ANWAR ANOUAR
أيمن AYMAN AIMAN
أيوب AYYUB AYOUB
أشرف ASHRAF ACHRAF
أسد ASSAD ASAD
أمير AMIR AMEER EMIR
إدريس IDRIS DRISS IDRISS
آدم ADAM ADEM
رحمن RAHMAN REHMAN
رحيم RAHIM RAHEEM
حكيم HAKIM HAKEEM
قادر QADIR KADER QADER
لطيف LATIF LATEEF
غني GHANI GHANY
سلام SALAM SALAAM
فتاح FATTAH FATAH
دين DIN DEEN EDDINE
الله ALLAH
فاطمة FATIMA FATMA FATEMEH
عائشة AISHA AYSHA AICHA
خديجة KHADIJA KHADIJAH KHADIDJA
زينب ZAINAB ZAYNAB ZINEB
مريم MARIAM MARYAM MERIEM
أمينة AMINA AMINAH
سارة SARA SARAH
ليلى LAYLA LEILA LAILA
نورة NOURA NORA NURA
هدى HUDA HODA HOUDA
سميرة SAMIRA SAMEERA
كريمة KARIMA KAREEMA
ياسمين YASMIN YASMINE YASMEEN
بن BIN BEN
ابن IBN BEN
بنت BINT
أبو ABU ABOU
أم UMM OUM
مصري MASRI MASRY
تكريتي TIKRITI TAKRITI
حداد HADDAD
نجار NAJJAR NAGGAR
خطيب KHATIB KHATEEB
هاشمي HASHEMI HASHIMI
قحطاني QAHTANI KAHTANI
عتيبي OTAIBI UTAYBI
حربي HARBI
شمري SHAMMARI SHAMARI
غامدي GHAMDI GHAMIDI
دوسري DOSARI DAWSARI DOSSARY
مطيري MUTAIRI MUTAYRI
زهراني ZAHRANI
مغربي MAGHRIBI MOGHRABI
عراقي IRAQI
بغدادي BAGHDADI BOUGHDADI
شامي SHAMI CHAMI
"""
_ARTICLE, _SERVANT = "ال", "عبدال"
_SHADDA = "\u0651"
_MARKS = re.compile("[\u0640\u064b-\u065f\u0670]")
_OTHER_MARKS = re.compile("[\u0640\u064b-\u0650\u0652-\u065f\u0670]")
_TWICE, _LAST_TEH = re.compile(f"(.){_SHADDA}"), re.compile("ة$")
#: Hamza is often left out, Persian writes two letters with signs of its own, and ه and ة are written for each other.
_ALIKE = str.maketrans("أإآٱیىکة", "ااااييكه")


def _key(word: str) -> str:
    return _MARKS.sub("", word).translate(_ALIKE)


#: Arabic word → its usual romanisations, the most usual first.
READINGS = {_key(word): tuple(spelled) for word, *spelled in map(str.split, _TABLE.strip().splitlines())}


def readings(word: str) -> tuple[str, str, str, str]:
    """Four Latin spellings of a word: three usual ones, which may be equal, and ICAO's; an article stands apart."""
    letters = rest = _MARKS.sub("", word)
    before, known = "", READINGS.get(_key(word))
    if known is None:
        for start, latin in ((_SERVANT, "ABD AL "), (_ARTICLE, "AL ")):
            if letters.startswith(start) and len(letters) > len(start) + 1:
                before, rest = latin, letters[len(start) :]
                break
        known = READINGS.get(_key(rest)) or (rest.translate(USUAL),)
    first, second, third = (before + known[min(place, len(known) - 1)] for place in range(3))
    return first, second, third, _icao(word)


def _icao(word: str) -> str:
    """A word by ICAO's table: of all marks shadda alone is written, as its letter once more."""
    letters = _TWICE.sub(r"\1\1", _OTHER_MARKS.sub("", word)).replace(_SHADDA, "")
    return _LAST_TEH.sub("XAH", letters).translate(ICAO)
