"""The demo as a visitor sees it: in a browser."""
