"""What one can do from a terminal: start the bot, show it, and ask the catalogue."""
