"""Compiles a folder of rule data into the law."""

import hashlib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rules import loading, overlays
from rules.ages import Span
from rules.compiling_lines import build_line
from rules.law import THINKING, Law, LineLaw
from rules.loading import Context, RuleDataError
from rules.schedule import Edition, Product, Reading, Source, SourceId, Spelling

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class _Sources:
    """The shape of `sources.yaml`."""

    sources: tuple[Source, ...]
    readings: tuple[Reading, ...]
    editions: tuple["_Edition", ...]
    live_interval: "_Cited"
    ends_at: "_Cited"


@dataclass(frozen=True, slots=True)
class _Edition:
    id: str
    source: SourceId


@dataclass(frozen=True, slots=True)
class _Cited:
    span: Span
    citation: str


@dataclass(frozen=True, slots=True)
class _Products:
    """The shape of `products.yaml`."""

    products: tuple[Product, ...]
    same: dict[str, str]
    beside: tuple[str, ...]


@cache
def national() -> Law:
    """The national law, from the package's own data."""
    return load(DATA)


def load(folder: Path, overlay: Path | None = None) -> Law:
    """Read a folder of rule data, and lay a province's overlay on it; RuleDataError says what to mend."""
    law = _compiled(folder)
    return law if overlay is None else overlays.lay(overlay, law)


def _compiled(folder: Path) -> Law:
    facts, context = _sources(folder)
    sources = {source.id: source for source in facts.sources}
    editions = tuple(
        Edition(edition.id, edition.source, sources[edition.source].in_force, rank)
        for rank, edition in enumerate(facts.editions)
    )
    catalogue = _products(folder, context)
    products = {product.code: product for product in catalogue.products}
    context = replace(context, products=frozenset(products), lines=frozenset(THINKING))
    return Law(
        sources,
        {reading.id: reading for reading in facts.readings},
        editions,
        products,
        Spelling(catalogue.same, catalogue.beside),
        tuple(_line(code, folder, context, editions, products) for code in THINKING),
        facts.live_interval.span,
        facts.live_interval.citation,
        facts.ends_at.span,
        facts.ends_at.citation,
        _digest(folder),
    )


def _sources(folder: Path) -> tuple[_Sources, Context]:
    """The documents, readings and editions, and the context in which everything else is read."""
    top, context = loading.read_tree(folder / "sources.yaml"), Context("sources.yaml")
    parts = loading.mapping(top, context)
    if "sources" not in parts:
        raise RuleDataError("sources.yaml: the key 'sources' is missing; list the documents first")
    readings = loading.names("id", parts["readings"], context) if "readings" in parts else None
    context = Context("sources.yaml", loading.names("id", parts["sources"], context), readings=readings)
    facts: _Sources = loading.build(_Sources, top, context)
    days = {source.id: source.in_force for source in facts.sources}
    in_order = [days[edition.source] for edition in facts.editions]
    if in_order != sorted(in_order):
        raise loading.refuse(parts["editions"], context, "an older edition stands below a newer one; the oldest first")
    return facts, context


def _products(folder: Path, context: Context) -> _Products:
    top = loading.read_tree(folder / "products.yaml")
    context = replace(context, file="products.yaml", lines=frozenset(THINKING))
    parts = loading.mapping(top, context)
    if "products" in parts:
        context = replace(context, products=loading.names("code", parts["products"], context))
    catalogue: _Products = loading.build(_Products, top, context)
    return catalogue


def _line(
    code: str, folder: Path, context: Context, editions: tuple[Edition, ...], products: dict[str, Product]
) -> LineLaw:
    path = folder / "lines" / f"{code.lower()}.yaml"
    context = replace(context, file=f"lines/{path.name}")
    feeding = frozenset(product.code for product in products.values() if code in product.feeds)
    ranks = {edition.id: edition.rank for edition in editions}
    return build_line(code, THINKING[code], loading.read_tree(path), context, ranks, feeding)


def _digest(folder: Path) -> str:
    """The fingerprint of the rule data: the same data gives the same digest on every machine."""
    total = hashlib.sha256()
    for path in sorted([*folder.glob("*.yaml"), *folder.glob("lines/*.yaml")]):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"sha256:{total.hexdigest()}"
