"""Discord's numbers, each with the page of its documentation that gives it, and the check against them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

COMPONENTS: Final = 40
"""Components in one message, nested ones counted (components/reference, "Components V2")."""
MESSAGE_TEXT: Final = 4_000
"""Characters of all text displays of one Components V2 message (components/reference, Text Display)."""
CUSTOM_ID: Final = 100
"""Characters of a custom_id, which is unique in its message (components/reference, Custom ID)."""
BUTTON_LABEL: Final = 80
"""Characters of a button's label (components/reference, Button); 38 is what a phone shows."""
ROW_BUTTONS: Final = 5
"""Buttons in one action row (components/reference, Action Row)."""
SELECT_OPTIONS: Final = 25
"""Options of a select (components/reference, String Select)."""
OPTION_TEXT: Final = 100
"""Characters of a select option's label, value and description (components/reference, Select Option)."""
PLACEHOLDER: Final = 150
"""Characters of a select's placeholder (components/reference, String Select)."""
SECTION_TEXTS: Final = 3
"""Text displays in one section (components/reference, Section)."""
MODAL_TITLE: Final = 45
"""Characters of a modal's title (interactions/receiving-and-responding, Modal)."""
MODAL_COMPONENTS: Final = 5
"""Top-level components of a modal (interactions/receiving-and-responding, Modal)."""
LABEL: Final = 45
"""Characters of the label over a modal's field (components/reference, Label)."""
LABEL_DESCRIPTION: Final = 100
"""Characters of the description under such a label (components/reference, Label)."""
TEXT_INPUT: Final = 4_000
"""Characters a text input can take (components/reference, Text Input)."""
CHOICES: Final = 25
"""Choices of one autocomplete answer (interactions/receiving-and-responding, Autocomplete)."""
CHOICE: Final = 100
"""Characters of a choice's name and of its value (interactions/application-commands, Option Choice)."""
ALT_TEXT: Final = 1_024
"""Characters of a picture's description (components/reference, Media Gallery)."""
COMMAND: Final = 8_000
"""Characters of a command in all, longest locale counted (interactions/application-commands)."""
HISTORY_PAGE: Final = 100
"""Messages of one page of a channel's history (resources/message, Get Channel Messages)."""
REACTORS_PAGE: Final = 100
"""People of one page of those who reacted (resources/message, Get Reactions)."""


def units(text: str) -> int:
    """Count a text in UTF-16 units, as Discord's clients do: never fewer than its characters."""
    return len(text) + sum(character > "\uffff" for character in text)


def shorten(text: str, length: int) -> str:
    """Cut text to a length with an ellipsis, at a space where one is near."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    space = cut.rfind(" ")
    if space > length * 2 // 3:
        cut = cut[:space]
    return cut.rstrip(" ,;:·–-") + "…"


def walk(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Yield every component of a payload, nested ones and accessories too."""
    for component in components:
        yield component
        yield from walk(component.get("components", ()))
        for name in ("accessory", "component"):
            if name in component:
                yield from walk([component[name]])


def violations(components: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name each of Discord's limits that a Components V2 payload breaks; nothing means it may be sent."""
    found: list[str] = []
    every = list(walk(components))

    def at_most(what: str, size: int, limit: int) -> None:
        if size > limit:
            found.append(f"{what}: {size} over {limit}")

    at_most("components", len(every), COMPONENTS)
    at_most("text", sum(len(c["content"]) for c in every if c["type"] == 10), MESSAGE_TEXT)
    ids = [c["custom_id"] for c in every if "custom_id" in c]
    found += [f"custom_id twice: {id}" for id in sorted({id for id in ids if ids.count(id) > 1})]
    for id in ids:
        at_most(f"custom_id {id}", len(id), CUSTOM_ID)
    for component in every:
        match component["type"]:
            case 10:
                if not component["content"].strip():
                    found.append("a text display without text")
            case 1:
                at_most("buttons in a row", len(component["components"]), ROW_BUTTONS)
            case 9:
                at_most("texts in a section", len(component["components"]), SECTION_TEXTS)
            case 2:
                at_most("button label", len(component.get("label") or ""), BUTTON_LABEL)
            case 3:
                options = component["options"]
                at_most("options", len(options), SELECT_OPTIONS)
                at_most("placeholder", len(component.get("placeholder") or ""), PLACEHOLDER)
                if not options:
                    found.append("a select without options")
                if len({option["value"] for option in options}) < len(options):
                    found.append("an option value twice")
                if not 0 <= component.get("min_values", 1) <= component.get("max_values", 1) <= len(options):
                    found.append("a select that asks for more than it offers")
                for option in options:
                    for name in ("label", "value", "description"):
                        at_most(f"option {name}", len(option.get(name) or ""), OPTION_TEXT)
    return found
