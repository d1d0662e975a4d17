"""Owns what is measured on each public set: which pool, which questions, which figures. It does not own how a figure is counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from embeddings import open_encoder
from evals.bench.public.measures import (
    Figure,
    Marked,
    figure,
    found_at,
    lines_between,
    marked_figures,
    mean_figure,
    ndcg,
)
from evals.bench.public.opened import Group, OpenedPool
from evals.bench.public.plain import PlainSearch, Unit, single_lines, whole_documents
from evals.loaders import Asked, Pool, beir_pool, mtrag_pool, omos_pool, squad_pool

LANGUAGES = ("en", "es", "ru", "tr", "ar")
DOMAINS = ("clapnq", "cloud")

Search = Callable[[Asked], tuple[Group, ...]]


@dataclass(frozen=True, slots=True)
class Bench:
    """Where the public sets lie, where work is kept, and what is searched with.

    n_passages: how many of each MTRAG pool are searched, and n_abstracts: of SciFact; None for all.
    plain: whether plain dense search runs beside.
    """

    sets: Path
    work: Path
    model: str
    n_passages: int | None
    plain: bool = True
    quiet: bool = False
    n_abstracts: int | None = None

    def opened(self, pool: Pool) -> OpenedPool:
        """A pool and the assistant over it."""
        return OpenedPool.open(pool, self.work, self.model, quiet=self.quiet)

    def each(self, name: str, opened: OpenedPool, search: Search, asked: tuple[Asked, ...]) -> list[tuple[Group, ...]]:
        """The ranking for each question."""
        return [search(one) for one in opened.each(asked, name, quiet=self.quiet)]

    def plainly(self, opened: OpenedPool, units: list[Unit]) -> Search:
        """Plain dense search over units of the same pool, as a search."""
        found = PlainSearch.over(units, open_encoder(self.model), self.work / opened.pool.name)
        return lambda one: found.ranking(one.text, 10)


def omos_pages(bench: Bench) -> tuple[Figure, ...]:
    """Find the page of a question among all pages, train and dev; beside it the same model over whole pages and over lines."""
    opened = bench.opened(_omos(bench, "train", "dev"))
    asked = tuple(one for one in opened.pool.asked if one.lines)
    searches: dict[str, Search] = {"": _alone(opened)}
    if bench.plain:
        searches |= {
            "plain_pages_": bench.plainly(opened, whole_documents(opened)),
            "plain_lines_": bench.plainly(opened, single_lines(opened)),
        }
    figures: list[Figure] = []
    firsts: dict[str, list[float]] = {}
    for name, search in searches.items():
        rankings = bench.each(f"omos {name}", opened, search, asked)
        for k in (1, 5):
            values = [found_at(r, one.files, k) for r, one in zip(rankings, asked, strict=True)]
            figures.append(mean_figure(f"{name}recall_{k}", values))
            firsts[f"{name}{k}"] = values
        own = [float(r[0][0] in one.files) if r else 0.0 for r, one in zip(rankings, asked, strict=True)]
        figures.append(mean_figure(f"{name}recall_1_own_file", own))
    plain = [key for key in ("plain_pages_1", "plain_lines_1") if key in firsts]
    for key in plain:
        pairs = list(zip(firsts["1"], firsts[key], strict=True))
        figures.append(figure(f"recall_1_over_{key.removesuffix('_1')}", pairs, _ratio))
    return tuple(figures)


def omos_lines(bench: Bench) -> tuple[Figure, ...]:
    """Answer lines of a question given its page, and silence where the page does not answer: dev split."""
    opened = bench.opened(_omos(bench, "train", "dev"))
    dev = tuple(one for one in opened.pool.asked if one.id.startswith("dev_"))
    marked = [_marked(opened, one) for one in opened.each(dev, "omos answer lines", quiet=bench.quiet)]
    return marked_figures(marked)


def xquad(bench: Bench, language: str) -> tuple[Figure, ...]:
    """The paragraph of a question among 240, without the titles of their articles."""
    opened = bench.opened(squad_pool(bench.sets / "xquad" / f"xquad.{language}.json"))
    return _documents(bench, opened, {"": _alone(opened)}, plain=language == "en")


def xquad_across(bench: Bench, language: str) -> tuple[Figure, ...]:
    """The English paragraph of a question in another language, among 240."""
    folder = bench.sets / "xquad"
    opened = bench.opened(squad_pool(folder / "xquad.en.json", folder / f"xquad.{language}.json"))
    return _documents(bench, opened, {"": _alone(opened)}, plain=True)


def scifact(bench: Bench) -> tuple[Figure, ...]:
    """The abstracts that bear on a claim among 5,183, or among fewer, the judged ones all there."""
    opened = bench.opened(beir_pool(bench.sets / "scifact", n_documents=bench.n_abstracts))
    return _documents(bench, opened, {"": _alone(opened)}, plain=True)


def mtrag(bench: Bench, domain: str) -> tuple[Figure, ...]:
    """The last turn alone, with the turns before it, and as a person rewrote it; `way` is how far the turns bring the first to the last."""
    opened = bench.opened(mtrag_pool(bench.sets / "mtrag", domain, bench.n_passages))
    forms: dict[str, Search] = {
        "last_turn_": _alone(opened),
        "with_history_": lambda one: opened.ranking(one.text, 10, one.history),
        "rewrite_": lambda one: opened.ranking(one.rewrite, 10),
    }
    values = {name: _ndcgs(bench, opened, f"{domain} {name}", search) for name, search in forms.items()}
    later = [n for n, one in enumerate(opened.pool.asked) if one.history]
    figures = [mean_figure(f"{name}ndcg_10", found) for name, found in values.items()]
    figures += [mean_figure(f"{name}ndcg_10_later_turns", [found[n] for n in later]) for name, found in values.items()]
    triples = list(zip(*values.values(), strict=True))
    gains = [with_history - last for last, with_history, _ in triples]
    return (*figures, mean_figure("history_gain", gains), figure("way_to_rewrite", triples, _way))


TASKS: Mapping[str, Callable[[Bench], tuple[Figure, ...]]] = {
    "omos-pages": omos_pages,
    "omos-lines": omos_lines,
    **{f"xquad-{language}": partial(xquad, language=language) for language in LANGUAGES},
    **{f"xquad-{language}-en": partial(xquad_across, language=language) for language in LANGUAGES[1:]},
    "scifact": scifact,
    **{f"mtrag-{domain}": partial(mtrag, domain=domain) for domain in DOMAINS},
}
"""By the name that `--only` takes, in the order they run."""


def _omos(bench: Bench, *splits: str) -> Pool:
    return omos_pool([bench.sets / "omos_qa" / "splits" / f"{split}_en.jsonl" for split in splits])


def _alone(opened: OpenedPool) -> Search:
    return lambda one: opened.ranking(one.text, 10)


def _documents(bench: Bench, opened: OpenedPool, searches: dict[str, Search], *, plain: bool) -> tuple[Figure, ...]:
    if plain and bench.plain:
        searches["plain_documents_"] = bench.plainly(opened, whole_documents(opened))
    found = {name: _ndcgs(bench, opened, f"{opened.pool.name} {name}", search) for name, search in searches.items()}
    return tuple(mean_figure(f"{name}ndcg_10", values) for name, values in found.items())


def _ndcgs(bench: Bench, opened: OpenedPool, name: str, search: Search) -> list[float]:
    asked = opened.pool.asked
    return [ndcg(r, one.files) for r, one in zip(bench.each(name, opened, search, asked), asked, strict=True)]


def _marked(opened: OpenedPool, one: Asked) -> Marked:
    (file,) = one.files
    text = opened.pool.files[file]
    answer = opened.bot.answer(one.text, within=[file])
    spans = [(c.start, c.end) for c in answer.citations if answer.answered and c.document.file == file]
    return Marked(frozenset(one.lines), frozenset(n for span in spans for n in lines_between(text, *span)))


def _ratio(pairs: Sequence[tuple[float, float]]) -> float:
    """The mean of the first over that of the second."""
    own, other = zip(*pairs, strict=True)
    return sum(own) / sum(other) if sum(other) else 0.0


def _way(triples: Sequence[tuple[float, ...]]) -> float:
    """How far the second mean stands from the first (0) towards the third (1)."""
    last, with_history, rewrite = (sum(values) for values in zip(*triples, strict=True))
    return (with_history - last) / (rewrite - last) if rewrite != last else 0.0
