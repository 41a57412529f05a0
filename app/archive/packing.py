"""Files to one ZIP: an index that people read, one that programs read, and the hash of every file. Pure.

`sha256sum -c SHA256SUMS` in the unpacked folder proves all of it; the hash of index.json, which the trail keeps, proves
the index.
"""

import datetime as dt
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from forms.paper.tables import Column, Kind, Row, Table, TableSheet

INDEX, SUMS = "index.json", "SHA256SUMS"
#: So that the same files make the same bytes.
_WHEN = (2000, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive."""

    name: str
    size: int
    sha256: str


def entries_of(files: Mapping[str, bytes]) -> list[Entry]:
    return [Entry(name, len(content), hashlib.sha256(content).hexdigest()) for name, content in sorted(files.items())]


def index_of(head: Mapping[str, object], entries: Sequence[Entry]) -> bytes:
    """What programs read."""
    files = [{"name": one.name, "bytes": one.size, "sha256": one.sha256} for one in entries]
    return json.dumps({**head, "files": files}, ensure_ascii=False, indent=1, default=str).encode()


def index_sheet(
    title: str, facts: tuple[str, ...], entries: Sequence[Entry], on: dt.date, number: str, seal: str
) -> TableSheet:
    """What people read, and sign."""
    columns = (
        Column(_("序"), 10, Kind.NUMBER),
        Column(_("文件"), 110, Kind.TEXT),
        Column(_("字节"), 22, Kind.NUMBER),
        Column(_("SHA-256"), 135, Kind.TEXT),
    )
    rows = tuple(Row((at, one.name, one.size, one.sha256)) for at, one in enumerate(entries, start=1))
    total = Row((None, _("共 %(n)s 个文件", n=len(entries)), sum(one.size for one in entries), None), strong=True)
    return TableSheet(
        title=title,
        facts=facts,
        tables=(Table(_("索引"), columns, rows, (total,)),),
        number=number,
        seal=seal,
        drawn_on=on,
        hands=(_("归档人"), _("日期"), _("单位（章）")),
        notes=(_("解开以后运行 sha256sum -c SHA256SUMS，可以核对每个文件。"),),
    )


def packed(files: Mapping[str, bytes]) -> bytes:
    """The ZIP, with the sums of everything in it."""
    sums = "".join(f"{one.sha256}  {one.name}\n" for one in entries_of(files)).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted({**files, SUMS: sums}.items()):
            # The bit for UTF-8 names is set by itself where a name needs it.
            archive.writestr(zipfile.ZipInfo(name, _WHEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
