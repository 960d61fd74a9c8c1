"""The demo: the real bot in a simulated Discord, shown in a browser, with nobody's account."""

from bot.demo.stage import run_demo

__all__ = ["run_demo"]
