"""Fixtures of the catalogue's tests."""

from pathlib import Path

import pytest
from tiny_data import FILES, DataFolder


@pytest.fixture
def data_folder(tmp_path: Path) -> DataFolder:
    """Write the tiny data folder to disk, for one test alone."""
    folder = DataFolder(tmp_path)
    for file, text in FILES.items():
        folder.write(file, text)
    return folder
