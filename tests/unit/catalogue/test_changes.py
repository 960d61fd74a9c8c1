"""What a reload changed."""

from tiny_data import GOBLIN, DataFolder

from bot.catalogue import Count, compare


def test_nothing_changed_between_two_readings_of_the_same_files(data_folder: DataFolder):
    changes = compare(data_folder.load(), data_folder.load())

    assert (changes.added, changes.changed, changes.removed) == ((), (), ())
    assert changes.dramas == Count(2, 2)
    assert changes.collections == Count(1, 1)


def test_added_changed_and_removed_songs_are_told_apart(data_folder: DataFolder):
    old = data_folder.load()
    data_folder.edit("dramas/goblin.toml", "part = 1", "part = 2")
    data_folder.edit("dramas/scarlet-heart.toml", "scarlet-heart-say-yes", "scarlet-heart-for-you")
    data_folder.edit("collections/duets.toml", "scarlet-heart-say-yes", "scarlet-heart-for-you")

    changes = compare(old, data_folder.load())

    assert changes.added == ("scarlet-heart-for-you",)
    assert changes.changed == ("goblin-stay-with-me",)
    assert changes.removed == ("scarlet-heart-say-yes",)


def test_a_renamed_song_is_a_changed_one(data_folder: DataFolder):
    old = data_folder.load()
    data_folder.edit("dramas/goblin.toml", 'formerly = ["goblin-snow"]', 'formerly = ["goblin-first-snow"]')
    data_folder.edit("dramas/goblin.toml", 'id = "goblin-first-snow"', 'id = "goblin-the-first-snow"')

    changes = compare(old, data_folder.load())

    assert (changes.added, changes.changed, changes.removed) == ((), ("goblin-the-first-snow",), ())


def test_dramas_and_collections_are_counted_before_and_after(data_folder: DataFolder):
    old = data_folder.load()
    data_folder.write("dramas/ogre.toml", GOBLIN.replace("goblin", "ogre").replace("guardian", "ogre-1"))
    (data_folder.root / "collections/duets.toml").unlink()

    changes = compare(old, data_folder.load())

    assert changes.dramas == Count(2, 3)
    assert changes.collections == Count(1, 0)
