"""Making a damaged matter usable again from the journal: its facts and every decision; contracts are read anew."""

from __future__ import annotations

from pathlib import Path

from app.errors import UserError
from app.storage import contracts
from app.storage.database import MatterDatabase, locked, unlock
from app.storage.files import MatterFiles
from app.storage.journal import Journal


def recover_matter(path: Path, passphrase: str | None = None, *, migrations: Path | None = None) -> MatterDatabase:
    """Set the damaged database aside (".damaged") and open a new one with all that the journal holds.

    UserError where there is no journal. The documents must be imported again; decisions attach by finding key.
    """
    files = MatterFiles(path)
    if not files.journal.exists():
        raise UserError("The matter has no journal beside it: restore both files from a backup.")
    lock = locked(files)
    try:
        key = unlock(files, passphrase) if files.header.exists() else None
        journal = Journal(files.journal, key)
        facts, corrected = journal.entries("matter"), journal.entries("correction")
        journal.close()
        if not facts:
            raise UserError("The matter's journal is damaged too: restore both files from a backup.")
        for ending in ("", "-wal", "-shm"):
            damaged = path.with_name(path.name + ending)
            if damaged.exists():
                damaged.replace(path.with_name(path.name + ".damaged" + ending))
        matter = contracts.matter_from_json(facts[-1])
        MatterDatabase.lay(files, key, matter, migrations)
    finally:
        lock.release()
    database = MatterDatabase.open(path, passphrase, migrations=migrations)
    held = {tuple(entry["correction"][:3]): entry["correction"] for entry in corrected}
    for contract_id, clause_type, quote, value, user in held.values():
        database.correct_value(contract_id, clause_type, quote, value, user)
    return database
