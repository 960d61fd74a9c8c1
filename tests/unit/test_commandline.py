"""The command line, as somebody at a terminal or a program at its pipe meets it."""

import importlib.metadata
import io
import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from types import ModuleType
from typing import get_args

import discord
import pytest

from bot import __version__
from bot import recommend as because
from bot.__main__ import main
from bot.catalogue import DATA, Catalogue, CatalogueError, CollectionId, Mistake, SongId, load
from bot.commandline.reasons import reason_line
from bot.settings import Settings
from bot.store import StoreError

ROOT = Path(__file__).parents[2]
SONG = "goblin-stay-with-me"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to be in, and no settings."""
    monkeypatch.chdir(tmp_path)
    for name in ("DISCORD_TOKEN", "DATABASE", "DATA_DIR", "LOG_LEVEL", "OWNER_IDS", "ADMIN_GUILD_ID"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def serve_with(monkeypatch: pytest.MonkeyPatch, outcome: BaseException | int) -> list[Settings]:
    """Put a stand-in where the bot would be served; returns the settings it is given."""
    served: list[Settings] = []

    async def serve(settings: Settings) -> int:
        served.append(settings)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome

    app = ModuleType("bot.app")
    app.__dict__["serve"] = serve
    monkeypatch.setitem(sys.modules, "bot.app", app)
    monkeypatch.setenv("DISCORD_TOKEN", "abc")
    return served


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str | bytes) -> None:
    typed = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))


def printed_lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, list[dict[str, str]]]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def terminal(*words: str, cwd: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "DISCORD_TOKEN"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=cwd,
        env={**kept, "PYTHONPATH": str(ROOT), **environ},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def refusal(*words: str) -> int | str | None:
    with pytest.raises(SystemExit) as left:
        main(list(words))
    return left.value.code


def test_help_names_every_command_and_shows_how_to_start() -> None:
    shown = terminal("--help")

    assert shown.returncode == 0
    for command in ("run", "demo", "check", "search", "recommend"):
        assert f"python -m bot {command}" in shown.stdout


@pytest.mark.parametrize("command", ["run", "demo", "check", "search", "recommend"])
def test_each_command_explains_itself(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal(command, "--help") == 0
    assert len(capsys.readouterr().out.splitlines()) > 5


def test_help_does_not_wait_for_discord_or_the_catalogue() -> None:
    question = (
        "import sys, bot.__main__ as m\ntry: m.main(['--help'])\nexcept SystemExit: pass\n"
        "sys.exit(bool({'discord', 'numpy', 'bot.catalogue'} & sys.modules.keys()))"
    )

    asked = subprocess.run([sys.executable, "-c", question], cwd=ROOT, capture_output=True, timeout=60, check=False)

    assert asked.returncode == 0


def test_no_command_at_all_shows_the_help_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "start here" in capsys.readouterr().err


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert refusal("--version") == 0
    assert capsys.readouterr().out == f"noraebot {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ("search",),
        ("search", "goblin", "--batch"),
        ("search", "goblin", "--limit", "0"),
        ("search", "goblin", "--limit", "many"),
        ("recommend", "--batch", "--like", SONG),
        ("recommend", "--batch", "--json"),
        ("recommend", "--count", "6"),
        ("recommend", "--era", "2015-2010"),
        ("recommend", "--era", "-"),
        ("recommend", "--era", "lately"),
        ("demo", "--port", "65536"),
        ("demo", "--locale", "fr"),
        ("dance",),
    ],
)
def test_arguments_that_make_no_sense_are_refused_with_a_sentence(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert refusal(*words) == 2
    assert "error: " in capsys.readouterr().err


def test_without_a_token_run_names_the_file_and_the_demo(nowhere: Path) -> None:
    refused = terminal("run", cwd=nowhere)

    assert refused.returncode == 2
    assert "DISCORD_TOKEN is missing" in refused.stderr
    assert str(nowhere / ".env") in refused.stderr
    assert "python -m bot demo" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_bad_settings_and_the_missing_token_are_told_together(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (nowhere / ".env").write_text("OWNER_IDS=me\n", "utf-8")
    monkeypatch.setenv("LOG_LEVEL", "loud")

    assert main(["run"]) == 2
    told = capsys.readouterr().err
    assert all(name in told for name in ("LOG_LEVEL is", "OWNER_IDS is", "DISCORD_TOKEN is missing", "demo"))


def test_a_token_that_is_there_is_not_called_missing(
    nowhere: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (nowhere / ".env").write_text("DISCORD_TOKEN=abc\n", "utf-8")
    monkeypatch.setenv("LOG_LEVEL", "loud")

    assert main(["run"]) == 2
    assert "DISCORD_TOKEN" not in capsys.readouterr().err


def test_run_serves_with_the_settings_and_returns_its_exit_code(nowhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    served = serve_with(monkeypatch, 0)

    assert main(["run"]) == 0
    assert [settings.token for settings in served] == ["abc"]


@pytest.mark.parametrize(
    ("outcome", "code", "sentence"),
    [
        (CatalogueError([Mistake("dramas/x.toml", "drama.year", '"old"', "a year")]), 1, "is not a year"),
        (StoreError(Path("songs.sqlite3"), "no luck"), 1, "songs.sqlite3 failed: no luck"),
        (discord.LoginFailure("Improper token has been passed."), 2, "does not accept this DISCORD_TOKEN"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_what_hinders_the_start_is_told_in_plain_words(
    outcome: BaseException,
    code: int,
    sentence: str,
    nowhere: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    serve_with(monkeypatch, outcome)

    assert main(["run"]) == code
    assert sentence in capsys.readouterr().err


def test_the_demo_gets_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[int, bool, str]] = []

    def run_demo(port: int, open_browser: bool, locale: str) -> int:
        shown.append((port, open_browser, locale))
        return 1

    stage = ModuleType("bot.demo")
    stage.__dict__["run_demo"] = run_demo
    monkeypatch.setitem(sys.modules, "bot.demo", stage)

    assert main(["demo", "--port", "0", "--no-browser", "--locale", "ko"]) == 1
    assert shown == [(0, False, "ko")]


def test_the_demo_without_simcord_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in [name for name in sys.modules if name.startswith(("bot.demo", "simcord"))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "simcord", None)

    assert main(["demo"]) == 2
    assert "pip install -e '.[demo]'" in capsys.readouterr().err


def test_check_counts_the_catalogue(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--json"]) == 0

    assert json.loads(capsys.readouterr().out) == {
        "dramas": len(catalogue.dramas),
        "songs": len(catalogue.songs),
        "artists": len(catalogue.artists),
        "collections": len(catalogue.collections),
        "lists": len(catalogue.lists),
        "mistakes": [],
    }


def test_check_in_words_says_that_all_is_well(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert f"No mistakes: {len(catalogue.dramas):,} dramas" in capsys.readouterr().out


def test_check_lists_every_mistake_of_a_folder_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--data", str(tmp_path)]) == 1
    told = capsys.readouterr().out.splitlines()
    assert main(["check", "--data", str(tmp_path), "--json"]) == 1
    mistakes = json.loads(capsys.readouterr().out)["mistakes"]

    assert [mistake["sentence"] for mistake in mistakes] == told[:-1]
    assert told[-1] == f"{len(mistakes)} mistakes."
    assert {"file", "key", "value", "expected", "nearest"} < mistakes[0].keys()


@pytest.mark.parametrize("words", [["search", "goblin"], ["recommend"]])
def test_a_broken_catalogue_answers_nothing_but_its_mistakes(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*words, "--data", str(tmp_path)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "vocabulary.toml" in told.err


def test_search_shows_title_singers_drama_and_id(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "stay", "with", "me", "goblin", "--limit", "1"]) == 0

    shown = capsys.readouterr().out
    assert shown.startswith("Stay With Me — Chanyeol, Punch · Goblin (2016)\n")
    assert SONG in shown


def test_search_as_json_says_why_where_the_shown_names_do_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "도깨비", "--limit", "2", "--json"]) == 0

    (answer,) = printed_lines(capsys)
    assert [song["why"] for song in answer["songs"]] == ["도깨비 → Goblin"] * 2


def test_search_that_finds_only_the_nearest_admits_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "qqqqzzzzxxxx", "--json"]) == 0

    (answer,) = printed_lines(capsys)
    assert {song["why"] for song in answer["songs"]} <= {"merely the nearest"}


def test_a_batch_of_searches_gets_one_line_each_in_order(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(
        monkeypatch,
        '{"query": "stay with me goblin", "limit": 1}',
        "",
        '{"query": "goblin"}',
        '{"query": "goblin", "limit": 99999999999999999999}',
    )

    assert main(["search", "--batch"]) == 0
    one, ten, many = (answer["songs"] for answer in printed_lines(capsys))
    assert [song["id"] for song in one] == [SONG]
    assert len(ten) == 10
    assert many[:10] == ten


@pytest.mark.parametrize(
    "bad",
    [
        "not json",
        "[]",
        "{}",
        '{"query": 5}',
        '{"query": "x", "limit": 0}',
        '{"query": "x", "limit": true}',
        '{"query": "x", "limit": "5"}',
        "[" * 100_000,
        b'{"query": "\xff"}',
    ],
)
def test_a_bad_line_gets_an_error_and_its_neighbours_their_answers(
    bad: str | bytes, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good = '{"query": "goblin", "limit": 1}'
    type_in(monkeypatch, good, bad, good)

    assert main(["search", "--batch"]) == 1
    before, error, after = printed_lines(capsys)
    assert before == after
    assert before["songs"]
    assert list(error) == ["error"]


def test_a_batch_of_likes_never_gives_back_what_is_liked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    type_in(
        monkeypatch,
        json.dumps({"like": [SONG, "no-such-song"], "limit": 5}),
        json.dumps({"like": []}),
        json.dumps({"like": SONG}),
        json.dumps({"like": [1]}),
    )

    assert main(["recommend", "--batch"]) == 1
    liked, bare, *bad = printed_lines(capsys)
    assert len(liked["songs"]) == 5
    assert SONG not in [song["id"] for song in liked["songs"]]
    assert all(song["why"] for song in liked["songs"])
    assert len(bare["songs"]) == 50
    assert [list(error) for error in bad] == [["error"], ["error"]]


def test_lists_from_a_file_replace_those_of_the_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    partner = "business-proposal-love-maybe"
    lists = tmp_path / "lists.jsonl"
    lists.write_text(
        "".join(
            json.dumps({"list": f"fan-{number}", "songs": [{"id": SONG}, {"id": partner}]}) + "\n"
            for number in range(6)
        ),
        "utf-8",
    )
    silence = tmp_path / "silence.jsonl"
    silence.write_text("", "utf-8")
    places: list[int] = []

    for file in (lists, silence):
        type_in(monkeypatch, json.dumps({"like": [SONG], "limit": 1000}))
        assert main(["recommend", "--batch", "--lists", str(file)]) == 0
        (answer,) = printed_lines(capsys)
        places.append(([*ids(answer), partner]).index(partner))

    assert places[0] < 50 < places[1]
    assert not [song for song in answer["songs"] if "list" in song["why"] or "collection" in song["why"]]


def test_lists_that_cannot_be_read_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "lists.jsonl"
    broken.write_text("{", "utf-8")

    assert main(["recommend", "--lists", str(broken)]) == 1
    assert "lists.jsonl: line 1" in capsys.readouterr().err
    assert main(["recommend", "--lists", str(tmp_path / "none.jsonl")]) == 2
    assert "none.jsonl cannot be read" in capsys.readouterr().err
    broken.write_bytes(b"\xff")
    assert main(["recommend", "--lists", str(broken)]) == 2
    assert "UTF-8" in capsys.readouterr().err


def test_every_wish_of_a_recommendation_is_met(catalogue: Catalogue, capsys: pytest.CaptureFixture[str]) -> None:
    wishes = ["--mood", "rainy-day", "--voices", "female", "--era", "2010-2015", "--count", "5"]

    assert main(["recommend", "--like", SONG, "--like", "goblin", "--like", "punch", *wishes, "--json"]) == 0

    (answer,) = printed_lines(capsys)
    years = [catalogue.drama_of(song).year for song in map(catalogue.song, ids(answer)) if song]
    assert len(years) == 5
    assert all(2010 <= year <= 2015 for year in years)


@pytest.mark.parametrize(("era", "first", "last"), [("2016", 2016, 2016), ("2020-", 2020, 9999), ("-2009", 0, 2009)])
def test_an_era_may_be_one_year_or_open(
    era: str, first: int, last: int, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recommend", "--json", "--era", era]) == 0

    (answer,) = printed_lines(capsys)
    songs = [song for song in map(catalogue.song, ids(answer)) if song]
    assert len(songs) == 3
    assert all(first <= catalogue.drama_of(song).year <= last for song in songs)


@pytest.mark.parametrize("source", ["goblin", "punch", "ost-royalty"])
def test_a_source_may_be_a_drama_an_artist_or_a_collection(
    source: str, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recommend", "--from", source, "--json"]) == 0

    drama, artist, collection = catalogue.drama(source), catalogue.artist(source), catalogue.collection(source)
    theirs = drama.songs if drama else artist.songs if artist else ()
    within = set(theirs) or {entry.song for entry in (collection.entries if collection else ())}
    (answer,) = printed_lines(capsys)
    assert len(answer["songs"]) == 3
    assert within >= set(ids(answer))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (("--like", "goblin-stay-wiht-me"), SONG),
        (("--mood", "rainy-dya"), "rainy-day"),
        (("--voices", "mixd-duet"), "mixed-duet"),
        (("--from", "ost-royalti"), "ost-royalty"),
    ],
)
def test_a_name_that_is_not_there_is_refused_with_the_nearest(
    words: tuple[str, str], meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recommend", *words]) == 2
    assert f'did you mean "{meant}"?' in capsys.readouterr().err


def test_wishes_that_nothing_meets_say_which_to_drop(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recommend", "--from", "goblin", "--era", "1999", "--json"]) == 0

    told = capsys.readouterr()
    assert json.loads(told.out) == {"songs": []}
    assert told.err.startswith("0 of 3 songs fit; without the wish for ")


def test_a_recommendation_in_words_gives_a_reason_under_each_song(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["recommend", "--like", SONG]) == 0

    shown = capsys.readouterr().out.splitlines()
    assert len(shown) == 6
    assert all(" — " in title for title in shown[::2])
    assert all(" · " in reason for reason in shown[1::2])


def test_a_reader_who_leaves_early_is_no_trouble() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "search", "--batch"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as program:
        assert program.stdout
        program.stdout.close()
        assert program.stdin
        program.stdin.write(b'{"query": "goblin"}\n')
        program.stdin.close()
        assert program.stderr
        complaint = program.stderr.read()

    assert program.returncode == 1
    assert complaint == b""


def test_korean_is_printed_as_utf8_wherever_it_goes() -> None:
    found = terminal("search", "도깨비", "--limit", "1", "--json", PYTHONIOENCODING="ascii")

    assert json.loads(found.stdout)["songs"][0]["why"] == "도깨비 → Goblin"


def test_every_reason_there_is_has_a_line_that_names_what_it_counted(catalogue: Catalogue) -> None:
    told = {
        "seed": SONG,
        "near": SONG,
        "drama": "goblin",
        "artist": "punch",
        "collection": "ost-royalty",
        "group": "EXO",
        "published": "a-fan-2017",
        "people": 7,
        "lists": 7,
        "year": 2016,
        "mood": "rainy-day",
        "voicing": "mixed-duet",
        "tags": ("mood:yearning", "tempo:ballad"),
        "loved": True,
        "sings": False,
    }
    shown = {
        "seed": "Stay With Me",
        "near": "Stay With Me",
        "drama": "Goblin",
        "artist": "Punch",
        "tags": "Yearning",
        "mood": catalogue.vocabulary.listener_moods["rainy-day"].label,
        "voicing": catalogue.vocabulary.voicings["mixed-duet"].label,
        "collection": catalogue.collections[CollectionId("ost-royalty")].title,
    }

    for reason_class in get_args(because.Reason):
        names = [field.name for field in fields(reason_class)]
        line = reason_line(reason_class(**{name: told[name] for name in names}), catalogue)
        for name in names:
            if name not in ("loved", "sings"):
                assert str(shown.get(name, told[name])) in line
        assert ("because you love" in line) == ("loved" in names)


def test_a_song_that_left_the_catalogue_is_named_by_its_id(catalogue: Catalogue) -> None:
    gone = because.SharedGroup(SongId("gone-song"), "EXO", loved=False)

    assert reason_line(gone, catalogue) == "like gone-song: EXO again"


def test_the_installed_command_is_this_one() -> None:
    commands = importlib.metadata.entry_points(group="console_scripts", name="noraebot")

    assert all(command.value == "bot.__main__:main" for command in commands)
    assert 'noraebot = "bot.__main__:main"' in (ROOT / "pyproject.toml").read_text("utf-8")


def test_the_catalogue_that_comes_with_the_bot_is_the_default() -> None:
    assert ROOT / "data" == DATA


def ids(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [song["id"] for song in answer["songs"]]
