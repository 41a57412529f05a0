"""Files from anywhere: read in a process with ceilings, refused with a word, and no file harms the one after it."""

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pikepdf
import pillow_heif
import pytest
import segno
from PIL import Image

from app.intake import limits
from app.intake.keeping_warm import Readers
from app.intake.wording import refusal_word
from tests.intake.pictures import blank_pdf, bomb, page, png, saved, scan

TEXT = "330106202020034071"
PAGE = page(("Code128", TEXT))


@pytest.fixture(scope="module")
def readers() -> Iterator[Readers]:
    made = Readers()
    yield made
    made.close()


def texts(answer: dict) -> list[str]:
    return [one["text"] for one in answer["codes"]]


def heic(picture: Image.Image) -> bytes:
    pillow_heif.register_heif_opener()
    return saved(picture, "HEIF", quality=80)


@pytest.mark.parametrize(
    "content",
    [
        png(PAGE),
        saved(Image.fromarray(PAGE).convert("RGB"), "JPEG", quality=80),
        heic(Image.fromarray(PAGE).convert("RGB")),
        scan(PAGE),
        saved(Image.fromarray(np.dstack([PAGE * 0] * 3 + [255 - PAGE])), "PNG"),
        saved(Image.fromarray(PAGE).convert("P"), "PNG"),
        saved(Image.fromarray(PAGE).convert("CMYK"), "JPEG"),
    ],
    ids=["png", "jpeg", "heic", "pdf", "ink on nothing", "palette", "cmyk"],
)
def test_every_kind_of_file(readers: Readers, content: bytes) -> None:
    answer = readers.read(content)
    assert texts(answer) == [TEXT]
    assert answer["ms"] > 0


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_a_turned_camera_counts(readers: Readers, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert texts(readers.read(saved(Image.fromarray(PAGE).convert("RGB"), "JPEG", exif=exif))) == [TEXT]


def test_every_page_of_a_scan(readers: Readers) -> None:
    other = page(("QRCode", "819701485174340539698"))
    answer = readers.read(scan(PAGE, other))
    assert [(one["page"], one["text"]) for one in answer["codes"]] == [(1, TEXT), (2, "819701485174340539698")]


def locked() -> bytes:
    import io

    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(scan(PAGE))) as document:
        document.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\xff\xd8\xff" + b"0" * limits.LARGEST_FILE, "heavy"),
        (bomb(20_000), "too_large"),
        (bomb(12_500), "too_large"),
        (saved(Image.new("L", (13_000, 100)), "PNG"), "too_large"),
        (saved(Image.new("L", (10_000, 10_000)), "JPEG"), "too_large"),
        (saved(Image.new("L", (3, 3)), "PNG"), "too_small"),
        (blank_pdf(200), "many_pages"),
        (locked(), "locked"),
        (png(PAGE)[:-400], "broken"),
        (saved(Image.fromarray(PAGE), "JPEG")[:900], "broken"),
        (scan(PAGE)[:300], "broken"),
        (heic(Image.fromarray(PAGE).convert("RGB"))[:600], "broken"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "broken"),
        (saved(Image.fromarray(PAGE), "GIF"), "other_kind"),
        (b"PK\x03\x04 a workbook called photo.jpg", "other_kind"),
        ("姓名,性别\n".encode(), "no_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "no_picture"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused(readers: Readers, app: object, content: bytes, word: str) -> None:
    assert readers.read(content) == {"refused": word}
    assert texts(readers.read(png(PAGE))) == [TEXT], "the next one is read as if nothing had been"
    with app.test_request_context():  # type: ignore[attr-defined]
        assert refusal_word(word).endswith("。")


def peak_of(readers: Readers) -> int:
    """The most memory that the reading process ever held, in MB."""
    status = Path(f"/proc/{readers._idle[0].pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


def test_memory_is_bounded_by_the_largest_picture_that_is_allowed(readers: Readers) -> None:
    readers.read(bomb(20_000))
    largest = saved(Image.effect_noise((7300, 5400), 40).convert("RGB"), "JPEG", quality=60)
    assert len(largest) < limits.LARGEST_FILE
    assert "codes" in readers.read(largest)
    assert peak_of(readers) < 900


def test_a_script_of_four_kilobytes_is_text_in_a_code(readers: Readers) -> None:
    """As much as a square code can hold: 2.9 kB of anything, 4.2 kB of capitals."""
    for script in ("<script>" + "alert(1);" * 318 + "</script>", "SCRIPT:ALERT/" * 323):
        cells = np.array(list(segno.make(script, error="l").matrix), np.uint8)
        square = np.kron(np.pad(1 - cells, 4, constant_values=1) * 255, np.ones((5, 5), np.uint8)).astype(np.uint8)
        (code,) = readers.read(png(square))["codes"]
        assert code["text"] == script
        assert len(script) > 2_850


def test_a_process_that_dies_is_replaced() -> None:
    readers = Readers()
    try:
        assert texts(readers.read(png(PAGE))) == [TEXT]
        os.kill(readers._idle[0].pid, signal.SIGKILL)
        assert readers.read(png(PAGE)) == {"refused": "too_hard"}
        assert texts(readers.read(png(PAGE))) == [TEXT]
    finally:
        readers.close()


def test_a_process_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    readers = Readers()
    try:
        assert texts(readers.read(png(PAGE))) == [TEXT]
        hung = readers._idle[0].pid
        os.kill(hung, signal.SIGSTOP)
        monkeypatch.setattr(limits, "PATIENCE", 0.3)
        assert readers.read(png(PAGE)) == {"refused": "too_hard"}
        monkeypatch.undo()
        assert texts(readers.read(png(PAGE))) == [TEXT]
        with pytest.raises(ProcessLookupError):
            os.kill(hung, 0)
    finally:
        readers.close()


def test_it_makes_way_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FILES_A_PROCESS", 1)
    readers = Readers()
    assert texts(readers.read(png(PAGE))) == [TEXT]
    assert readers._idle == []


def test_many_at_once_get_their_own_answers() -> None:
    readers, answers = Readers(), {}
    wanted = {number: f"33010620202003{number:04}" for number in range(6)}

    def ask(number: int) -> None:
        answers[number] = texts(readers.read(png(page(("Code128", wanted[number])))))

    threads = [threading.Thread(target=ask, args=(number,)) for number in wanted]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    readers.close()
    assert answers == {number: [text] for number, text in wanted.items()}


def test_it_leaves_nothing_on_disk_and_ends_with_the_house(readers: Readers) -> None:
    readers.read(png(PAGE))
    pid = readers._idle[0].pid
    written = [line for line in Path(f"/proc/{pid}/io").read_text().splitlines() if line.startswith("write_bytes")]
    assert written == ["write_bytes: 0"]
    assert "Max file size             0" in Path(f"/proc/{pid}/limits").read_text()
    with contextlib.suppress(ProcessLookupError):
        readers.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
