"""From a file's bytes to what its codes mean: read in the process kept for it, told apart here. Nothing is kept."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.intake.keeping_warm import readers
from app.intake.telling_apart import Told, tell


@dataclass(frozen=True, slots=True, repr=False)
class Code:
    """One code of a file, as read and as understood."""

    text: str
    format: str
    page: int
    told: Told


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was looked at: its codes and how long reading took, or the word for why it was refused."""

    codes: tuple[Code, ...] = ()
    milliseconds: float = 0.0
    refused: str | None = None


def look(content: bytes) -> Looked:
    answer = readers.read(content)
    if "refused" in answer:
        return Looked(refused=answer["refused"])
    codes = (Code(one["text"], one["format"], one["page"], tell(one["text"], one["format"])) for one in answer["codes"])
    return Looked(_once(codes), answer["ms"])


def _once(codes: Iterable[Code]) -> tuple[Code, ...]:
    """The same code on several pages of a scan is one code."""
    seen: dict[tuple[str, str], Code] = {}
    for code in codes:
        seen.setdefault((code.text, code.format), code)
    return tuple(seen.values())
