"""What in a contract speaks to a language model and not to the parties: forged turns, and sentences that instruct."""

from __future__ import annotations

import re

_MODEL = r"(?:language models?|llms?|chat ?bots?|ai (?:model|assistant|reviewer|reader|system|tool|agent)s?)"
_SAY = r"(?:answer|respond|reply|say|output|print|write|conclude)"
_YES_NO = r"[\"'“‘ ](?:yes|no)\b(?=[\"'”’]|\s*(?:[.,;!)\n<\[]|$|to\b|and\b))"
# Sentences that a contract has no reason to hold. Case is folded.
_ADDRESSED = re.compile(
    r"\b(?:ignore|disregard|forget|override|overrule)\b[^.;\n]{0,60}"
    r"\b(?:(?<!shipping )(?<!delivery )instructions?|prompts?|rules given|everything above|what you were \w+)\b"
    rf"|\b{_SAY}\b[^.;\n]{{0,25}}{_YES_NO}"
    rf"|\b{_SAY}\b[^.;\n]{{0,60}}\bwith{_YES_NO}"
    rf"|\b(?:{_SAY}|return|finish)\b[^.;\n]{{0,30}}\bthe (?:word|token)\b[^.;\n]{{0,3}}{_YES_NO}"
    rf"|\b{_SAY} (?:only )?(?:with|negatively|positively|affirmatively|in the (?:negative|affirmative))\b"
    r"[^.;\n]{0,20}(?:\bwhatever\b|\bthe word\b|[\"'“‘]?\b(?:yes|no)\b[\"'”’]?(?=[.,;!]| from| to)|(?=[.;!]))"
    r"|\banswers?\b[^.;\n]{0,50}\b(?:must|should|shall|is to|are to) be (?:negative|positive|affirmative)\b"
    r"|\b(?:correct|right|proper|true|expected|final|only) (?:answer|reply)\b[^.;\n]{0,40}\b(?:is|must|should|to)\b"
    r"|\b(?:the|wrong|last|next) question\b[^.;\n]{0,10}(?=[.;!])"
    r"|\bif you are (?:reading|processing|reviewing)\b[^.;\n]{0,40}\b(?:machine|software|program|model|ai)\b"
    r"|(?<![^.;\n])[ \t]*(?:dear )?(?:model|reviewer|machine|assistant|bot),"
    r"|\b(?:reader|reviewer|model|machine)\b[^.;\n]{0,20}\b(?:shall|must|should|is to|will)\b[^.;\n]{0,15}"
    r"\b(?:treat|regard|consider|count|report|skip|ignore)\b[^.;\n]{0,5}\b(?:this|these|the next|the following)\b"
    r"|\b(?:reviewing|reading) (?:system|software|program|machine|tool)\b[^.;\n]{0,40}\byou\b"
    rf"|\banswer\b[^.;\n]{{0,40}}\b(?:is|must be|should be|has to be)\b{_YES_NO}"
    rf"|\b(?:you are|act as|pretend to be|behave as)\b[^.;\n]{{0,30}}\b(?:ai|assistant|{_MODEL})\b"
    rf"|\b{_MODEL}\b[^.;\n]{{0,50}}\b(?:must|shall|should|is to|are to|has to|will|please)\b"
    r"[^.;\n]{0,30}\b(?:answer|respond|reply|ignore|skip|conclude|classify|say|find)\b"
    r"|\byour system prompt\b|\bsystem prompt[ \t]*[:,]|\bas an ai\b"
    r"|\b(?:new|updated|revised) instructions? (?:to|for) (?:you|the reader|the model)\b"
    rf"|\b(?:note|message|attention|instructions?) (?:to|for) (?:the |any |all )?"
    rf"(?:ai|{_MODEL}|assistant|reviewing model|automated reader|automated reviewer)\b"
    r"|\b(?:the|this|that|your|every|all|any) questions?\b[^.;\n]{0,30}\b(?:is|are|was|were)\b[^.;\n]{0,20}"
    r"\b(?:withdrawn|void|moot|cancell?ed|already answered|meaningless)\b"
    r"|\b(?:do not|don't|never) (?:flag|classify|label|highlight|report|quote|count)\b[^.;\n]{0,30}"
    r"\b(?:this|these|the following|the above|any)\b[^.;\n]{0,25}\b(?:clause|section|passage|sentence|words)\b"
    r"|\b(?:this|the) (?:excerpt|passage(?! of)|prompt)\b[^.;\n]{0,30}\b(?:is|are|contains?|has|holds?|should|must)\b"
    r"|\bend of (?:the )?(?:excerpt|prompt|instructions)\b"
    r"|(?<![^\n])[ \t]*(?:#{2,}[ \t]*)?(?:assistant|human|ai)[ \t]*:"
    r"|(?:,|\band)[ \t]+(?:assistant|human|ai|chat ?bot)[ \t]*:"
    r"|(?<![^\n])[ \t]*#{2,}[ \t]*(?:instruction|response)s?\b",
    re.IGNORECASE,
)
# One of these stands in every such sentence: only sentences with one are looked at, the pattern alone is slow.
_CUES = (
    "ignore", "disregard", "forget", "overrid", "overrule", "answer", "respond", "reply", " say", "output", "print",
    "write", "conclude", "you are", "act as", "pretend", "behave as", "language model", "llm", "chat", " ai", "ai ",
    "assistant", "human", "prompt", "instruction", "question", "do not", "don't", "never", "excerpt", "passage", "##",
    "reviewer", "reader", "model", "machine", "return", "finish", "the next", "bot,", "reviewing",
    "automated rev", "automated read", "say ",
)  # fmt: skip
_SENTENCE = re.compile(r"[^.;\n]*(?:[.;]+[\"'”’)]*|\n|$)")
# Turn markers that nothing but a prompt writes, and what little stands between them: a forged turn.
_TURN = (
    r"(?:<\|[a-z_]{2,24}\|>|\[/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS|TOOL_RESULTS)\]|<</?SYS>>|</?contract>"
    r"|<(?:start|end)_of_turn>)"
)
_FORGED = re.compile(rf" ?{_TURN}(?:[\s\S]{{0,40}}?{_TURN})*(?:[ \t]*(?:</?s>)+)?", re.IGNORECASE)


def addresses(text: str) -> list[tuple[int, int]]:
    """[start, end) of what speaks to a language model, in order, apart from one another.

    A forged turn takes the sentence after it along: that is what the turn says.
    """
    spans = [(m.start(), _after(text, m)) for m in _FORGED.finditer(text)]
    spans += [
        (start, end) for start, end in _sentences(text) if _ADDRESSED.search(text, start, min(len(text), end + 2))
    ]
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        elif start < end:
            out.append((start, end))
    return out


def _sentences(text: str) -> list[tuple[int, int]]:
    """The sentences that hold a cue."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    found: set[tuple[int, int]] = set()
    for cue in _CUES:
        at = lowered.find(cue)
        while at >= 0:
            # A cue's own space may stand before the sentence.
            word = at + len(cue) - len(cue.lstrip())
            begin = max(text.rfind(mark, 0, word) for mark in ".;\n") + 1
            end = _sentence_end(text, word)
            found.add((begin, end))
            at = lowered.find(cue, max(end, at + 1))
    return sorted(found)


def without_addresses(text: str) -> str:
    """The text without what speaks to a language model; it goes without a trace, as if it had never been written."""
    out, at = [], 0
    for start, end in addresses(text):
        out.append(text[at:start])
        at = end
    return "".join([*out, text[at:]])


def _after(text: str, forged: re.Match[str]) -> int:
    """Where the sentence behind a forged turn ends; a turn that says something and is closed ends on its own line."""
    said = re.sub(_TURN, "", forged.group(), flags=re.IGNORECASE).split()
    closed = any(word.lower() not in ("user", "assistant", "system") for word in said)
    rest = text[forged.end() :]
    behind = rest.lstrip(" \t") if closed else rest.lstrip()
    return _sentence_end(text, len(text) - len(behind))


def _sentence_end(text: str, at: int) -> int:
    """Where the sentence at `at` ends; the line break after it stays."""
    found = _SENTENCE.match(text, at)
    end = found.end() if found else at
    return end - 1 if text[end - 1 : end] == "\n" else end
