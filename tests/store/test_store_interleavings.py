"""Votes by every way at once, recounts among them: a short round of the long proof."""

from __future__ import annotations

from tests.long import interleavings

ROUNDS = 200


def test_whatever_the_order_every_vote_ends_as_the_table_says() -> None:
    proof = interleavings.prove(ROUNDS, 1)

    assert proof.failures == ()
    assert int(proof.figures["recounts"]) >= ROUNDS
