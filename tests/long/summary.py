"""The figures that matter, of all proofs, in one table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tests.long.proof import Proof

_ROWS: Final[tuple[tuple[str, tuple[tuple[str, str], ...]], ...]] = (
    ("kills survived", (("kills", "kills survived"),)),
    (
        "acknowledged writes checked",
        (("kills", "writes acknowledged"), ("restarts", "writes acknowledged"), ("power", "writes acknowledged")),
    ),
    ("hearts under cards checked", (("kills", "hearts given"), ("restarts", "hearts given"))),
    ("interleavings", (("interleavings", "interleavings"),)),
    ("fuzz inputs: payloads", (("fuzz", "payloads"),)),
    ("fuzz inputs: data folders", (("fuzz_data", "folders"),)),
    ("healed cards", (("healing", "cards"),)),
    ("healed reactions", (("healing", "reactions changed"),)),
    ("gateway breaks", (("gateway", "breaks"),)),
    ("longest hold of the loop, ms", (("holds", "longest hold, ms"),)),
)
"""What a row says, and the proofs' figures that it adds up."""
_NOT_RUN: Final = "not run"


def table(proofs: Sequence[Proof]) -> str:
    """Lay out the figures, one a line; what was not run is said not to have been."""
    figures = {(proof.name, what): figure for proof in proofs for what, figure in proof.figures.items()}
    width = max(len(what) for what, _ in _ROWS)
    lines: list[str] = []
    for what, sources in _ROWS:
        found = [figures[source] for source in sources if source in figures]
        total = sum(figure for figure in found if not isinstance(figure, str))
        shown = f"{total:,.1f}" if isinstance(total, float) else f"{total:,}"
        lines.append(f"{what:{width}}  {shown if found else _NOT_RUN:>10}")
    return "\n".join(lines)
