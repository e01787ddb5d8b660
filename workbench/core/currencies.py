"""The currencies in use (ISO 4217): their codes, for telling a slip of the pen, and their decimals."""

_CODES = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD "
    "CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD "
    "GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD "
    "KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO "
    "NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE "
    "SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND "
    "VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWG "
)

CURRENCIES = frozenset(_CODES.split())

#: Those without a decimal in print, by CLDR; the rupiah, whose two decimals there nobody uses, is one of them.
_NO_DECIMAL = "BIF CLP DJF GNF IDR ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF "
_WHOLE = frozenset(_NO_DECIMAL.split())
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND "
_THREE = frozenset(_THREE_DECIMALS.split())


def places(currency: str | None) -> int:
    """How many decimals an amount of the currency has; two where none is named."""
    return 0 if currency in _WHOLE else 3 if currency in _THREE else 2
