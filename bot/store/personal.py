"""Where something on a person is kept: what they may see, take with them and have deleted."""

from __future__ import annotations

USER_COLUMN = "user_id"

PERSONAL_TABLES = {
    "marks": "which songs they love, since when, and by which button, command or reaction they said so",
    "past_hearts": "since when they loved songs that they love no more, or love anew",
    "comments": "what they wrote about songs, and their private notes",
    "writings": "where and when they wrote comments in the last hour",
    "comment_likes": "which comments they like",
    "reports": "which comments they reported, why and when",
    "blocked_writers": "where moderators have stopped their comments",
    "moderators": "which decisions on comments they made",
    "comparable": "in which servers others may compare their taste with theirs",
    "cups": "their knockouts of songs of the last day, with what they picked",
    "cup_votes": "how they voted in the duels of servers' knockouts",
    "duel_picks": "which songs they picked or voted for in duels, which lean their own picks a little",
    "dismissed": "which songs are not for them",
    "known": "which songs they know already",
    "shown": "which songs they were shown, and when last",
    "suggestion_decisions": "which suggestions they accepted or declined, and when",
    "suggestions": "what they suggested, and what became of it",
    "addition_authors": "which songs they added or edited, and when",
    "people": "how they want to be answered, and whether other servers may read their comments",
}
"""Each table with a user column, and what it says of the person."""
