"""Write a GGUF's weights anew in eight bits (Q8_0), whole or not at all: python packaging/requantise.py SOURCE TARGET

SmolLM2 comes in Q4_1, for which llama.cpp has no fast layout: the same weights are read 1.4 times as fast in Q8_0.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import llama_cpp

from app.analysis.engine_load import quiet


def requantise(source: Path, target: Path) -> None:
    """Raises OSError where llama.cpp cannot read the one or write the other; then the target is as it was."""
    quiet()
    parameters = llama_cpp.llama_model_quantize_default_params()
    parameters.ftype = llama_cpp.LLAMA_FTYPE_MOSTLY_Q8_0
    parameters.allow_requantize = True
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        part = Path(folder) / target.name
        if llama_cpp.llama_model_quantize(os.fsencode(source), os.fsencode(part), parameters):
            raise OSError(f"{source.name} could not be written anew in eight bits.")
        os.replace(part, target)


if __name__ == "__main__":
    requantise(Path(sys.argv[1]), Path(sys.argv[2]))
