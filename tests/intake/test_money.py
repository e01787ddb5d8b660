"""Printed amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.currencies import CURRENCIES
from workbench.core.money import Money
from workbench.intake.money import read_money
from workbench.intake.signs import SIGNS


@pytest.mark.parametrize(
    ("text", "market", "amount", "currency"),
    [
        ("41", "USD", "41", "USD"), ("8.99", "USD", "8.99", "USD"), ("$23.05", "USD", "23.05", "USD"),
        ("US$23.05", "USD", "23.05", "USD"), ("$5", "SGD", "5", "SGD"), ("US$5", "SGD", "5", "USD"),
        ("$5", None, "5", "USD"), ("$5", "THB", "5", "USD"), ("5", None, "5", None),
        ("S$1.50", "SGD", "1.50", "SGD"), ("SGD 1.50", "SGD", "1.50", "SGD"), ("1.50 SGD", "THB", "1.50", "SGD"),
        ("RM12.00", "MYR", "12.00", "MYR"), ("฿1,249.00", "THB", "1249.00", "THB"), ("฿249", "THB", "249", "THB"),
        ("82.912₫", "VND", "82912", "VND"), ("82.912 ₫", "THB", "82912", "VND"), ("82,912", "VND", "82912", "VND"),
        ("82.912", "VND", "82912", "VND"), ("₫1.082.912", "VND", "1082912", "VND"), ("82.912đ", "VND", "82912", "VND"),
        ("Rp82.912", "IDR", "82912", "IDR"), ("Rp 1.082.912,50", "IDR", "1082912.50", "IDR"),
        ("Rp. 82.912", "IDR", "82912", "IDR"), ("IDR82,912", "IDR", "82912", "IDR"), ("82.9", "IDR", "82.9", "IDR"),
        ("₱1,200.50", "PHP", "1200.50", "PHP"), ("£9.99", "GBP", "9.99", "GBP"), ("9,99 €", "EUR", "9.99", "EUR"),
        ("R$ 62,90", "BRL", "62.90", "BRL"), ("R$\u00a01.062,90", "BRL", "1062.90", "BRL"),
        ("1.234", "USD", "1234", "USD"), ("1,234", "THB", "1234", "THB"), ("NT$5", "USD", "5", "TWD"),
        ("1,234,567.89", "USD", "1234567.89", "USD"), ("1.234.567,89", "EUR", "1234567.89", "EUR"),
        ("1,234,567", "USD", "1234567", "USD"), ("1 234,50 €", "EUR", "1234.50", "EUR"),
        ("-$5.00", "USD", "-5.00", "USD"), ("$-5.00", "USD", "-5.00", "USD"), ("0", "USD", "0", "USD"),
        ("5.00-", "USD", "-5.00", "USD"),
        ("₹12,34,567.50", "INR", "1234567.50", "INR"), ("125.00", "VND", "125.00", "VND"),
        ("kr 12", "SEK", "12", "SEK"), ("C$ 12", "CAD", "12", "CAD"), ("Rs. 12", "INR", "12", "INR"),
        ("¥12.50", "CNY", "12.50", "CNY"), ("¥1,234", "USD", "1234", "JPY"), ("KSh 12", "USD", "12", "KES"),
        ("USD 5 USD", "USD", "5", "USD"), ("usd 5", "THB", "5", "USD"), ("  $5  ", "USD", "5", "USD"),
    ],
)  # fmt: skip
def test_amounts_as_printed(text, market, amount, currency):
    assert read_money(text, market) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    "text",
    ["", " ", "free", "$", "XYZ 5", "5 apples", "1234.567", "0.125",
     "$.99", "¥12.50", "kr 12", "Rs. 12", "C$ 12", "KWD 1.234", "12.5 VND", "JPY 18.99",
     "$5 EUR", "1,2,3", "1.2.3", "1.234.56", "5.", ".5", "1e5", "5-6", "--5",
     "٥", "five", "$1.00 off", "1,234.567,89", "9" * 30, "1" * 5000],
)  # fmt: skip
def test_what_is_no_amount(text):
    assert read_money(text, "USD") is None


def test_every_currency_is_known_by_its_code_and_its_signs():
    for code in CURRENCIES:
        for text in (f"{code} 12", f"12 {code.lower()}", f"-{code}12"):
            money = read_money(text, "USD")
            assert money is not None
            assert (money.currency, abs(money.amount)) == (code, 12)
    for code, signs in SIGNS.items():
        assert code in CURRENCIES
        for sign in signs.split():
            assert read_money(f"{sign} 12", code) == read_money(f"12 {sign}", code) == Money(Decimal(12), code)


@given(st.text(max_size=50), st.sampled_from(["USD", "VND", None]))
def test_no_text_is_a_surprise(text, market):
    money = read_money(text, market)
    assert money is None or money.amount.is_finite()


@given(st.decimals(0, 10**9, places=2), st.sampled_from(["USD", "THB", "EUR"]))
def test_what_is_printed_with_thousands_is_read_back(amount, currency):
    assert read_money(f"{currency} {amount:,.2f}", None) == Money(amount, currency)
