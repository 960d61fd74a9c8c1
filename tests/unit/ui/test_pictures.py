"""Pictures fit what they are given, know Hangul, and tell the same in words."""

from __future__ import annotations

import io

import discord
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot import limits
from bot.ui.pictures import Bar, Champion, Chart, Panel, drawn, ranks
from bot.ui.pictures.canvas import WIDTH, drawable, fitting, letters

TOP = Chart(
    "Most loved songs",
    "K-drama Club",
    (
        Panel(
            "",
            (
                Bar("Stay With Me", 14, "14 people", "Chanyeol × Punch", 1),
                Bar("첫눈처럼 너에게 가겠다", 9, "9 people", "Ailee", 2),
            ),
        ),
    ),
)


def champion(title: str) -> Champion:
    return Champion("Champion of 8", title, "", "Punch", "Goblin 도깨비", "It beat", ("Everytime", "Beautiful"), "Mina")


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_a_chart_tells_every_bar_in_words_too() -> None:
    assert TOP.alt() == (
        "Most loved songs. K-drama Club. 1. Stay With Me (Chanyeol × Punch): 14 people; "
        "2. 첫눈처럼 너에게 가겠다 (Ailee): 9 people."
    )


def test_a_chart_grows_with_its_bars_and_keeps_its_width() -> None:
    longer = Chart(TOP.title, TOP.subtitle, (*TOP.panels, Panel("Dramas", (Bar("Goblin", 3, "3 songs"),))))

    short, long = opened(TOP.draw()), opened(longer.draw())

    assert short.width == long.width == WIDTH
    assert long.height > short.height


def test_a_longer_bar_fills_more_of_the_picture() -> None:
    def pink(share: float) -> int:
        chart = Chart("t", "", (Panel("", (Bar("a", 10, "10"), Bar("b", 10 * share, "b"))),))
        picture = opened(chart.draw()).convert("RGB")
        return sum(count for count, color in picture.getcolors(1 << 20) or () if color == (255, 122, 165))

    assert pink(0.1) < pink(0.5) < pink(1.0)


def test_hangul_is_drawn_and_emoji_are_left_out() -> None:
    assert drawable("❤️ 도깨비 🎵 Goblin ×") == "도깨비 Goblin ×"


def test_a_long_title_is_cut_at_a_whole_syllable() -> None:
    cut = fitting("괜찮아 사랑이야" * 20, 40, 300)

    assert cut.endswith("…")
    assert letters(40).getlength(cut) <= 300
    assert ("괜찮아 사랑이야" * 20).startswith(cut[:-1])


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_drawn_and_told_within_limits(text: str) -> None:
    chart = Chart(text, text, (Panel(text, (Bar(text, 1, text, text, 1),)),))

    for picture in (chart, champion(text)):
        assert opened(picture.draw()).width == WIDTH
        assert len(picture.alt()) <= limits.ALT_TEXT


def test_a_champion_tells_whom_it_beat() -> None:
    told = champion("Stay With Me").alt()

    assert told == "Champion of 8: Stay With Me, Punch, Goblin 도깨비. It beat: Everytime, Beautiful. Mina"
    assert opened(champion("Stay With Me").draw()).height > opened(champion("S").draw()).width // 2


def test_equal_sizes_share_a_place() -> None:
    assert ranks([14, 9, 9, 3]) == [1, 2, 2, 4]
    assert ranks([]) == []


async def test_a_drawn_picture_is_a_file_and_the_gallery_that_shows_it() -> None:
    file, gallery = await drawn(TOP, "top")

    assert (file.filename, file.description) == ("top.png", TOP.alt())
    assert gallery.to_component_dict()["items"][0]["media"] == {"url": "attachment://top.png"}
    assert isinstance(gallery, discord.ui.MediaGallery)
