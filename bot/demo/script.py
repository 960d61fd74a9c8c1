"""The demo's cast and lines: who is there, what they say, what they have loved already."""

from __future__ import annotations

from dataclasses import dataclass

SERVER = "K-drama Club"
CHANNEL = "soundtracks"
MEMBERS = ("Sora", "Leo", "Yuna", "Ade", "Bruna")
"""Members one cannot be: they are why the counts are alive."""

LOVED: dict[str, tuple[str, ...]] = {
    "goblin-stay-with-me": ("Joon", "Hana", "Sora", "Leo", "Yuna"),
    "goblin-i-will-go-to-you-like-the-first-snow": ("Joon", "Ade", "Yuna"),
    "goblin-beautiful": ("Hana", "Bruna"),
    "crash-landing-on-you-flower": ("Sora", "Bruna", "Ade"),
    "crash-landing-on-you-give-you-my-heart": ("Hana", "Leo"),
    "hotel-del-luna-remember-me": ("Joon", "Sora"),
    "hotel-del-luna-can-you-see-my-heart": ("Hana", "Yuna", "Ade", "Bruna"),
    "its-okay-thats-love-best-luck": ("Joon",),
}
"""Song ids and the members who pressed the heart; ids that the catalogue no longer has are left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A comment of the demo in both languages, and the members who like it."""

    song: str
    member: str
    english: str
    korean: str
    liked_by: tuple[str, ...] = ()
    spoiler: bool = False
    episode: int | None = None

    def text(self, locale: str) -> str:
        """Return the words for one locale."""
        return self.korean if locale == "ko" else self.english


COMMENTS = (
    Line(
        "goblin-stay-with-me",
        "Joon",
        "The first low notes and I am back on that pier in the wind.",
        "첫 저음만 들어도 바람 부는 그 방파제로 돌아가요.",
        liked_by=("Hana", "Sora", "Yuna"),
    ),
    Line(
        "goblin-stay-with-me",
        "Leo",
        "From the day she sees the sword this one sounds different.",
        "검을 보게 되는 그날부터 이 노래가 다르게 들려요.",
        liked_by=("Joon",),
        spoiler=True,
        episode=7,
    ),
    Line(
        "crash-landing-on-you-flower",
        "Bruna",
        "Soft enough for the bus home, warm enough to miss my stop.",
        "퇴근길 버스에서 듣다가 내릴 곳을 지나쳤어요.",
        liked_by=("Ade",),
    ),
    Line(
        "hotel-del-luna-can-you-see-my-heart",
        "Hana",
        "Our club's karaoke closer. Nobody has ever got through it dry-eyed.",
        "우리 모임 노래방 마지막 곡. 울지 않고 부른 사람이 없어요.",
        liked_by=("Yuna", "Ade"),
    ),
)

WELCOME = {
    "en": """\
## 🎵 Welcome to K-drama Club
I am **Noraebot**: I find the songs that made a K-drama scene stay with you. Type in the box below:
- **/recommend** – three songs and why; then tap what you love, and the next ones are yours
- **/song** `Stay With Me` – one song's card: react with ❤️ to vote, and comment on why it stays with you
- **/find** `that goblin duet` – half a title, a drama, a singer, a mood, or Hangul: 도깨비
- **/collections**, **/drama**, **/artist** – browse
- **/favourites**, **/comments** – what you kept and said
- **/help** – everything else

At the top, under “Viewing as”, you can be **Mina** (new here), **Joon** (has favourites already) or \
**Hana**, who runs this server and the bot: she also has **/admin**.
-# Nothing here is kept: when the demo ends, its votes and comments go with it.""",
    "ko": """\
## 🎵 K-drama Club에 오신 것을 환영해요
저는 **Noraebot**이에요. 드라마의 한 장면을 마음에 남게 한 노래를 찾아 드려요. 아래 입력창에 써 보세요.
- **/recommend** – 노래 세 곡과 추천하는 이유. 좋아하는 곡을 누르면 다음 추천이 달라져요
- **/song** `Stay With Me` – 노래 카드 한 장. ❤️ 반응으로 투표하고 댓글로 이유를 남겨요
- **/find** `도깨비` – 제목 일부, 드라마, 가수, 기분, 한글이나 로마자 모두 좋아요
- **/collections**, **/drama**, **/artist** – 둘러보기
- **/favourites**, **/comments** – 내가 담고 남긴 것
- **/help** – 그 밖의 모든 것

위쪽 “Viewing as”에서 **Mina**(처음 온 사람), **Joon**(이미 좋아하는 곡이 있는 사람), \
또는 서버와 봇을 운영하는 **Hana**가 되어 보세요. Hana는 **/admin**도 쓸 수 있어요.
-# 여기서 한 투표와 댓글은 데모가 끝나면 함께 사라져요.""",
}

TOPIC = {
    "en": "Songs, and the scenes they come from",
    "ko": "노래, 그리고 그 노래가 흐르던 장면",
}
