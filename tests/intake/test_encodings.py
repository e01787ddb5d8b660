"""Encodings that no mark tells: read as they were written, or told as a guess, never a wrong page in silence."""

from __future__ import annotations

import msgspec
import pytest

from tests.intake.builders import NOW, RETURNS, US, csv_text, returned
from workbench.config import load
from workbench.i18n import render
from workbench.intake import RefusedFile, read

PAGES = load(None).settings.intake.pages
STATUS = load(None).settings.intake.status
THAI, VIETNAMESE, CHINESE = ("เดรสสีแดง", "ไซส์เล็กไป"), ("Đầm đỏ", "nhỏ quá"), ("红色连衣裙", "比尺码表小一号")
WESTERN, TAIWAN = ("Vestido algodón niña", "não serviu, é pequeno"), ("紅色洋裝", "尺寸太小")

#: Encoding, product and note, market, and whether it is read as it was: else it must be told. None: both.
WRITTEN = [
    ("cp874", THAI, "TH", True), ("tis-620", THAI, "TH", True), ("cp874", THAI, "US", False),
    ("gb18030", CHINESE, "US", True), ("gbk", CHINESE, "VN", True), ("gbk", CHINESE, "TH", False),
    ("gb18030", ("Café 红色连衣裙", "比尺码表小一号, très petit"), "US", True),
    ("gbk", ("女 Café", "有点小"), "VN", True),
    ("gb18030", ("niño 早上好", "小一号"), "US", True), ("cp950", TAIWAN, "US", False), ("cp950", TAIWAN, "TH", False),
    ("cp1252", WESTERN, "US", True), ("cp1252", WESTERN, "TH", True), ("cp1252", WESTERN, "VN", False),
    ("cp1252", ("Größe Ü", "“zu klein” – wirklich…"), "UK", True),
    ("mac_roman", ("Señor", "ñandú"), "TH", False), ("mac_roman", ("Señor", "ñandú"), "VN", False),
    ("mac_roman", ("Café", "très petit"), "US", False), ("cp850", ("Café", "très petit"), "US", False),
    ("shift_jis", ("赤いドレス", "サイズが小さい"), "US", False),
    ("euc-jp", ("赤いドレス", "サイズが小さい"), "US", False),
    ("cp949", ("빨간 드레스", "너무 작아요"), "US", False), ("cp1251", ("Красное платье", "мало"), "US", False),
    ("koi8-r", ("Красное платье", "мало"), "US", False), ("cp1250", ("Červené šaty příliš", "kůň"), "US", False),
    ("cp1253", ("Κόκκινο", "μικρό"), "US", False), ("cp1254", ("Kırmızı", "küçük şığ"), "US", False),
    ("cp1255", ("שמלה אדומה", "קטן"), "US", False), ("cp1256", ("فستان أحمر", "صغير جدا"), "US", False),
    ("cp932", ("ﾄﾞﾚｽ", "ｶﾜｲｲ"), "US", False), ("cp932", ("赤いﾄﾞﾚｽ", "ﾁｲｻｲ"), "TH", False),
    ("cp932", ("ｱｶｲﾄﾞﾚｽ", "ｻｲｽﾞｶﾞﾁｲｻｲ"), "VN", False), ("euc-jp", ("ﾄﾞﾚｽ", "ｶﾜｲｲ"), "US", False),
    ("hz", CHINESE, "US", None), ("iso2022_jp", ("赤いドレス", "サイズが小さい"), "US", True),
    ("iso2022_jp_ext", ("ｱｶｲﾄﾞﾚｽ", "ｻｲｽﾞ, \"小\""), "US", True), ("iso2022_jp_2", ("빨간", "红色"), "TH", True),
    ("iso2022_kr", ("빨간 드레스", "너무 작아요"), "US", True), ("utf-7", ("红色连衣裙", "小, “一” 号"), "US", True),
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
    assert ((seen.product, seen.words) == words, reading.encoding_guessed) == (right is not False, right is not True)
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


def test_utf_7_of_many_words_and_a_word_of_the_platform_in_plain_bytes_are_certain(tmp_path):
    many = written(("红色连衣裙", "小一号"), Return_Reason="尺寸不合适").encode("utf-7")
    assert b"+" in many
    known = [written(CHINESE, Return_Status="已完成").encode(page) for page in ("utf-7", "hz")]
    readings = [look(tmp_path, raw) for raw in (many, *known)]
    assert [(one.encoding, one.encoding_guessed) for one in readings] == [
        ("utf-7", False), ("utf-7", False), ("hz", False),
    ]  # fmt: skip
    assert [one.sightings[0].outcome for one in readings[1:]] == ["refunded", "refunded"]


def test_another_form_of_iso_2022_is_refused(tmp_path):
    chinese = b"\x1b$)A\x0e" + bytes(byte & 0x7F for byte in "红色".encode("gb2312")) + b"\x0f"
    with pytest.raises(RefusedFile) as refused:
        look(tmp_path, written(("red", "small")).encode().replace(b"red", chinese))
    assert "ISO-2022" in render(refused.value.saying)


@pytest.mark.parametrize(
    "words",
    [("A+New-in", "x"), ("Tee+Hat", "+1 (555) 010-0199"), ("~{wink}~ ~{", "a~b"), ("Set of 2+3", "C++, c+"),
     ("\x1b[31mred", "a+b+c"), ("30+UPF50+sun", "1+1=2")],
)  # fmt: skip
def test_plain_text_with_signs_of_an_encoding_stays_as_it_is(tmp_path, words):
    reading = look(tmp_path, written(words).encode())
    assert reading.encoding == "utf-8"
    assert reading.sightings[0].words == words[1]


@pytest.mark.parametrize("words", [("白色 短裤", "有点小"), ("黑色, L", "颜色不对"), ("半身裙 A字", "收到破损")])
def test_a_few_words_of_a_mainland_shop_are_certain(tmp_path, words):
    assert not look(tmp_path, written(words).encode("gb18030")).encoding_guessed


def test_a_zero_byte_in_a_name_is_told(tmp_path):
    reading = look(tmp_path, written(("Desk lamp", "small")).encode().replace(b"lamp", b"l\0mp"))
    assert (reading.encoding, reading.encoding_guessed) == ("utf-8", True)
