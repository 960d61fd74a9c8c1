"""What a curator reads: one plain sentence for every way to get a data file wrong."""

import pytest
from tiny_data import DataFolder

GOBLIN_FILE = "dramas/goblin.toml"
SCARLET_FILE = "dramas/scarlet-heart.toml"
SONG_1 = f'{GOBLIN_FILE}: songs[0] "goblin-stay-with-me"'
SONG_2 = f'{GOBLIN_FILE}: songs[1] "goblin-first-snow"'


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            '"yearning"',
            '"yerning"',
            f'{SONG_1}.moods[0]: "yerning" is not a mood; did you mean "yearning"?',
        ),
        ('["fate"]', '["fait"]', f'{SONG_1}.themes[0]: "fait" is not a theme; did you mean "fate"?'),
        ('["r&b"]', '["balad"]', f'{SONG_1}.genres[0]: "balad" is not a genre; did you mean "ballad"?'),
        ('tempo = "mid"', 'tempo = "midd"', f'{SONG_1}.tempo: "midd" is not a tempo; did you mean "mid"?'),
        (
            'role = "rap"',
            'role = "raps"',
            f'{SONG_1}.artists[0] "Chanyeol".role: "raps" is not a role; did you mean "rap"?',
        ),
        (
            'voice = "male"',
            'voice = "mal"',
            f'{SONG_1}.artists[0] "Chanyeol".voice: "mal" is not a voice; did you mean "male"?',
        ),
        (
            '["fantasy", "romance"]',
            '["fantasi"]',
            f'{GOBLIN_FILE}: drama.genres[0]: "fantasi" is not a drama genre; did you mean "fantasy"?',
        ),
        ("part = 1", "partt = 1", f'{SONG_1}.partt: "partt" is not a key of a song; did you mean "part"?'),
        ("part = 1", 'part = "1"', f'{SONG_1}.part: "1" is not a whole number from 1 to 99'),
        ("part = 1", "part = 0", f"{SONG_1}.part: 0 is not a whole number from 1 to 99"),
        ("part = 1", "part = true", f"{SONG_1}.part: true is not a whole number from 1 to 99"),
        (
            "year = 2016",
            "year = 16",
            f"{GOBLIN_FILE}: drama.year: 16 is not a whole number from 1950 to 2100",
        ),
        ("2016-12-03", "2016-02-30", f'{SONG_1}.released: "2016-02-30" is not a day of the calendar'),
        (
            "2016-12-03",
            "2016-13",
            f'{SONG_1}.released: "2016-13" is not a date in quotes ("2016-12-03", or the year alone: "2016")',
        ),
        (
            '"2016-12-03"',
            "2016-12-03",
            f'{SONG_1}.released: 2016-12-03 is not a date in quotes ("2016-12-03", or the year alone: "2016")'
            '; did you mean "2016-12-03"?',
        ),
        (
            'title = "Stay With Me"',
            "",
            f"{SONG_1}.title is missing; expected text of 1 to 100 characters",
        ),
        (
            'title = "Stay With Me"',
            'title = ""',
            f'{SONG_1}.title: "" is not text of 1 to 100 characters',
        ),
        (
            'title = "Stay With Me"',
            'title = " Stay"',
            f'{SONG_1}.title: " Stay" is not text without spaces at its ends; did you mean "Stay"?',
        ),
        (
            'title = "Stay With Me"',
            r'title = "Stay\u0007"',
            rf'{SONG_1}.title: "Stay\u0007" is not text without control characters',
        ),
        (
            '"main theme"',
            f'"{"x" * 121}"',
            f'{SONG_1}.role: "{"x" * 59}…" is not text of 1 to 120 characters',
        ),
        (
            '["yearning", "melancholic"]',
            "[]",
            f"{SONG_1}.moods: an empty list is not a list of 1 to 3, each a mood",
        ),
        (
            '["yearning", "melancholic"]',
            '["yearning", "yearning"]',
            f'{SONG_1}.moods[1]: "yearning" is not named only once in the list',
        ),
        (
            'sources = ["https://example.org/goblin/ost"]\nchecked = "two-sources"',
            'checked = "two-sources"',
            f"{SONG_1}.sources is missing; expected a list of 1 or more, each the address of a page (https://…)",
        ),
        (
            "https://example.org/goblin/ost",
            "ftp://example.org/ost",
            f'{SONG_1}.sources[0]: "ftp://example.org/ost" is not the address of a page (https://…)',
        ),
        (
            '"two-sources"',
            '"twice"',
            f'{SONG_1}.checked: "twice" is not "source" or "two-sources"',
        ),
        (
            'name = "Ailee"',
            'name = "에일리"',
            f'{SONG_2}.artists[0] "에일리".name: "에일리" is not a name in Latin letters (Hangul goes into name_ko)',
        ),
        (
            'id = "goblin"',
            'id = "gobln"',
            f'{GOBLIN_FILE}: drama.id: "gobln" is not the file\'s name "goblin"',
        ),
        (
            'id = "goblin-first-snow"',
            'id = "Goblin First Snow"',
            f'{GOBLIN_FILE}: songs[1] "Goblin First Snow".id: "Goblin First Snow" is not an id: '
            'a-z, 0-9 and single hyphens, at most 70 characters; did you mean "goblin-first-snow"?',
        ),
        (
            'id = "goblin-first-snow"',
            'id = "goblin-stay-with-me"',
            f'{GOBLIN_FILE}: songs[1] "goblin-stay-with-me".id: "goblin-stay-with-me" is not an id of its '
            f"own: {SONG_1} has it already",
        ),
        (
            '"goblin-snow"',
            '"scarlet-heart-say-yes"',
            f'{SONG_2}.formerly[0]: "scarlet-heart-say-yes" is not a past id: a song is called that now',
        ),
        (
            '"goblin-snow"',
            '"scarlet-heart"',
            f'{SONG_2}.formerly[0]: "scarlet-heart" is not a past id: a drama is called that now',
        ),
        (
            '"goblin-snow"',
            '"guardian"',
            f'{GOBLIN_FILE}: drama.formerly[0]: "guardian" is not a past id of one thing only: '
            '"goblin-first-snow" had it too',
        ),
        (
            "[drama]",
            "[Drama]",
            f'{GOBLIN_FILE}: Drama: "Drama" is not a key of a drama\'s file; did you mean "drama"?',
        ),
        ("[drama]", "[drama]\n[drama]", f"{GOBLIN_FILE}: the file is not TOML: "),
        ("part = 1", "part = ", f"{GOBLIN_FILE}: the file is not TOML: Invalid value (at line 19, column 8)"),
    ],
)
def test_a_mistake_is_told_in_one_plain_sentence(data_folder: DataFolder, old: str, new: str, sentence: str):
    data_folder.edit(GOBLIN_FILE, old, new)

    assert any(told.startswith(sentence) for told in data_folder.mistakes()), data_folder.mistakes()


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            SCARLET_FILE,
            "scarlet-heart-say-yes",
            "goblin-first-snow",
            f'{SCARLET_FILE}: songs[0] "goblin-first-snow".id: "goblin-first-snow" is not an id of its own: '
            f"{SONG_2} has it already",
        ),
        (
            SCARLET_FILE,
            'name = "Punch", role',
            'name = "Bae Jin-young", role',
            f'{SCARLET_FILE}: songs[0] "scarlet-heart-say-yes".artists[1] "Bae Jin-young".name: '
            '"Bae Jin-young" is not how this catalogue spells the artist; did you mean "Punch"?',
        ),
        (
            SCARLET_FILE,
            'name = "Punch", role',
            'name = "PUNCH", role',
            f'{SCARLET_FILE}: songs[0] "scarlet-heart-say-yes".artists[1] "PUNCH".name: '
            '"PUNCH" is not an artist with an id of their own; did you mean "Punch"?',
        ),
        (
            SCARLET_FILE,
            'name = "Punch", role',
            'name = "Punch", name_ko = "펀취", role',
            f'{SCARLET_FILE}: songs[0] "scarlet-heart-say-yes".artists[1] "Punch".name_ko: '
            '"펀취" is not this artist\'s Korean name in other songs; did you mean "펀치"?',
        ),
        (
            "artists.toml",
            '"Punch"',
            '"Punsh"',
            'artists.toml: Punsh: "Punsh" is not an artist of any song; did you mean "Punch"?',
        ),
        (
            "artists.toml",
            "aliases",
            "alias",
            'artists.toml: Punch.alias: "alias" is not a key of an artist; did you mean "aliases"?',
        ),
        (
            "collections/duets.toml",
            "goblin-stay-with-me",
            "goblin-stay-with-you",
            'collections/duets.toml: songs[0].id: "goblin-stay-with-you" is not the id of a song; '
            'did you mean "goblin-stay-with-me"?',
        ),
        (
            "collections/duets.toml",
            "goblin-stay-with-me",
            "goblin-snow",
            'collections/duets.toml: songs[0].id: "goblin-snow" is not the id of a song; '
            'did you mean "goblin-first-snow"?',
        ),
        (
            "collections/duets.toml",
            "The umbrella, the candles.",
            "x" * 141,
            f'collections/duets.toml: songs[0] "goblin-stay-with-me".note: "{"x" * 59}…" is not text of '
            "1 to 140 characters",
        ),
        ("collections/duets.toml", "🎤", "mic", 'collections/duets.toml: emoji: "mic" is not one emoji'),
        (
            "lists/a-fan-2017.toml",
            'song = "goblin-stay-with-me"',
            'song = "goblin-stay-with-mee"',
            'lists/a-fan-2017.toml: songs[0].song: "goblin-stay-with-mee" is not the id of a song; '
            'did you mean "goblin-stay-with-me"?',
        ),
        (
            "lists/a-fan-2017.toml",
            "ranked = true",
            'ranked = "yes"',
            'lists/a-fan-2017.toml: ranked: "yes" is not true or false',
        ),
        (
            "vocabulary.toml",
            "mood:melancholic",
            "mood:melancoly",
            'vocabulary.toml: listener_moods.rainy-day.tags: "mood:melancoly" is not a tag; '
            'did you mean "mood:melancholic"?',
        ),
        (
            "vocabulary.toml",
            "= 1.0",
            "= 1.5",
            'vocabulary.toml: listener_moods.rainy-day.tags."mood:melancholic": 1.5 is not a weight from '
            "-1 to 1, other than 0",
        ),
        (
            "vocabulary.toml",
            '[tempos."mid"]',
            '[tempos."middle"]',
            "vocabulary.toml: tempos.mid is missing; expected a word the program needs",
        ),
        (
            "vocabulary.toml",
            'label = "Fate"',
            f'label = "{"x" * 41}"',
            f'vocabulary.toml: themes.fate.label: "{"x" * 41}" is not text of 1 to 40 characters',
        ),
        (
            "vocabulary.toml",
            'label = "Fate"',
            'label = "Fate"\naliases = ["Longing"]',
            'vocabulary.toml: themes.fate.aliases[0]: "Longing" is not an alias of its own: it means "longing" too',
        ),
    ],
)
def test_mistakes_of_the_other_files_are_told_the_same_way(
    data_folder: DataFolder, file: str, old: str, new: str, sentence: str
):
    data_folder.edit(file, old, new)

    assert sentence in data_folder.mistakes()
