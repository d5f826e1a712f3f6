"""The key of a protected matter: Argon2id over the passphrase, with salt and parameters in a header file beside it."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from argon2.low_level import Type, hash_secret_raw

from app.errors import UserError
from app.storage.files import write_whole

WRONG_PASSPHRASE = "The passphrase is wrong; capital letters and the keyboard's language matter."
BAD_HEADER = "The key file beside the matter is damaged: take it from a backup, without it the matter cannot be opened."

# A hostile or damaged header must not make us take all memory or hours.
_MOST_MEMORY_KIB = 4 * 1024 * 1024
_MOST_TIME = 64


@dataclass(frozen=True, slots=True)
class KeyCost:
    """Argon2id's cost. The default is RFC 9106's for machines whose memory is needed elsewhere."""

    time: int = 3
    memory_kib: int = 64 * 1024
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class KeyHeader:
    """What must be known besides the passphrase; `check` tells a wrong passphrase from a damaged file."""

    salt: bytes
    cost: KeyCost
    check: str


def create_header(path: Path, passphrase: str, cost: KeyCost) -> bytes:
    """Choose a salt, write the header file, return the 32-byte key."""
    if not passphrase:
        raise UserError("An empty passphrase protects nothing: choose another, or none.")
    salt = os.urandom(16)
    key, check = _derive(passphrase, salt, cost)
    header = {
        "format": 1,
        "kdf": "argon2id",
        "salt": salt.hex(),
        "time": cost.time,
        "memory_kib": cost.memory_kib,
        "lanes": cost.lanes,
        "check": check,
    }
    write_whole(path, json.dumps(header, indent=1).encode())
    return key


def key_from_header(path: Path, passphrase: str) -> bytes:
    """The 32-byte key; UserError where the passphrase is wrong or the header is damaged."""
    header = _read_header(path)
    key, check = _derive(passphrase, header.salt, header.cost)
    if not hmac.compare_digest(check, header.check):
        raise UserError(WRONG_PASSPHRASE)
    return key


def _derive(passphrase: str, salt: bytes, cost: KeyCost) -> tuple[bytes, str]:
    # NFC: a Mac's keyboard and a PC's give the same letters in different code points.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    raw = hash_secret_raw(secret, salt, cost.time, cost.memory_kib, cost.lanes, 64, Type.ID)
    return raw[:32], hashlib.sha256(raw[32:]).hexdigest()


def _read_header(path: Path) -> KeyHeader:
    try:
        raw = json.loads(path.read_bytes()[:10_000])
        cost = KeyCost(int(raw["time"]), int(raw["memory_kib"]), int(raw["lanes"]))
        header = KeyHeader(bytes.fromhex(raw["salt"]), cost, str(raw["check"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise UserError(BAD_HEADER) from None
    sane = (
        1 <= cost.time <= _MOST_TIME and 8 * cost.lanes <= cost.memory_kib <= _MOST_MEMORY_KIB and 1 <= cost.lanes <= 64
    )
    if raw.get("format") != 1 or raw.get("kdf") != "argon2id" or not sane or len(header.salt) < 8:
        raise UserError(BAD_HEADER)
    return header
