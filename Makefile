# Each target is one of npm's own commands, for fingers that type make.
.PHONY: build run build-run test

build:
	node scripts/prepare.mjs

run:
	npm start

build-run: build run

test:
	npm test
