"""Folders that leave the computer are recognised, others are left alone."""

from __future__ import annotations

from pathlib import PurePath, PurePosixPath, PureWindowsPath

import pytest

from app.storage.locations import Mount, location_warning

MOUNTS = [Mount("/", "ext4"), Mount("/mnt/firm", "cifs"), Mount("/mnt/firm/local", "ext4"), Mount("Z:\\", "ntfs", True)]


@pytest.mark.parametrize(
    ("path", "named"),
    [
        (PurePosixPath("/home/a/Dropbox/deal"), "Dropbox"),
        (PurePosixPath("/home/a/Dropbox (Firm LLP)/deal"), "Dropbox"),
        (PureWindowsPath(r"C:\Users\a\OneDrive - Firm LLP\deal"), "OneDrive"),
        (PureWindowsPath(r"D:\Work\Sync\deal"), "OneDrive"),
        (PurePosixPath("/Users/a/Library/CloudStorage/GoogleDrive-a@firm.example/My Drive/x"), "Google Drive"),
        (PurePosixPath("/Users/a/Library/CloudStorage/Egnyte-firm/x"), "cloud storage"),
        (PurePosixPath("/Users/a/Library/Mobile Documents/com~apple~CloudDocs/x"), "iCloud"),
        (PureWindowsPath(r"\\server\deals\x"), "network share"),
        (PureWindowsPath(r"\\?\UNC\server\deals\x"), "network share"),
        (PureWindowsPath(r"Z:\deals"), "network share"),
        (PurePosixPath("/mnt/firm/deal"), "network share"),
    ],
)
def test_recognised(path: PurePath, named: str) -> None:
    warning = location_warning(path, {"OneDriveCommercial": r"D:\Work\Sync"}, MOUNTS)
    assert warning is not None
    assert named in warning


@pytest.mark.parametrize(
    "path",
    [
        PurePosixPath("/home/a/.local/share/Privity"),
        PurePosixPath("/mnt/firm/local/deal"),
        PurePosixPath("/home/a/toolbox/deal"),
        PurePosixPath("/home/a/Deals/Dropbox Inc. supply agreement"),
        PureWindowsPath(r"C:\Users\a\AppData\Local\Privity"),
        PureWindowsPath(r"\\?\C:\Users\a\Privity"),
    ],
)
def test_left_alone(path: PurePath) -> None:
    assert location_warning(path, {}, MOUNTS) is None
