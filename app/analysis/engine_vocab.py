"""A loaded model's vocabulary: trusted and document text to tokens, and all the ways it spells yes and no."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import llama_cpp

from app.analysis.prompts import Neutraliser

_SPM = 1  # LLAMA_VOCAB_TYPE_SPM
_CONTROL = 8 | 1  # LLAMA_TOKEN_ATTR_CONTROL, LLAMA_TOKEN_ATTR_UNKNOWN
_USER_DEFINED = 16
_STRIP = " \t\n\r\u2581\u0120\u010a\"'*."


class Vocabulary:
    """Tokens of one model. Document text never yields a control token, whatever it spells."""

    def __init__(self, model: Any) -> None:
        self._vocab = llama_cpp.llama_model_get_vocab(model)
        self.size = int(llama_cpp.llama_vocab_n_tokens(self._vocab))
        self._spm = llama_cpp.llama_vocab_type(self._vocab) == _SPM
        self.add_bos = bool(llama_cpp.llama_vocab_get_add_bos(self._vocab))
        self.bos = int(llama_cpp.llama_vocab_bos(self._vocab))
        self.eos = int(llama_cpp.llama_vocab_eos(self._vocab))
        self.control: set[int] = set()
        self._special: dict[str, int] = {}
        self.yes: list[int] = []
        self.no: list[int] = []
        self._scan()
        marks = [m for m in self._special if m[0] in "<[" and not m.isspace()]
        self.neutralise = Neutraliser(marks)
        ordered = sorted(self._special, key=lambda m: (-len(m), m))
        self._partition = re.compile("(" + "|".join(map(re.escape, ordered)) + ")") if ordered else None
        self._line = self._raw("\n")

    def _scan(self) -> None:
        for token in range(self.size):
            attributes = llama_cpp.llama_vocab_get_attr(self._vocab, token)
            text = (llama_cpp.llama_vocab_get_text(self._vocab, token) or b"").decode("utf-8", "replace")
            if attributes & _CONTROL or (attributes & _USER_DEFINED and text[:1] in "<["):
                self.control.add(token)
                if text and not text.isspace():
                    self._special[text] = token
                continue
            word = text.strip(_STRIP).lower()
            if word == "yes":
                self.yes.append(token)
            elif word == "no":
                self.no.append(token)

    def text_of(self, token: int) -> str:
        """How the vocabulary writes a token, "" for none."""
        return (
            (llama_cpp.llama_vocab_get_text(self._vocab, token) or b"").decode("utf-8", "replace") if token >= 0 else ""
        )

    def piece(self, token: int) -> bytes:
        """The bytes that a token stands for in text; control tokens give none."""
        buffer = ctypes.create_string_buffer(256)
        length = llama_cpp.llama_token_to_piece(self._vocab, token, buffer, len(buffer), 0, False)
        return buffer.raw[: max(0, length)]

    def ends(self, token: int) -> bool:
        """Whether the token ends an answer."""
        return bool(llama_cpp.llama_vocab_is_eog(self._vocab, token))

    def _raw(self, text: str) -> list[int]:
        raw = text.encode("utf-8", "replace")
        room = len(raw) + 8
        buffer = (llama_cpp.llama_token * room)()
        count = llama_cpp.llama_tokenize(self._vocab, raw, len(raw), buffer, room, False, False)
        if count < 0:
            raise ValueError("more tokens than bytes")
        return list(buffer[:count])

    def _plain(self, text: str) -> list[int]:
        """Tokens of text that follows other text: SentencePiece would put a space before it, so a line goes ahead."""
        if not text or not self._spm:
            return self._raw(text) if text else []
        tokens = self._raw("\n" + text)
        if tokens[: len(self._line)] == self._line:
            return tokens[len(self._line) :]
        return self._raw(text)

    def trusted(self, text: str) -> list[int]:
        """Tokens of our own text, in which control tokens are meant."""
        if self._partition is None:
            return self._plain(text)
        out: list[int] = []
        for part in self._partition.split(text):
            if part in self._special:
                out.append(self._special[part])
            else:
                out += self._plain(part)
        return out

    def document(self, text: str, line: bool = True) -> list[int]:
        """Tokens of document text and a line break, without control tokens: none by type, none by spelling."""
        tokens = self._plain(self.neutralise(text) + ("\n" if line else ""))
        # Some merges end in a control token all the same ("<" + "s>"); what is left of those is dropped.
        return [token for token in tokens if token not in self.control]

    def head(self, text: str) -> list[int]:
        """Tokens of a prompt's beginning, with exactly one BOS where the model wants one."""
        tokens = self.trusted(text)
        if self.add_bos and self.bos >= 0:
            while tokens[:1] == [self.bos]:
                tokens = tokens[1:]
            tokens = [self.bos, *tokens]
        elif self.bos >= 0:
            while tokens[:2] == [self.bos, self.bos]:
                tokens = tokens[1:]
        return tokens
