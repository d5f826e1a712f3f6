"""How much a word speaks of reading, asking, sorting and answering; counted in the sentences of 408 contracts."""

from __future__ import annotations

# In at most one of 128,712 sentences. (Words with another meaning in contracts stand lower than their number says.)
_FOUR = """
absurd accidentally analysing annotate annotated annotation annotator annotators anthropic believer boilerplate bot
bother bots bypassed cares categorise categorised categorize chatbot chatbots chatgpt checkbox cheerfully classifier
classifiers classifying claude commanded computerised conversation copilot debug disallow discards disregards doubts
dropdown dummy enquire enquires evaluator evaluators exam examines fired flagged flagging foolish forbid forbids
forget gemini gibberish gladly gpt grader graders guess guesses hallucinate hallucinated hallucination happily heed
hello hey ignored ignores ignoring imagine imagines inconsequential insignificant invert ipsum irrelevance jailbreak
joke jokes json judging kindly lenient llm llms lorem lying meaningless mercy mislabelled misread misreading mistral
moot negated neglected nonexistent nonsense nonsensical nope noteworthy noting obedient obeys openai oracles
ornamental overlook overlooked overrides overrule overruled paraphrase parse parser parses passages persuaded
placeholder poem pointless pretend pretends probabilities pun punish punished punishment queried really recites
recognise replied replying reviewers ridiculous robot saw scholar scholars scored secretly sham silly siri skip
skipped skipping skips snippet snippets sorry speaks sudo summarise summariser summarizer suppose suppressed surely
swapped tagging talks telling tells think tick tickbox ticked ticks told transcribe translator trick trivial undefined
unflagged unimportant uninteresting unnoticed unreported unseen unticked useless utter utterance verdict verdicts
wonder worthless wrote yep
"""
# In at most 12.
_THREE = """
admin affirm affirmatively analyse analysts analyzing annotations answered answers asking asserts assesses authors
bluff breath bypass careful categorized certainly checklist checklists classifies classify commands commentary
computerized confident convince convinced correctness dear deceive denial denies detain detects disagree disallowed
discard discarded disregard disregarded disregarding empty enquiry erroneous evaluates everything examiner examiners
excerpt excerpts extracted fake fictitious filler flag flags forbidden forgets forgotten heading hear heard highlight
highlighted hits honest hypothetical ignore illustration immaterial incorrectly indexed indexing inquire inquires
instructing invisible irrelevant judged labelled lies listen listening looks matched matches maybe mentions mind
missed misses mistake mistaken movie nay negate negatively nil noticed novel obey obviously opine opposite oracle
ought outputs perhaps persuade picked plainly precision probability prompted prompts questioned quiet quiz ranks
reader readers reads recite refusing relevance remarks repeats replies responds reversed rewards robots saying
scanning scans scores scoring searched seen sensible shutdown silent simply something song sort speak spreadsheet
starts story summarize suppress suspect suspicious switched tagged tell texts thinks thought token tokens topic
topical treating truth typed unlikely unmentioned whoever wrong
"""
# In at most 60.
_TWO = """
absent affirmative ai algorithm algorithms analyst analyze answer answering anywhere ask asked asks assess assistant
assistants author automated automatic begins believed bonus came choose chooses classification column command conclude
concludes conclusion conclusions consensus considers correctly covers dataset deals dealt deceptive decline declines
decoration decorative denied deny detect detected directive directives disable disabled disagrees echo ended
evaluating ever examine examples extract extraction find finding findings finds genuine goal goes gold grade guideline
here hidden incorrect instruct instructed interpret inverse job just knows labeled labelling labels lawyer lie
likelihood looking match matching me mention merely miss missing mode my neglect never noise opposed output override
passage persona pertains pick positive prohibits queries query quotation rank rated reading recipe recognize refuse
refused refuses regarded rejects remark repeat repeated reply responding responses retrieval reviewer reward role root
say says scan score searching sentences silence spoken step sure swap tags task template threat tool topics translate
translated truthful unrelated why withdrawn wording yes yours yourself zero
"""
# In at most 1,000, or of weight one because contracts use them otherwise.
_ONE = """
absence accident actually administrator anyone anything artificial assert asserted assume assumes automatically
believe believes binding blank category chat choice classified clause clauses clearly complies computer concluding
confidence consider considered contain contains contrary correct delete deleted detection developer discount document
doubt electronically engine error evaluate evaluation example exist exists false finished found game guidance
guidelines hold holds human identify index inference inserted instruction instructions intelligence interpretation
judge judges jury kind know label language lawyers leave letters likely look machine machines mark marked marks
mentioned miscellaneous misleading model models must negative none nothing null observe omit omits paragraph penalty
permission play please preceding present print process processing prompt question questions rate read recall reject
rejected report reported reports respond response reverse review reviewing reviews rules sample samples seek seeking
sentence sought summary tag talk tasks test tested tests text threatened tools training treat treated true type unable
value void word words your
"""
# Of other languages: words of command, and those small words that stand in no name of a company, a place or a law.
_COMMANDS = """
antworte antwort ignoriere ignorieren sage r\u00e9pondez r\u00e9ponse ignorez dites responda responde respuesta ignora
olvide rispondi
"""
_FOREIGN = """
nicht mit bitte ist auf eine dem auch wird oder nein wenn sie diese vertrag klausel
et vous que qui est pas dans une les cette avec nous oui ce sur
una para por las los esta este si
che sono una questo
uma voc\u00ea n\u00e3o isto
niet het een dit deze zijn
"""
WORDS = {
    **dict.fromkeys(_FOREIGN.split(), 2),
    **dict.fromkeys(_COMMANDS.split(), 3),
    **dict.fromkeys(_ONE.split(), 1),
    **dict.fromkeys(_TWO.split(), 2),
    **dict.fromkeys(_THREE.split(), 3),
    **dict.fromkeys(_FOUR.split(), 4),
}
TELLING = tuple(word for word, weight in WORDS.items() if weight > 1 and len(word) > 4)
SELDOM = frozenset(_FOUR.split())
