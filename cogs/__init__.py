"""What people can do with the bot: one module a capability, each loaded and reloaded by itself."""
