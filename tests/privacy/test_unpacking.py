"""The searcher itself finds a planted canary in every packing, and none where there is none; else it proves nothing."""

import base64
import bz2
import codecs
import gzip
import io
import json
import lzma
import os
import pickle
import sqlite3
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import openpyxl
import pikepdf
import pytest
import segno
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from weasyprint import HTML

from tests.privacy.canaries import found_in

NAME, NUMBER, PHONE = "阚𠮷骉", "11010120200305123X", "13800134321"
ALL = (NAME, NUMBER, PHONE)
TEXT = f"先生说{NAME}，{NUMBER}；{PHONE}。"


def in_zip(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.txt", content)
    return file.getvalue()


def in_xlsx(text: str) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["", text])
    book.save(file)
    return file.getvalue()


def in_pdf(text: str) -> bytes:
    return HTML(string=f"<p>{text}</p>").write_pdf()


def in_pdf_attachment(text: str) -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["a.txt"] = pikepdf.AttachedFileSpec(pdf, text.encode())
        pdf.docinfo["/Title"] = text
        pdf.save(file)
    return file.getvalue()


def in_qr(text: str) -> bytes:
    file = io.BytesIO()
    segno.make(text, error="m", encoding="utf-8").save(file, kind="png", scale=6)
    return file.getvalue()


def in_qr_in_pdf(text: str) -> bytes:
    picture = base64.b64encode(in_qr(text)).decode()
    return HTML(string=f'<img src="data:image/png;base64,{picture}">').write_pdf()


def in_database(content: bytes) -> bytes:
    """A compressed blob in the middle of a file."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a TEXT, b BLOB)")
    connection.execute("INSERT INTO t VALUES ('before', ?)", (content,))
    return connection.serialize()


def in_session_cookie(text: str) -> bytes:
    app = Flask(__name__)
    app.secret_key = b"k"
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    return signer.dumps({"name": text, "more": "x" * 200}).encode()


PACKINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "gb18030": lambda text: text.encode("gb18030"),
    "utf-16-le": lambda text: b"\x00" + text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "utf-32": lambda text: text.encode("utf-32"),
    "json": lambda text: json.dumps({"a": text}).encode(),
    "python repr": lambda text: repr(text.encode()).encode(),
    "html": lambda text: text.encode("ascii", "xmlcharrefreplace"),
    "address": lambda text: quote(text).encode(),
    "address in gb18030": lambda text: quote(text, encoding="gb18030").encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64 for addresses": lambda text: base64.urlsafe_b64encode(text.encode()).rstrip(b"="),
    "base64 after letters": lambda text: b"xyz" + base64.b64encode(text.encode()),
    "base64 of gb18030": lambda text: base64.b64encode(text.encode("gb18030")),
    "base64 of base64": lambda text: base64.b64encode(base64.b64encode(text.encode())),
    "base64 of zlib": lambda text: base64.b64encode(zlib.compress(text.encode())),
    "hex": lambda text: b"0x" + text.encode().hex().encode(),
    "hex at an odd place": lambda text: b"a" + text.encode("gb18030").hex().upper().encode(),
    "zlib": lambda text: b"before" + zlib.compress(text.encode(), 9) + b"after",
    "zlib, cut off": lambda text: zlib.compress(text.encode() + os.urandom(5000))[:-200],
    "gzip": lambda text: b"before" + gzip.compress(text.encode()),
    "bzip2": lambda text: bz2.compress(text.encode()),
    "xz": lambda text: lzma.compress(text.encode()),
    "zip": lambda text: in_zip(text.encode()),
    "zip in zip": lambda text: in_zip(in_zip(text.encode())),
    "xlsx": in_xlsx,
    "xlsx in base64 in zip": lambda text: in_zip(base64.b64encode(in_xlsx(text))),
    "pickle": lambda text: b"before" + pickle.dumps({"a": [text]}),
    "pickle of compressed": lambda text: pickle.dumps(zlib.compress(text.encode())),
    "old pickle": lambda text: pickle.dumps(text, protocol=0),
    "pdf": in_pdf,
    "pdf in zlib in a database": lambda text: in_database(zlib.compress(in_pdf(text))),
    "pdf attachment": in_pdf_attachment,
    "qr": in_qr,
    "qr in pdf": in_qr_in_pdf,
    "database": lambda text: in_database(text.encode()),
    "zlib in a database": lambda text: in_database(zlib.compress(text.encode())),
    "session cookie": in_session_cookie,
}


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_planted_canary_is_found(packing: str) -> None:
    assert found_in(PACKINGS[packing](TEXT), ALL) == set(ALL)


@pytest.mark.parametrize("packing", PACKINGS)
def test_nothing_is_found_where_nothing_is(packing: str) -> None:
    assert found_in(PACKINGS[packing]("别的孩子，123456789012345678；13900139000。"), ALL) == set()


def test_numbers_kept_as_numbers() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE t (a INTEGER)")
    connection.execute("INSERT INTO t VALUES (?)", (int(PHONE),))
    assert found_in(connection.serialize(), [PHONE]) == {PHONE}


def test_random_bytes_and_the_repositorys_own_files_are_clean() -> None:
    """No false alarm, and an end in reasonable time."""
    assert found_in(os.urandom(100_000), ALL) == set()
    for path in (Path(__file__).parent / "people.py", Path(codecs.__file__)):
        assert found_in(path.read_bytes(), ALL) == set()
