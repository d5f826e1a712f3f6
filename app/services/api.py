"""What the front ends see: rows, options and the services, as protocols. The window is written against these."""

from __future__ import annotations

from app.services.api_rows import (
    AlikeRow,
    AnalyzeOptions,
    ConflictRow,
    DateQuestion,
    DateRow,
    DocumentRow,
    FamilyRow,
    FindingRow,
    GridCell,
    MatterEntry,
    MergeRow,
    ModelEntry,
    PageImage,
    PlaybookRule,
    SearchHit,
    SectionRow,
    StandardFormRow,
    TermRow,
    UnfinishedImport,
    ValueRow,
)
from app.services.api_session import MatterSession
from app.services.api_workspace import ModelExaminer, Workspace

__all__ = [
    "AlikeRow",
    "AnalyzeOptions",
    "ConflictRow",
    "DateQuestion",
    "DateRow",
    "DocumentRow",
    "FamilyRow",
    "FindingRow",
    "GridCell",
    "MatterEntry",
    "MatterSession",
    "MergeRow",
    "ModelEntry",
    "ModelExaminer",
    "PageImage",
    "PlaybookRule",
    "SearchHit",
    "SectionRow",
    "StandardFormRow",
    "TermRow",
    "UnfinishedImport",
    "ValueRow",
    "Workspace",
]
