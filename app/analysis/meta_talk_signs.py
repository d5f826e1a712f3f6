"""Turns of speech that point at a text, its reader or an answer; counted in 128,712 sentences of 408 contracts."""

from __future__ import annotations

import re

_READER = "model|reviewer|machine|assistant|bot|reader|robot|ai"
_THESE = r"(?:this|it|these|them|that)"
_STOP = r"(?=\s*(?:[.,;:!?)]|$))"
_COMMAND = (
    "say|skip|ignore|treat|mark|report|return|output|assume|consider|stop|finish|answer|reply|respond|conclude|deny"
    "|decline|choose|pick|give|set|forget|pretend|read|write|print|label|leave|go"
)
_DO = (
    "begin|enter|tick|leave|count|type|repeat|finish|take|swap|invert|suppose|think|move|trust|believe|choose|omit|put"
    "|list|rate|grade|score|rank|regard|deem|see|look|note|let|drop|remember|imagine"
)
_POLITE = r"(?:please |kindly |just |always |simply )?"
# What it is, its weight (four and five are enough alone), its pattern in text in lower case.
_SIGNS = (
    # At most five.
    ("a no", 4, rf"\b(?:a|an|the|one|say|says|said|and|choose|with|is) (?:no|yes)"
                rf"(?:{_STOP}|\s(?:is|would|will|must|may)\b)|\ba yes\b"),
    ("no,", 4, r"\bno\s*[,;!?)”’]|\bno[\"'](?=[\s.,;]|$)|[,;:-]\s*no\s*(?:\.\s*)?$"),
    ("answer: no", 4, r"[:=]\s*[\"'“]?(?:no(?!\.? ?\d)|yes|n|false|negative|absent)[\"'”]?\s*(?:[.,;!)]|$)"
                      r"|\b(?:label|class|category|score|match|result|verdict|rating|relevant|is_[a-z_]+)"
                      r"\s*[:=]\s*(?:0|none|other)\b(?!\.?\d)"),
    ("letter", 4, r"\bletters? (?:n|y|no|f)\b"),
    ("there", 4, rf"\bthere{_STOP}"),
    ("not what", 4, r"\b(?:is|are|was) not what\b"),
    ("not there", 4, rf"\b(?:it|this) (?:is|was) not{_STOP}"
                     r"|\b(?:it|this) (?:is|was) (?:not )?(?:there|here|missing|absent|nothing)\b"),
    ("already", 4, r"\balready (?:been )?"
                   r"(?:handled|checked|reviewed|resolved|dealt|answered|assessed|seen|rejected|read)\b"),
    ("nothing to", 4, r"\bnothing (?:above|below|to|worth|here|else|there|found|at all)\b"
                      r"|\bnothing of (?:note|interest|the (?:sort|kind))\b|\bno (?:hits?|results?|match)\b"),
    ("in fact no", 4, r"\bthere (?:is|are) (?:in fact|really|actually|simply|clearly|plainly|certainly) no\b"),
    ("end of it", 4, r"\bend of (?:the |this )?(?:passage|excerpt|text|clause|prompt|question|instructions?)\b"),
    ("you see", 4, r"\byou "
                   r"(?:see|seek|have already|just|are (?:reading|looking|asked|now)|must (?:say|answer)|say|read)\b"),
    ("such a", 4, r"\bsuch an? (?:clause|provision|term|one|thing)\b"),
    ("from now on", 4, r"\bfrom (?:now|here|this point) on\b|\byour (?:task|job|answer|output|reply)\b"),
    ("spoken to", 4, rf"(?:^|\band |\bdear |\bhey |[;.,(]\s*)(?:{_READER})\s*,"),
    ("what was read", 4, r"\bwhat (?:you|comes?|came|stands?|stood|precedes|goes|went|was|is|has been)\b(?: \w+){0,2}? "
                         r"(?:before|above|here|read|shown|below|asked|written|said)\b"),
    ("of this", 4, rf"\b(?:\w+ing|affirms?|confirms?|reports?|lists?|quotes?|marks?|flags?|claims?|says?|finds?|notes?"
                   rf"|counts?|rejects?|accepts?) this(?:{_STOP}|\s(?:is|are|was|would|will|as|or|and)\b)"
                   r"|\bthis would be an?\b"
                   r"|\bthis (?:item|line|entry|row|one|bit|part) (?:is|was|has|deals|does|fails|should|must|needs?)\b"
                   r"|\b(?:grade|mark|score|verdict|rating|label|answer) (?:for|to) (?:this|it|these|that)\b"),
    ("cannot be", 4, r"\b(?:cannot|can not|must not|may not|should not|need not) be "
                     r"(?:assessed|classified|flagged|listed|counted|quoted|reported|matched|marked|labell?ed|tagged|identified|recogni[sz]ed)\b"),
    # A label that the end of the passage cuts off what it labels.
    ("label", 4, r"(?:[,;:(–-]\s*|\band )(?:\w+ )?"
                 r"(?:q|a|value|question|answer|response|reply|output|verdict|label|class|category|status|outcome|result|finding|conclusion|decision|note|human|user|system|assistant|model|reviewer)\s*:\s*$"),
    # At most ten.
    ("this as", 3, r"\b(?:count|list|treat|regard|mark|take|put|rate|grade|see|read|flag|tag|label|report|leave|pass"
                   rf"|let)s? {_THESE} (?:as|to be|out|down|by|over|slip|go)\b"),
    ("this is not", 3, r"\bthis is (?:not|no|only|merely|just)\b"),
    ("is it", 3, r"\b(?:is|are|was|does|do) (?:it|this|that|these|they|there)\b[^.;]{0,80}\?"),
    ("if asked", 2, r"\b(?:if|when|whenever|should|were|once)\b(?:\W+\w+){0,3}?\W+"
                    r"(?:ask(?:s|ed)?|queried|questioned|prompted|enquires?|inquires?)\b"),
    # At most a hundred.
    ("yes or no", 3, r"\b(?:yes|no)\b(?!\. ?[#\d])(?=\s*(?:[\"'”’,;:!?)<\]}]|\.?\s*$|\.[\"'”’\s])"
                     r"|\s(?:when|whenever|if|to|with|regardless|whatever|must)\b)"),
    ("speaker", 2, r"(?:^|[,;.:(\n–-]\s*|\band )[\"'“]?(?:human|user|system|assistant|model|ai|question|answer|response"
                   r"|reply|output|verdict|q|reviewer|reader|label|class|category)\s*[:=]"),
    ("these words", 2, r"\b(?:the (?:above|foregoing|preceding)(?: words| text| sentence| paragraph| clause)?"
                       r"|this (?:text|passage|sentence|paragraph|wording)|these words"
                       r"|what (?:you|comes?|stands?|follows))"
                       r"(?: \w+){0,2} "
                       r"(?:is|are|was|were|deals?|holds?|has been|have been|counts?|concerns?|covers?)\b"),
    ("this line", 2, r"\bthis (?:line|wording|text|passage|excerpt|snippet|entry|row|bit|stuff|remark|one)\b"),
    ("command", 2, rf"(?:[,;:.(]|\band)\s*{_POLITE}(?:{_COMMAND})\s+"
                   r"(?:no|yes|this|that|nothing|zero|false|everything|what"
                   r"|the (?:above|below|next|opposite|answer|word|text|rest|previous))\b"),
    ("here", 2, r"\bhere\b(?! (?:above|below|from))"),
    ("do it", 1, rf"(?:^|[,;:.(]\s*|\b(?:and|then)\s+){_POLITE}(?:{_DO})\s+"
                 r"(?:the|this|it|that|these|them|no|yes|zero|me|after|with|your|a|on|along)\b"),
    ("isn't", 1, r"\b(?:isn|aren|don|doesn|won|can|didn|wasn|shouldn|wouldn)['’]t\b|\bi'm\b|\byou're\b"),
    ("the next", 1, r"\b(?:next|another|other) (?:item|question|one|passage|contract)\b"),
    ("setting", 2, r"\b[a-z_]+=(?=[\w\"'])"),
    # Common, of the same field.
    ("this", 1, rf"\b(?:this|these)(?:{_STOP}|\s(?:is|was|as|by|be|would|will|needs?|out|over|into|off)\b)"),
    ("none there", 1, r"\b(?:there (?:is|are|exists?) (?:\w+ ){0,3}no|(?:contains?|holds?|has) no(?:thing)?"
                      r"|no such|none of|nothing (?:of|above)|no part of|as if"
                      r"|not (?:a|an|any) (?:\w+ )?(?:clause|provision|term)"
                      r"|no (?:\w+ ){0,2}(?:clause|provision|term|section)s?)\b"),
    # What contracts are not written in.
    ("markup", 5, r"</?[a-z_]+ ?/?>|<!--|\{\s*[\"'][a-z_]+[\"']\s*:|\{\{\w|<\|\w*|#{3,}|\[/?[a-z_]*inst\]|```"
                  r"|\[(?:system|user|assistant)\]"),
    ("other letters", 5, "[\u0370-\u03ff\u0400-\u052f\u0590-\u06ff\u0900-\u0dff\u3040-\u30ff\u4e00-\u9fff"
                         "\uac00-\ud7af]{2,}"),
)  # fmt: skip
SIGNS = tuple((name, weight, re.compile(pattern)) for name, weight, pattern in _SIGNS)
# What points at the words themselves, at an answer or at who reads.
POINTING = frozenset(name for name, _, _ in _SIGNS) - {"none there", "the next", "isn't", "setting", "this", "if asked"}
