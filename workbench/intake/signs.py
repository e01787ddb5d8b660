"""The signs of the currencies: what stands before or behind a printed amount instead of its code.

Several currencies share some of the signs. Such a sign means the market's currency where that is one of them, and
nothing that can be read elsewhere. Never among them: single letters that are also a unit or half a code (K, L, M, P).
"""

from __future__ import annotations

from workbench.core.currencies import CURRENCIES

#: By currency. The bare `$` and the yen sign have rules of their own.
SIGNS = {
    "AED": "د.إ DHS DH", "AFN": "؋ AF", "ALL": "LEK", "AMD": "֏", "AOA": "KZ", "ARS": "AR$ ARS$",
    "AUD": "A$ AU$", "AWG": "AFL", "AZN": "₼", "BAM": "KM", "BBD": "BDS$ BB$", "BDT": "৳ TK",
    "BHD": "BD د.ب .د.ب", "BIF": "FBU", "BMD": "BD$", "BND": "B$ BN$", "BOB": "BS", "BRL": "R$", "BSD": "B$",
    "BTN": "NU", "BYN": "BR", "BZD": "BZ$", "CAD": "C$ CA$ CDN$", "CDF": "FC", "CHF": "FR SFR FR. SFR.",
    "CLP": "CLP$ CL$", "CNY": "CN¥ CN￥ RMB 元 人民币", "COP": "COL$ COP$ CO$", "CRC": "₡", "CVE": "ESC", "CZK": "KČ",
    "DJF": "FDJ", "DKK": "KR DKR", "DOP": "RD$", "DZD": "DA دج د.ج", "EGP": "E£ LE ج.م", "ETB": "BR", "EUR": "€",
    "FJD": "FJ$", "GBP": "£", "GEL": "₾", "GHS": "₵ GH₵ GH¢", "GNF": "FG", "GTQ": "Q", "GYD": "G$ GY$", "HKD": "HK$",
    "HUF": "FT", "IDR": "RP", "ILS": "₪", "INR": "₹ RS", "IQD": "ع.د", "IRR": "﷼", "ISK": "KR", "JMD": "J$",
    "JOD": "JD د.ا", "JPY": "JP¥ JP￥ 円", "KES": "KSH", "KHR": "៛", "KMF": "CF", "KRW": "₩ 원", "KWD": "KD د.ك",
    "KYD": "CI$", "KZT": "₸", "LAK": "₭", "LBP": "L£ ل.ل", "LKR": "RS SLRS රු", "LRD": "L$ LD$", "LYD": "LD ل.د",
    "MAD": "DH د.م.", "MDL": "LEI", "MGA": "AR", "MKD": "ДЕН", "MNT": "₮", "MOP": "MOP$", "MRU": "UM", "MUR": "RS",
    "MVR": "RF", "MWK": "MK", "MXN": "MX$ MEX$", "MYR": "RM", "MZN": "MT", "NAD": "N$", "NGN": "₦", "NIO": "C$",
    "NOK": "KR NKR", "NPR": "RS NRS रू", "NZD": "NZ$", "OMR": "ر.ع.", "PAB": "B/", "PEN": "S/", "PHP": "₱",
    "PKR": "RS PRS", "PLN": "ZŁ", "PYG": "₲ GS", "QAR": "QR ر.ق", "RON": "LEI", "RSD": "DIN ДИН", "RUB": "₽ РУБ",
    "RWF": "RF FRW", "SAR": "SR ر.س", "SBD": "SI$", "SCR": "RS SR", "SEK": "KR SKR", "SGD": "S$ SG$", "SLE": "LE",
    "SRD": "SR$", "STN": "DB", "THB": "฿ บาท BAHT", "TND": "DT د.ت", "TOP": "T$", "TRY": "₺ TL",
    "TTD": "TT$", "TWD": "NT$ NTD 新台币 新臺幣", "TZS": "TSH", "UAH": "₴ ГРН", "UGX": "USH", "USD": "US$ U.S.$ 美元",
    "UYU": "$U UY$", "VES": "BS", "VND": "₫ Đ VNĐ ĐỒNG", "VUV": "VT", "WST": "WS$", "XAF": "FCFA", "XCD": "EC$",
    "XOF": "FCFA CFA", "XPF": "CFPF", "YER": "ر.ي", "ZAR": "R", "ZMW": "ZK",
}  # fmt: skip
_YEN = frozenset("¥￥")
#: Currencies that a bare `$` may mean; elsewhere it is the US dollar.
DOLLARS = frozenset(("USD", "SGD", "AUD", "CAD", "HKD", "NZD", "TWD"))


def _by_sign() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for code, signs in SIGNS.items():
        for sign in signs.split():
            found.setdefault(sign.rstrip("."), set()).add(code)
    return {sign: frozenset(codes) for sign, codes in found.items()}


_MEANING = _by_sign()


def named(mark: str, currency: str | None) -> str | None:
    """The currency of a sign or an ISO code in upper case, in a market whose money is `currency`; None for any other
    word, and for a sign of several currencies of which none is the market's."""
    if mark == "$":
        return currency if currency in DOLLARS else "USD"
    if mark in _YEN:
        return "CNY" if currency == "CNY" else "JPY"
    if mark in CURRENCIES:
        return mark
    codes = _MEANING.get(mark.rstrip("."), frozenset())
    if currency in codes:
        return currency
    return next(iter(codes)) if len(codes) == 1 else None


def of_several(mark: str, currency: str | None) -> bool:
    """Whether a yen sign may as well be that of the Chinese yuan, which has cents."""
    return mark in _YEN and currency not in ("CNY", "JPY")
