"""After an outage: what people did to the hearts under recent cards meanwhile, read from Discord card by card."""

from bot.recount.sight import DiscordSight, HeartShown, Person, Shown, Sight
from bot.recount.walk import Recount

__all__ = ["DiscordSight", "HeartShown", "Person", "Recount", "Shown", "Sight"]
