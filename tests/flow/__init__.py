"""The real bot in a simulated Discord: what is seen and what is stored."""
