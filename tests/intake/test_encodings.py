"""Encodings that no mark tells: read as they were written, or told as a guess, never a wrong page in silence."""

from __future__ import annotations

import msgspec
import pytest

from tests.intake.builders import NOW, RETURNS, US, csv_text, returned
from workbench.config import load
from workbench.intake import read

PAGES = load(None).settings.intake.pages
STATUS = load(None).settings.intake.status
THAI, VIETNAMESE, CHINESE = ("เดรสสีแดง", "ไซส์เล็กไป"), ("Đầm đỏ", "nhỏ quá"), ("红色连衣裙", "比尺码表小一号")
WESTERN, TAIWAN = ("Vestido algodón niña", "não serviu, é pequeno"), ("紅色洋裝", "尺寸太小")

#: Encoding, product and note, market, and whether it is read as it was: else it must be told.
WRITTEN = [
    ("cp874", THAI, "TH", True), ("tis-620", THAI, "TH", True), ("cp874", THAI, "US", False),
    ("gb18030", CHINESE, "US", True), ("gbk", CHINESE, "VN", True), ("gbk", CHINESE, "TH", False),
    ("cp950", TAIWAN, "US", False), ("cp950", TAIWAN, "TH", False),
    ("cp1252", WESTERN, "US", True), ("cp1252", WESTERN, "TH", True), ("cp1252", WESTERN, "VN", False),
    ("cp1252", ("Größe Ü", "“zu klein” – wirklich…"), "UK", True),
    ("mac_roman", ("Café", "très petit"), "US", False), ("cp850", ("Café", "très petit"), "US", False),
    ("shift_jis", ("赤いドレス", "サイズが小さい"), "US", False),
    ("euc-jp", ("赤いドレス", "サイズが小さい"), "US", False),
    ("cp949", ("빨간 드레스", "너무 작아요"), "US", False), ("cp1251", ("Красное платье", "мало"), "US", False),
    ("koi8-r", ("Красное платье", "мало"), "US", False), ("cp1250", ("Červené šaty příliš", "kůň"), "US", False),
    ("cp1253", ("Κόκκινο", "μικρό"), "US", False), ("cp1254", ("Kırmızı", "küçük şığ"), "US", False),
    ("cp1255", ("שמלה אדומה", "קטן"), "US", False), ("cp1256", ("فستان أحمر", "صغير جدا"), "US", False),
    ("utf-16", CHINESE, "US", True), ("utf-16-le", (CHINESE[0] * 20, CHINESE[1] * 20), "US", True),
    ("utf-16-be", THAI, "US", True), ("utf-32", CHINESE, "US", True), ("utf-32-le", THAI, "TH", True),
    ("utf-32-be", VIETNAMESE, "VN", True), ("utf-8", VIETNAMESE, "VN", True), ("utf-8", CHINESE, "TH", True),
]  # fmt: skip


def written(words, **cells):
    row = returned(Product_Name=words[0], Buyer_Note=words[1], **cells)
    return csv_text(RETURNS, [row | {"Return Order ID": f"40358609139099603{at}"} for at in range(3)])


def look(tmp_path, raw, market="US"):
    path = tmp_path / "export.csv"
    path.write_bytes(raw)
    return read(path, rules=msgspec.structs.replace(US, market=market, pages=PAGES, status=STATUS), now=NOW)


@pytest.mark.parametrize(
    ("encoding", "words", "market", "right"), WRITTEN, ids=[f"{one[0]}-{one[2]}-{at}" for at, one in enumerate(WRITTEN)]
)
def test_the_words_are_as_they_were_or_the_page_is_told(tmp_path, encoding, words, market, right):
    reading = look(tmp_path, written(words).encode(encoding), market)
    seen = reading.sightings[0]
    assert ((seen.product, seen.words) == words, reading.encoding_guessed) == (right, not right)
    assert seen.external_id == "403586091390996030"


@pytest.mark.parametrize(
    ("encoding", "status"), [("cp874", "เสร็จสมบูรณ์"), ("cp950", "已完成"), ("gbk", "已完成"), ("utf-8", "已完成")]
)
def test_a_word_of_the_platform_decides(tmp_path, encoding, status):
    reading = look(tmp_path, written(("A", "b"), Return_Status=status).encode(encoding))
    assert (reading.sightings[0].outcome, reading.encoding_guessed) == ("refunded", False)


def test_files_that_are_of_two_encodings_are_told(tmp_path):
    first, second = written(CHINESE).encode(), written(CHINESE).split("\r\n", 1)[1].encode("gbk")
    assert look(tmp_path, first + second).encoding_guessed
    assert look(tmp_path, b"\xef\xbb\xbf" + written(CHINESE).encode("gbk")).encoding_guessed


def test_what_was_encoded_twice_is_told(tmp_path):
    twice = written(("Größe", "très petit")).encode().decode("cp1252")
    assert look(tmp_path, twice.encode()).encoding_guessed
    assert not look(tmp_path, written(("Größe", "très petit")).encode()).encoding_guessed
