.PHONY: build static test check vulnerabilities playground pictures

build:
	go build -o rembuk .

# One file without any library beside it, as in the Dockerfile, and with the same Go.
static:
	GOTOOLCHAIN=go1.26.10+auto CGO_ENABLED=1 go build -trimpath -tags netgo,osusergo \
		-ldflags '-s -w -linkmode external -extldflags "-static"' -o rembuk .

test:
	go test ./...

# Everything that must hold before a change lands.
check:
	.ci/run

# Known vulnerabilities of the program and of what it is built from. Needs the module proxy.
vulnerabilities:
	go run ./deploy/vulnerabilities

playground:
	go run . playground

# The pictures of the coordinators' guide, taken on a phone in the sample city. Needs Chromium.
pictures:
	REMBUK_PICTURES=$(CURDIR)/docs/pictures go test -count=1 -tags browser -run TestPicturesOfTheGuide .
