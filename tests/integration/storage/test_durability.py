"""Nothing acknowledged is lost: killed processes, full disks, locked and damaged files."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as dbapi
from matter_data import ASSESSMENT, CANARY, CONTRACT, FINDING, MATTER, PASSPHRASE, TEXT, decide, fill, finding

from app.domain.findings import Action
from app.errors import UserError
from app.storage.database import MatterDatabase
from app.storage.files import MatterFiles
from app.storage.journal import Journal
from app.storage.recovery import recover_matter

WRITER = """
import sys, threading
sys.path[:0] = sys.argv[3:]
from dataclasses import replace
from pathlib import Path
from matter_data import TEXT, decide, finding
from app.storage.database import MatterDatabase

database = MatterDatabase.open(Path(sys.argv[1]), sys.argv[2] or None)

def fill():
    number = 0
    while True:
        number += 1
        database.put_text(replace(TEXT, text=TEXT.text * 200 + str(number), text_id=""))

threading.Thread(target=fill, daemon=True).start()
number = 0
while True:
    print(decide(database, finding(number)).hash, flush=True)
    number += 1
"""


def kill_while_writing(path: Path, passphrase: str | None, acknowledged: int) -> list[str]:
    """The hashes that a process had acknowledged when it was killed."""
    here = Path(__file__).resolve()
    command = [sys.executable, "-c", WRITER, str(path), passphrase or "", str(here.parent), str(here.parents[3])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        hashes = [child.stdout.readline().strip() for _ in range(acknowledged)]
        child.kill()
        rest = child.stdout.read()
    # A line may be cut by the kill; a whole one was acknowledged.
    return hashes + rest.split("\n")[:-1]


def test_sigkill_loses_no_acknowledged_decision(
    make: Callable[[], MatterDatabase], path: Path, passphrase: str | None
) -> None:
    make().close()
    hashes = kill_while_writing(path, passphrase, 12)
    assert len(hashes) >= 12
    with MatterDatabase.open(path, passphrase) as database:
        assert [d.hash for d in database.decisions()][: len(hashes)] == hashes
        assert database.verify_chain() == []
        assert database.check()


def test_a_lost_wal_costs_no_decision(make: Callable[[], MatterDatabase], path: Path, passphrase: str | None) -> None:
    make().close()
    hashes = kill_while_writing(path, passphrase, 5)
    wal = path.with_name(path.name + "-wal")
    wal.write_bytes(b"\0" * wal.stat().st_size)
    with MatterDatabase.open(path, passphrase) as database:
        assert database.replayed >= 5
        assert [d.hash for d in database.decisions()][: len(hashes)] == hashes
        assert database.verify_chain() == []


def test_a_damaged_database_names_its_last_decision_and_is_recovered(
    make: Callable[[], MatterDatabase], path: Path, passphrase: str | None
) -> None:
    with make() as database:
        fill(database)
        log = [decide(database, finding(n)) for n in range(3)]
        database.correct_value(CONTRACT.contract_id, "Renewal Term", "quote", {"days": 60}, "A")
    with path.open("r+b") as file:
        file.seek(0)
        file.write(os.urandom(4096) if passphrase else b"SQLite format 3\0" + os.urandom(4080))
    with pytest.raises(UserError, match="journal holds 3 decisions"):
        MatterDatabase.open(path, passphrase)
    with recover_matter(path, passphrase) as database:
        assert database.decisions() == log
        assert database.matter() == MATTER
        assert database.corrections(CONTRACT.contract_id) == {("Renewal Term", "quote"): {"days": 60}}
        fill(database)
        assert database.findings() == [FINDING]


def test_a_damaged_or_missing_journal_is_made_again(
    make: Callable[[], MatterDatabase], path: Path, passphrase: str | None
) -> None:
    files = MatterFiles(path)
    with make() as database:
        made = decide(database)
    files.journal.write_bytes(os.urandom(8192))
    with MatterDatabase.open(path, passphrase) as database:
        assert database.decisions() == [made]
        assert [entry["hash"] for entry in database._journal.entries("decision")] == [made.hash]
    files.journal.unlink()
    with MatterDatabase.open(path, passphrase) as database:
        assert len(database._journal.entries("decision")) == 1


def test_an_older_copy_put_back_catches_up_from_the_journal(
    make: Callable[[], MatterDatabase], path: Path, passphrase: str | None
) -> None:
    with make() as database:
        decide(database, finding(0))
    older = path.read_bytes()
    with MatterDatabase.open(path, passphrase) as database:
        decide(database, finding(1))
        log = database.decisions()
    path.write_bytes(older)
    with MatterDatabase.open(path, passphrase) as database:
        assert database.replayed == 1
        assert database.decisions() == log


def test_a_full_disk_is_one_sentence_and_leaves_all_as_it_was(database: MatterDatabase) -> None:
    fill(database)
    made = decide(database)
    limit = "PRAGMA max_page_count = {}"
    with database._access._writing.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(limit.format(pages))
    large = finding(5, quote=" ".join(str(n) for n in range(9000)))
    with pytest.raises(UserError, match="disk is full"):
        decide(database, large)
    with database._access._writing.connect() as connection:
        connection.exec_driver_sql(limit.format(100_000))
    assert database.decisions() == [made]
    assert database.check()
    again = decide(database, finding(6))
    path, passphrase = database.path, PASSPHRASE if database.protected else None
    database.close()
    with MatterDatabase.open(path, passphrase) as reopened:
        assert reopened.decisions() == [made, again], "what was refused does not come back"


def test_a_refused_decision_does_not_come_back(database: MatterDatabase) -> None:
    class Refused(Exception):
        pass

    write = database._access.write

    def fail_to_commit(job: Callable[[object], object], *, urgent: bool = False) -> None:
        def then_fail(session: object) -> None:
            job(session)
            raise Refused

        write(then_fail, urgent=urgent)

    kept = decide(database, finding(1))
    database._access.write = fail_to_commit  # type: ignore[method-assign,assignment]
    with pytest.raises(Refused):
        decide(database, finding(2))
    assert len(database._journal.entries("decision")) == 2, "it had been journalled"
    path, passphrase = database.path, PASSPHRASE if database.protected else None
    database.close()
    with MatterDatabase.open(path, passphrase) as reopened:
        assert reopened.decisions() == [kept]
        again = decide(reopened, finding(3))
    with MatterDatabase.open(path, passphrase) as reopened:
        assert reopened.decisions() == [kept, again]


def test_another_copy_put_here_is_merged_with_the_journal(
    make: Callable[[], MatterDatabase], path: Path, passphrase: str | None
) -> None:
    with make() as database:
        decide(database, finding(0))
    copy = path.with_name("theirs.db")
    copy.write_bytes(path.read_bytes())
    header = MatterFiles(path).header
    if header.exists():
        MatterFiles(copy).header.write_bytes(header.read_bytes())
    with MatterDatabase.open(path, passphrase) as database:
        mine = decide(database, finding(1), user="A")
        decide(database, finding(2), Action.ACCEPT, user="A")
    with MatterDatabase.open(copy, passphrase) as database:
        theirs = decide(database, finding(2), Action.REJECT, user="B")
    path.write_bytes(copy.read_bytes())
    with MatterDatabase.open(path, passphrase) as database:
        assert [conflict.ours for conflict in database.conflicts_found] == [theirs]
        merged = database.decisions()
        assert [d.finding_key for d in merged] == [finding(n).finding_key for n in (0, 2, 1)]
        assert (merged[-1].user, merged[-1].time) == ("A", mine.time)
        assert database.verify_chain() == []
        assert len(database.open_conflicts()) == 1
    with MatterDatabase.open(path, passphrase) as database:
        assert database.decisions() == merged
        assert database.conflicts_found == ()


def test_a_locked_database_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.storage.engine._BUSY_MS", 50)
    path = tmp_path / "m.db"
    with MatterDatabase.create(path, MATTER) as database:
        other = dbapi.connect(str(path), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(UserError, match="Another program"):
            decide(database)
        other.execute("ROLLBACK")
        other.close()
        assert decide(database).sequence == 1, "the same decision goes through afterwards"
        assert database.verify_chain() == []


def test_decisions_go_before_queued_writes(database: MatterDatabase) -> None:
    done: list[str] = []
    started, go = threading.Event(), threading.Event()

    def hold(_: object) -> None:
        started.set()
        assert go.wait(10)

    def run(job: Callable[[], object], name: str) -> threading.Thread:
        thread = threading.Thread(target=lambda: (job(), done.append(name)))
        thread.start()
        return thread

    threads = [run(lambda: database._access.write(hold), "held")]
    assert started.wait(10)
    order: list[str] = []
    threads.append(run(lambda: database._access.write(lambda s: order.append("text")), "text"))
    while database._access._writer._jobs.qsize() < 1:
        threading.Event().wait(0.001)
    threads.append(run(lambda: database._access.write(lambda s: order.append("decision"), urgent=True), "decision"))
    while database._access._writer._jobs.qsize() < 2:
        threading.Event().wait(0.001)
    go.set()
    for thread in threads:
        thread.join(10)
    assert order == ["decision", "text"]


def test_tampering_is_found(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    with MatterDatabase.create(path, MATTER) as database:
        for number in range(3):
            decide(database, finding(number), Action.ACCEPT)
    raw = dbapi.connect(str(path))
    raw.execute("DROP TRIGGER decisions_no_update")
    raw.execute("UPDATE decisions SET user = 'somebody else' WHERE sequence = 2")
    raw.commit()
    raw.close()
    with MatterDatabase.open(path) as database:
        assert database.verify_chain() == [2]


def test_readers_see_finished_writes_from_other_threads(database: MatterDatabase) -> None:
    fill(database)
    failures: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(10):
                assert database.text(TEXT.text_id) == TEXT
                assert database.current_assessment(CONTRACT.contract_id) is not None
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(10):
        decide(database, finding(number))
    for thread in threads:
        thread.join()
    assert not failures
    assert len(database.decisions()) == 10
    assert ASSESSMENT.findings
    assert CANARY in database.matter().name


def test_the_journal_is_append_only(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "j", None)
    journal.append("decision", {"a": 1})
    for statement in ("UPDATE entries SET body = ''", "DELETE FROM entries"):
        with pytest.raises(dbapi.DatabaseError, match="append-only"):
            journal._raw.execute(statement)
    journal.close()
