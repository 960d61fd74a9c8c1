"""The bot as a real process, facing a stand-in for Discord on loopback."""
