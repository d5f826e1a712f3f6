"""Recognises a folder that a sync service copies away or that lies on a network share."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import psutil

# A folder's name (lower case, up to " - " or " (") -> the service, as its users call it.
_SERVICES: Mapping[str, str] = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "drivefs": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "box": "Box",
    "box sync": "Box",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "pclouddrive": "pCloud",
    "mega": "MEGA",
    "megasync": "MEGA",
    "synologydrive": "Synology Drive",
    "seafile": "Seafile",
    "creative cloud files": "Creative Cloud",
    "cloudstorage": "a cloud storage service",  # macOS: ~/Library/CloudStorage/<service>
}
_ONEDRIVE_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_SHARES = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "ncpfs", "afs", "glusterfs", "ceph",
        "fuse.sshfs", "fuse.davfs", "fuse.davfs2", "fuse.rclone", "fuse.glusterfs", "fuse.gvfsd-fuse",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mount:
    """A mounted file system; `remote` where the system itself says so (Windows)."""

    point: str
    kind: str
    remote: bool = False


def mounts() -> list[Mount]:
    """What is mounted now."""
    return [Mount(p.mountpoint, p.fstype.lower(), "remote" in p.opts) for p in psutil.disk_partitions(all=True)]


def location_warning(
    path: PurePath, environ: Mapping[str, str] | None = None, mounted: Sequence[Mount] | None = None
) -> str | None:
    """One sentence where what is stored in `path` (absolute, links resolved) leaves this computer, else None."""
    service = _service(path, os.environ if environ is None else environ)
    if service is not None:
        return (
            f"This folder is kept in step with {service}: what is stored here is copied to computers of others, "
            "so choose a folder outside it unless your client has agreed."
        )
    if _on_share(path, mounts() if mounted is None else mounted):
        return (
            "This folder lies on a network share: what is stored here leaves this computer and others may read it, "
            "so choose a folder on a disk of this computer unless your client has agreed."
        )
    return None


def _service(path: PurePath, environ: Mapping[str, str]) -> str | None:
    for name in _ONEDRIVE_VARIABLES:
        root = environ.get(name)
        if root and path.is_relative_to(type(path)(root)):
            return "OneDrive"
    for part in reversed(path.parts):
        plain = part.casefold().split(" - ")[0].split(" (")[0].split("-")[0].strip()
        if plain in _SERVICES:
            return _SERVICES[plain]
    return None


def _on_share(path: PurePath, mounted: Sequence[Mount]) -> bool:
    text = str(path)
    if text.startswith(("\\\\", "//")):
        return not text.startswith(("\\\\?\\", "\\\\.\\")) or text[4:8].upper() == "UNC\\"
    holding = [m for m in mounted if m.point and path.is_relative_to(type(path)(m.point))]
    nearest = max(holding, key=lambda m: len(m.point), default=None)
    return nearest is not None and (nearest.remote or nearest.kind in _SHARES)
