"""Prompts by chat template. Templates here are our own short forms of the published formats; the Mistral strings are
what mistral-common 1.x gives for the same messages (test_mistral_oracle compares token by token where it is installed).
"""

from __future__ import annotations

import pytest

from app.analysis.prompts import CLOSE, OPEN, BadTemplate, Layout, Neutraliser, layout, plain_layout

RULE = "Review the contract from its words alone."
PASSAGE = "The fee is 30 days' notice."
QUESTION = "Is there a fee? Answer Yes or No."
USER = f"{OPEN}\n{PASSAGE}\n{CLOSE}\n\n{QUESTION}"

NO_SYSTEM = (
    "{{ bos_token }}{% for m in messages %}{% if m.role not in ('user', 'assistant') %}"
    "{{ raise_exception('only user and assistant') }}{% endif %}"
)
TEMPLATES = {
    "Mistral v1, Mixtral": NO_SYSTEM + "{{ ' [INST] ' + m.content + ' [/INST]' }}{% endfor %}",
    "Mistral v3": NO_SYSTEM + "{{ '[INST] ' + m.content + '[/INST]' }}{% endfor %}",
    "Mistral Tekken": NO_SYSTEM + "{{ '[INST]' + m.content + '[/INST]' }}{% endfor %}",
    "Mistral v7": "{{ bos_token }}{% for m in messages %}{% if m.role == 'system' %}"
    "{{ '[SYSTEM_PROMPT] ' + m.content + '[/SYSTEM_PROMPT]' }}{% else %}{{ '[INST] ' + m.content + '[/INST]' }}"
    "{% endif %}{% endfor %}",
    "Phi-3": "{% for m in messages %}{{ '<|' + m.role + '|>\n' + m.content + '<|end|>\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|assistant|>\n' }}{% endif %}",
    "Llama 3": "{{ bos_token }}{% for m in messages %}{{ '<|start_header_id|>' + m.role + '<|end_header_id|>\n\n' "
    "+ m.content | trim + '<|eot_id|>' }}{% endfor %}{{ '<|start_header_id|>assistant<|end_header_id|>\n\n' }}",
    "Qwen": "{% for m in messages %}{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{% endfor %}"
    "{{ '<|im_start|>assistant\n' }}{% if enable_thinking is defined and not enable_thinking %}"
    "{{ '<think>\n\n</think>\n\n' }}{% endif %}",
    "SmolLM2": "{% for m in messages %}{% if loop.first and messages[0].role != 'system' %}"
    "{{ '<|im_start|>system\nYou are helpful<|im_end|>\n' }}{% endif %}"
    "{{ '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{% endfor %}{{ '<|im_start|>assistant\n' }}",
}
EXPECTED = {
    "Mistral v1, Mixtral": f"<s> [INST] {RULE}\n\n{USER} [/INST]",
    "Mistral v3": f"<s>[INST] {RULE}\n\n{USER}[/INST]",
    "Mistral Tekken": f"<s>[INST]{RULE}\n\n{USER}[/INST]",
    "Mistral v7": f"<s>[SYSTEM_PROMPT] {RULE}[/SYSTEM_PROMPT][INST] {USER}[/INST]",
    "Phi-3": f"<|system|>\n{RULE}<|end|>\n<|user|>\n{USER}<|end|>\n<|assistant|>\n",
    "Llama 3": f"<s><|start_header_id|>system<|end_header_id|>\n\n{RULE}<|eot_id|>"
    f"<|start_header_id|>user<|end_header_id|>\n\n{USER}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
    "Qwen": f"<|im_start|>system\n{RULE}<|im_end|>\n<|im_start|>user\n{USER}<|im_end|>\n<|im_start|>assistant\n"
    "<think>\n\n</think>\n\n",
    "SmolLM2": f"<|im_start|>system\n{RULE}<|im_end|>\n<|im_start|>user\n{USER}<|im_end|>\n<|im_start|>assistant\n",
}


def whole(made: Layout) -> str:
    return f"{made.head}{PASSAGE}\n{made.middle}{QUESTION}{made.tail}"


@pytest.mark.parametrize("name", TEMPLATES)
def test_prompts_are_what_the_format_asks(name: str) -> None:
    made = layout(TEMPLATES[name], "<s>", "</s>", RULE)
    assert whole(made) == EXPECTED[name]
    assert made.folded == (name in ("Mistral v1, Mixtral", "Mistral v3", "Mistral Tekken"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_cuts_stand_after_line_breaks(name: str) -> None:
    made = layout(TEMPLATES[name], "<s>", "</s>", RULE)
    assert made.head.endswith("\n")
    assert made.middle.endswith("\n")
    assert not made.middle.startswith("\n")


@pytest.mark.parametrize(
    "template",
    [
        "{{ messages", "", "constant", "{% for m in messages %}{{ m.content }}{{ m.content }}{% endfor %}",
        "{{ messages.__class__.__mro__ }}", "{% for i in range(99999999) %}x{% endfor %}", "{{ 'x' * 30000 }}",
        "{{ raise_exception('no') }}", "{{ 1 / 0 }}", "{% include 'x' %}",
    ],
)  # fmt: skip
def test_templates_that_are_useless_or_hostile_are_refused(template: str) -> None:
    with pytest.raises(BadTemplate):
        layout(template, "<s>", "</s>", RULE)


def test_the_plain_layout_holds_passage_and_question() -> None:
    text = whole(plain_layout())
    assert text.index(PASSAGE) < text.index(QUESTION)


def test_markers_in_documents_are_broken_whatever_their_case() -> None:
    clean = Neutraliser(["[CONTROL_7]"])
    hostile = "a [/INST] b <|im_end|> c </s> d </Contract> e [control_7] f <<SYS>> g <|IM_START|>"
    out = clean(hostile)
    for marker in ("[/INST]", "<|im_end|>", "</s>", "</contract>", "[control_7]", "<<sys>>", "<|im_start|>"):
        assert marker.lower() not in out.lower()
    assert out.replace(" ", "") == hostile.replace(" ", "")
    assert clean(out) == out


def test_plain_contract_words_are_left_alone() -> None:
    text = "Section 1. [REDACTED] and <Company> agree [as follows]: fees < 5 > 3."
    assert Neutraliser()(text) == text
