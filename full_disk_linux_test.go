package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// onSmallDisk starts a program whose files lie on a disk of 1 MiB of its own, which
// something else has filled but for room for one of filingKilled's files.
const onSmallDisk = `#!/bin/sh
PATH=/usr/sbin:/usr/bin:/sbin:/bin
exec unshare --user --map-root-user --mount sh -c 'mount -t tmpfs -o size=1m tmpfs "$0" && head -c 600000 /dev/zero > "$0/penuh" && exec "$@"' '%s' '%s' "$@"
`

// TestAFullDiskIsWaitedFor lets the real program keep evidence on a disk that is full:
// what was kept stays, what finds no room counts for nothing and is said to be on its
// way, and once there is room it is kept without anybody doing anything.
func TestAFullDiskIsWaitedFor(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	telegram, config := localTelegram(t)
	person := telegram.Person(sim.Person{FirstName: "Sitti", LastName: "Ramlah", Username: "sitti_contoh"})
	f := &filingKilled{t: t, ctx: ctx, telegram: telegram, config: config, person: person}
	f.prepare()
	disk, folder := t.TempDir(), t.TempDir()
	binary, script := realProgram(t), filepath.Join(folder, "on-small-disk")
	if err := os.WriteFile(script, fmt.Appendf(nil, onSmallDisk, disk, binary), 0o700); err != nil {
		t.Fatal(err)
	}
	m := machine{telegram, script, filepath.Dir(config.Database), []string{"PATH=/nonexistent", "REMBUK_TELEGRAM_API=" + config.API,
		"REMBUK_TELEGRAM_TOKEN=" + config.Token, "REMBUK_DATABASE=" + config.Database, "REMBUK_FILES_FOLDER=" + filepath.Join(disk, "files"),
		"REMBUK_OWNERS=" + strconv.FormatInt(person, 10), "REMBUK_CITY=Kabupaten Teluk Marannu", "REMBUK_ZONE=Asia/Makassar", "REMBUK_LIMITS=off"}}
	running := m.serve(t)
	inside := fmt.Sprintf("/proc/%d/root%s", running.command.Process.Pid, disk) // nobody else sees its disk
	f.config.Files = filepath.Join(inside, "files")

	f.say()
	f.wait("the first file counts", func() bool { return f.reckon() == 1 })
	tried := f.fetches()
	f.say()
	f.wait("the second has been tried twice", func() bool { return f.fetches() >= tried+2 })
	f.wait("both are asked about", func() bool { return len(f.asked()) == 2 })
	question := f.asked()[1]
	if _, err := telegram.Press(person, question, person, "Tidak"); err != nil {
		t.Fatal(err)
	}
	f.wait("it is said to be on its way", func() bool { return strings.Contains(f.text(question), "ENV-08: Sedang disimpan.") })
	if f.reckon() != 1 || f.kept() != 1 {
		t.Errorf("%d count and %d are kept where there was room for one", f.reckon(), f.kept())
	}
	if err := os.Remove(filepath.Join(inside, "penuh")); err != nil {
		t.Fatal(err)
	}
	f.wait("the second counts, too", func() bool { return f.reckon() == 2 && f.kept() == 2 })
	f.wait("and that is said", func() bool { return strings.Contains(f.text(question), "ENV-08: Diunggah") })
	if status, _ := running.signal(t, os.Interrupt); status != 0 {
		t.Errorf("the program ended with %d\n%s", status, running.output)
	}
}

// text is what a message of the bot says by now.
func (f *filingKilled) text(id int) string {
	for _, message := range f.telegram.Messages(f.person) {
		if message.ID == id {
			return message.Text
		}
	}
	return ""
}
