# Every target works in a fresh clone: it begins with the set-up, which skips what is in place (reset needs none).
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup run test stress check bench openapi format reset

help: ## Vis kommandoerne
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

setup: ## Gør klar: Python-pakker, frontend-pakker, Pango
	@$(PYTHON) -m drift.klargoer opsaetning

run: setup ## Start platformen med demodata på http://localhost:8000 (PORT=8001 vælger en anden port)
	@exec $(VENV) -m drift.koer

test: ## Kør alle tests (BROWSER=0 uden browser, ARGS="-k ord" til pytest)
	@$(PYTHON) -m drift.klargoer opsaetning $(if $(filter 0,$(BROWSER)),,--browser)
	@exec $(VENV) -m drift.proev

stress: ## Kør de tunge tests
	@$(PYTHON) -m drift.klargoer opsaetning $(if $(filter 0,$(BROWSER)),,--browser)
	@exec $(VENV) -m drift.proev --stress

check: setup ## Tjek stil, typer, lag, migrationer, sikkerhed og OpenAPI
	@exec $(VENV) -m drift.tjek

bench: setup ## Mål hastighed; resultatet skrives også til .data/bench.json
	@exec $(VENV) -m bench

openapi: setup ## Skriv docs/openapi.json på ny efter en ændring af API'et
	@exec $(VENV) manage.py spectacular --format openapi-json --validate --fail-on-warn --file docs/openapi.json

format: setup ## Ret stil og rækkefølge af importer
	@$(VENV) -m ruff check --fix
	@$(VENV) -m ruff format

reset: ## Slet alle lokale data i .data/ (spørger først)
	@exec $(PYTHON) -m drift.klargoer nulstil
