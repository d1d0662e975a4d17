"""Owns the agreement of the ranking metrics with ranx; it stands here because ranx compiles for some 20 seconds."""

import random

import pytest

from evals.metrics.mrr import reciprocal_rank
from evals.metrics.ndcg import ndcg_at
from evals.metrics.recall import recall_at


@pytest.mark.filterwarnings("ignore::Warning:numba.*", "ignore:unsafe cast")
def test_ranking_metrics_agree_with_ranx():
    ranx = pytest.importorskip("ranx")
    draw = random.Random(7)
    n_needs = {f"q{i}": draw.randint(1, 6) for i in range(40)}
    runs = {q: draw.sample(range(60), 20) for q in n_needs}
    qrels = ranx.Qrels({q: {f"p{need}": 1 for need in range(n)} for q, n in n_needs.items()})
    run = ranx.Run({q: {f"p{p}": 1 / (rank + 1) for rank, p in enumerate(found)} for q, found in runs.items()})
    names = ["recall@1", "recall@3", "recall@5", "recall@10", "mrr@10", "ndcg@10"]
    theirs = ranx.evaluate(qrels, run, names)
    for name in names:
        ours = [_ours(name, [(p,) if p < n_needs[q] else () for p in found], n_needs[q]) for q, found in runs.items()]
        assert sum(ours) / len(ours) == pytest.approx(theirs[name])


def _ours(name, meets, n_needs):
    metric, k = name.split("@")
    if metric == "recall":
        return recall_at(meets, n_needs, int(k))
    return reciprocal_rank(meets, int(k)) if metric == "mrr" else ndcg_at(meets, n_needs, int(k))
