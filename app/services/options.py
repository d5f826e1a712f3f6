"""Whether what is asked for can be done at all, before anything is made or written."""

from __future__ import annotations

from app.analysis.catalogue import find_known, load_catalogue, warning_for
from app.analysis.gguf_header import check_text_model, read_header
from app.paths import models
from app.services.api import AnalyzeOptions
from app.services.language_models import model_path
from app.services.playbooks import find_playbook


def check_options(options: AnalyzeOptions) -> str | None:
    """Raises UserError in one sentence where playbook or model cannot be used; returns what to warn of, or None."""
    for name in [options.playbook, *(playbook for _, playbook in options.roles.values())]:
        if name:
            find_playbook(name)
    if options.model == "none":
        return None
    header = read_header(model_path(options.model))
    check_text_model(header)
    if options.model == "builtin":
        return None
    return warning_for(find_known(load_catalogue(models() / "catalog.toml"), "", header))
