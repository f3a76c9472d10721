# Every gate of the project. `make test` is all of it; each part also runs alone.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c

# Pinned, and run from the module cache: nothing of them is in go.mod.
TEMPL       := go run github.com/a-h/templ/cmd/templ@v0.3.977
SQLC        := CGO_ENABLED=0 go run github.com/sqlc-dev/sqlc/cmd/sqlc@v1.31.1
STATICCHECK := go run honnef.co/go/tools/cmd/staticcheck@v0.8.2
GOVULNCHECK := go run golang.org/x/vuln/cmd/govulncheck@v1.9.0

.PHONY: test check tools format vet staticcheck queries views vulnerabilities race journeys bench generate docs

test: tools check race journeys

check: format vet staticcheck queries views vulnerabilities

# What the tests need from the system; installed where this user may.
tools:
	.ci/tools

format:
	@unformatted=$$(gofmt -l $$(git ls-files --cached --others --exclude-standard '*.go')); \
	if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi

vet:
	go vet ./...

staticcheck:
	$(STATICCHECK) ./...

# app/store is what sqlc makes of queries/ and schema.sql.
queries:
	$(SQLC) diff

# Each _templ.go is what templ makes of its .templ.
views:
	@sums() { find views -name '*_templ.go' -print0 | sort -z | xargs -0 sha256sum; }; \
	before=$$(sums); $(TEMPL) generate -log-level error; \
	diff <(echo "$$before") <(sums) || { echo "views were not generated: run make generate and commit"; exit 1; }

vulnerabilities:
	@if curl -fsS -m 10 -o /dev/null https://vuln.go.dev/index/db.json; then $(GOVULNCHECK) ./...; \
	else echo "SKIPPED: govulncheck, its database vuln.go.dev cannot be reached from here"; fi

# All tests but the journeys, with the race detector; those that take longest go first.
# SQLite translated to Go is not ours to check, and would take half of the time.
LONG := ./app/web ./app/contract ./app/identity
race:
	go test -race -timeout 30m -gcflags='modernc.org/...=-race=false' -shuffle=on $(LONG) $$(go list ./... | grep -Ev '^laoqi/app/(journey|web|contract|identity)$$')

# Browser journeys against the built program.
journeys:
	go test -count=1 -timeout 30m -parallel 3 ./app/journey

# Also at a million filings, which takes some minutes and 2 GB under TMPDIR.
bench:
	LAOQI_BENCH_FILINGS=1000000 go test -timeout 30m -run '^$$' -bench . -benchmem $$(go list -f '{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}{{end}}' ./app/...)

generate:
	$(TEMPL) generate
	$(SQLC) generate

# The operating guide's pictures, taken anew by the journey of the main job.
docs:
	@folder=$$(mktemp -d); ARTIFACTS=$$folder go test -count=1 -run 'TestMainJob$$' ./app/journey; \
	for picture in docs/pictures/*.png; do cp $$folder/*-$$(basename $$picture) $$picture; done
