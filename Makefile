# The words anyone can guess. Each installs by itself what it lacks (Debian packages).

ENGINE ?= sqlite
BUILD_FLAGS = --explicit-target-dependency-import-check error

.PHONY: help setup build release demo test check format facts bench acceptance install clean

help:            ## this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 22

setup:           ## install the Debian packages that are missing
	@scripts/setup

build: setup     ## build the program for work on it
	@swift build $(BUILD_FLAGS) --product plumb

release: setup   ## build the program for use; what it needs to run is in Debian
	@swift build $(BUILD_FLAGS) --product plumb -c release --static-swift-stdlib

demo: build      ## replay the founding incident; ENGINE=postgres does it on a throw-away server
	@.build/debug/plumb demo --engine $(ENGINE)

test: setup      ## the whole test suite, on real SQLite and a real PostgreSQL
	@scripts/test

check: setup     ## what CI runs: format, build, tests, generated files
	@scripts/check

format:          ## format the sources
	@swift format format -i -r -p Sources Tests Package.swift

facts:           ## write Documentation/Facts.md from the facet tables
	@PLUMB_GENERATE=1 swift test --disable-xctest --filter FactsDocumentTests

bench: release   ## the benchmarks, as ratios against a peer in the same run
	@Benchmarks/run

acceptance: release ## the judging claims, on the schemas in ../shared/data
	@scripts/acceptance

install: release ## install the program into /usr/local/bin
	@install -m 755 .build/release/plumb /usr/local/bin/plumb

clean:           ## remove what was built
	@rm -rf .build
