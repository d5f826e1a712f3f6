# Privity. `make` alone tells what there is. Without make: python packaging/bootstrap.py COMMAND
PYTHON ?= python3
BOOT = $(PYTHON) packaging/bootstrap.py
VENV = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup demo test check window format lock bench bench-documents bench-word bench-hostile bench-clauses bench-rules bench-beyond bench-engine bench-kills bench-gain bench-ui bench-ui-hour bench-values bench-sections bench-risk model-qwen encoder-base accept-model clean

help: ## What there is
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 20

setup: ## Make .venv, install the app, fetch the built-in model
	@$(BOOT) setup

demo: ## Analyse the sample deal and write a clause report in Word
	@$(BOOT) demo

test: ## The whole test suite
	@$(BOOT) test

check: ## Formatting, lint, types, layers, lock file
	@$(BOOT) check

window: ## Open the window
	@$(BOOT) window

format: ## Format the code
	@.venv/bin/ruff format . && .venv/bin/ruff check --fix .

lock: ## Write requirements.lock from what is installed; lines with a marker are kept as they are
	@grep ';' requirements.lock > .lock.marked || true
	@cut -d= -f1 .lock.marked | sed 's/.*/^&==/' > .lock.names
	@$(VENV) -m pip freeze --exclude-editable | grep -v -E '^(privity|torch|scikit-learn|joblib|threadpoolctl|narwhals)' \
		| grep -v -i -f .lock.names > .lock.plain
	@sort -f .lock.plain .lock.marked > requirements.lock && rm .lock.plain .lock.marked .lock.names

bench: ## Pages per second of the whole way, against PyMuPDF's bare text
	@$(VENV) -m tests.benchmarks.bench_pipeline

bench-documents: ## Reading of PDFs and scans against ../shared
	@$(VENV) tests/benchmarks/bench_documents.py && $(VENV) -m tests.benchmarks.bench_turned && $(VENV) tests/benchmarks/bench_reading_pool.py

bench-word: ## Clause numbers and tracked changes against LibreOffice (needs it, with python3-uno)
	@$(VENV) tests/benchmarks/bench_word.py

bench-hostile: ## Read more than 300 bad files: each must end in time, within its memory, with words or a sentence
	@$(VENV) -m tests.benchmarks.bench_hostile

bench-clauses: ## The screener by cross-validation: first models/screener/train.py --folds out/folds
	@$(VENV) tests/benchmarks/bench_clauses.py ../shared/bench/cuad/train.jsonl --folds out/folds --score ../shared/bench/score.py --plot out/clauses.svg

bench-rules: ## Precision and recall of the seven rule types on the passages labelled to measure
	@$(VENV) -m tests.benchmarks.bench_rules ../shared/bench/cuad/train.jsonl

bench-beyond: ## Presence of the 41 types in twelve agreements that are no SEC exhibits
	@$(VENV) -m tests.benchmarks.bench_beyond

bench-engine: ## The local model's engine, ratios within one run; MODEL=7b for random weights of Mistral's shape
	@mkdir -p out
	@OMP_WAIT_POLICY=PASSIVE $(VENV) -m tests.benchmarks.bench_engine $(MODEL) --json out/bench-engine.json

bench-ui: ## The window's figures over 500 contracts (needs Xvfb): start, event loop, grid, pages, memory
	@$(VENV) -m tests.benchmarks.bench_ui --json out/bench-ui.json

bench-ui-hour: ## The window's memory over an hour of scripted use; MINUTES=10 for less
	@$(VENV) -m tests.benchmarks.bench_ui_hour --minutes $(or $(MINUTES),60) --json out/bench-ui-hour.json

bench-kills: ## End the model's process 50 times while a contract is read: the record must be the same
	@$(VENV) -m tests.benchmarks.bench_kills

bench-gain: ## What reading adds and gated reading keeps, with a simulated reader: first models/screener/train.py --folds out/folds
	@$(VENV) -m tests.benchmarks.engine_gain --folds $(or $(FOLDS),out/folds) --half 1 --tokens

bench-values: ## Values against the annotators' answers: given the clause, then from the contract
	@$(VENV) tests/benchmarks/bench_values.py
	@$(VENV) tests/benchmarks/bench_values.py --weights
	@$(VENV) -m tests.benchmarks.bench_marks

bench-sections: ## Headings, section tree, terms and references against contracts marked up by hand
	@$(VENV) -m tests.benchmarks.bench_sections
	@$(VENV) -m tests.benchmarks.bench_terms

bench-risk: ## Risks, gaps, sixty marked clauses and unfair consumer terms against what others marked
	@$(VENV) -m tests.benchmarks.bench_risk

model-qwen: ## Fetch a capable model to measure with (1.1 GB, outside the repository)
	@$(VENV) packaging/fetch_qwen.py

encoder-base: ## Fetch the weights that the screener's encoder is trained from (90 MB, out/minilm)
	@$(VENV) packaging/fetch_minilm.py

accept-model: ## Exam, figures and pace of a model for docs/mistral.md: make accept-model FILE.gguf
	@$(VENV) -m tests.benchmarks.accept_model $(or $(FILE),$(filter %.gguf,$(MAKECMDGOALS)))

%.gguf:
	@test -f $@ || { echo "There is no file $@."; exit 2; }

clean: ## Remove .venv and what was made
	rm -rf .venv out build dist .mypy_cache .ruff_cache .pytest_cache
