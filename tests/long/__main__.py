"""Runs the slow proofs and prints their figures: `python -m tests.long [--short] [--seed N] [name ...]`."""

from __future__ import annotations

import argparse
import asyncio
import importlib
import inspect
import secrets
import sys
import time
import traceback
from typing import cast

from tests.long.proof import Proof, Proving
from tests.long.summary import table

MODULES: tuple[str, ...] = (
    "kills",
    "restarts",
    "fuzz",
    "fuzz_data",
    "holds",
    "gateway",
    "power",
    "interleavings",
    "healing",
    "days",
)
"""Modules of this package that prove something, in the order in which they run."""

_TOLD = 20
"""Failures of one proof that are printed before the rest is only counted."""


def main() -> int:
    """Run what was asked for; the exit code is 1 when something did not hold."""
    parser = argparse.ArgumentParser(prog="python -m tests.long", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="name", help=f"of {', '.join(MODULES)}; all when left out")
    parser.add_argument("--short", action="store_true", help="a short round of each, as .ci/run does")
    parser.add_argument("--seed", type=int, help="repeat a run; printed by each")
    parser.add_argument("--rounds", type=int, help="as many rounds of each as this")
    wanted = parser.parse_args()
    if unknown := [name for name in wanted.names if name not in MODULES]:
        parser.error(f"there is no proof named {', '.join(unknown)}; there are: {', '.join(MODULES)}")
    seed = secrets.randbits(32) if wanted.seed is None else wanted.seed
    print(f"seed {seed}", flush=True)
    begun = time.monotonic()
    proofs = [_run(name, seed, wanted.rounds, short=wanted.short) for name in wanted.names or MODULES]
    failed = [proof for proof in proofs if proof.failures]
    print(f"\n{table(proofs)}")
    held = f"{len(proofs) - len(failed)} of {len(proofs)} proofs hold"
    print(f"\n{held} ({time.monotonic() - begun:.0f} s, seed {seed})")
    if failed:
        print(f"failed: {', '.join(proof.name for proof in failed)}")
    return 1 if failed else 0


def _run(name: str, seed: int, rounds: int | None, *, short: bool) -> Proof:
    begun = time.monotonic()
    try:
        module = cast(Proving, importlib.import_module(f"tests.long.{name}"))
        proof = _prove(module, rounds or (module.SHORT if short else module.ROUNDS), seed)
    except Exception:
        proof = Proof(name, failures=(f"it broke off:\n{traceback.format_exc()}",))
    figures = ", ".join(f"{what} {_shown(figure)}" for what, figure in proof.figures.items())
    print(f"{'FAIL' if proof.failures else 'ok':4} {name}: {figures} ({time.monotonic() - begun:.0f} s)", flush=True)
    for failure in proof.failures[:_TOLD]:
        print(f"     - {failure}", flush=True)
    if len(proof.failures) > _TOLD:
        print(f"     and {len(proof.failures) - _TOLD} more", flush=True)
    return proof


def _prove(module: Proving, rounds: int, seed: int) -> Proof:
    proof = module.prove(rounds, seed)
    return asyncio.run(proof) if inspect.iscoroutine(proof) else proof


def _shown(figure: float | str) -> str:
    return f"{figure:,.2f}" if isinstance(figure, float) else f"{figure:,}" if isinstance(figure, int) else figure


if __name__ == "__main__":
    sys.exit(main())
