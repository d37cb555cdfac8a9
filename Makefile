# Two commands are enough for a new user: `make run` and `make test`.
TAGS  := x11,migrated_fynedo
GO    := go
TOOL  := $(GO) tool -modfile=.tools/go.mod
# go-gl recompiles for minutes when cgo flags change: every build uses this one set.
BUILD := $(GO) build -tags $(TAGS)
# What no program reaches is deleted. Let stand: what C calls, and checks and a runner that tests of several packages share.
REACHED := ^app/(ui/ime|print/page/check|screen/runner)
# The tests of the face open hundreds of windows; unbounded, their garbage came to 9 GB.
TEST  := GOMEMLIMIT=3GiB $(GO) test -tags $(TAGS) -timeout 40m
# The mock-ups, kept beside the project; without them `make shots` compares nothing.
MOCKS ?= $(wildcard ../shared/design/ui/mock)

.PHONY: run test soak bench shots forms print-fonts build windows lint fmt install-run install-test install-windows

run: install-run build ## install what is missing, build, open the sample branch
	.tools/run

test: install-test lint build ## install what is missing, run every test at its CI budget
	$(TEST) ./...
	.tools/fuzz 10

soak: install-test build ## every test at its full count (hours)
	ZHIBU_SOAK=1 $(TEST) -timeout 12h -count 1 ./...
	.tools/fuzz 600

bench: install-test ## benchmarks, as ratios measured side by side in one run
	$(GO) test -tags $(TAGS) -run '^$$' -bench . -benchmem -timeout 2h ./...
	cd storage/.bench && $(GO) test -run '^$$' -bench . -benchmem -timeout 1h .

shots: install-run ## pictures of every screen into out/shots, in compare beside their mock-ups
	ZHIBU_SHOTS=$(CURDIR)/out/shots ZHIBU_MOCKS=$(abspath $(MOCKS)) $(TEST) -count 1 -run '^TestShots$$' ./app/ui

forms: install-run ## every form as PDF and PNG into out/forms, with a contact sheet
	$(GO) run -tags $(TAGS) .tools/formsheet/main.go -o out/forms

print-fonts: ## cut the print faces anew from their packages
	.tools/fonts/fetch.sh .cache/fonts
	/usr/bin/python3 .tools/fonts/cut.py .cache/fonts assets/fonts

build:
	$(BUILD) -o bin/zhibu ./app
	$(BUILD) -o bin/districtd ./sync/districtd

windows: install-windows ## the program for Windows, with icon and version, into bin/zhibu.exe
	mkdir -p out/windows
	convert assets/icon.png -define icon:auto-resize=256,64,48,32,16 out/windows/icon.ico
	x86_64-w64-mingw32-windres --use-temp-file -I out/windows -I .tools/windows .tools/windows/app.rc app/rsrc_windows_amd64.syso
	CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc $(GO) build -tags migrated_fynedo \
		-ldflags '-s -w -H=windowsgui' -o bin/zhibu.exe ./app

lint:
	@test -z "$$(gofmt -l app assets storage sync | tee /dev/stderr)"
	$(GO) vet -tags $(TAGS) ./...
	$(TOOL) staticcheck -tags $(TAGS) ./...
	@test -z "$$($(TOOL) deadcode -tags $(TAGS) ./app ./sync/districtd | grep -vE '$(REACHED)' | tee /dev/stderr)"

fmt:
	$(TOOL) gofumpt -w app assets storage sync

install-run:
	@.tools/install run

install-test:
	@.tools/install test

install-windows:
	@.tools/install windows
