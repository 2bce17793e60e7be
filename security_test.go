package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// waitFor waits for a condition, half a minute at most.
func waitFor(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !holds(); {
		if time.Now().After(deadline) {
			t.Fatalf("it does not come to pass: %s", what)
		}
		<-time.After(5 * time.Millisecond)
	}
}

// openToOthers lists what others than the owner may do something with, in a folder and below.
func openToOthers(t *testing.T, folder string) (open, all []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == folder {
			return err
		}
		info, err := entry.Info()
		if os.IsNotExist(err) {
			return nil // a draft
		}
		all = append(all, path)
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			open = append(open, fmt.Sprintf("%s %v", path, info.Mode()))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return open, all
}

// filesAreTheirOwners: whatever the umask of who starts it, nobody else on the machine
// reads what the program writes, and a database that was put there with wide rights
// loses those.
func filesAreTheirOwners(t *testing.T, m machine) {
	wide := filepath.Join(t.TempDir(), "wide")
	if err := os.WriteFile(wide, []byte("#!/bin/sh\numask 000\nexec '"+m.binary+"' \"$@\"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	m.binary = wide
	owner := m.telegram.Person(sim.Person{FirstName: "Sitti", LanguageCode: "id"})
	m.environment = append(m.environment, fmt.Sprintf("REMBUK_OWNERS=%d", owner), "REMBUK_BACKUP_FOLDER="+m.folder)
	server := m.serve(t)
	m.telegram.Say(sim.Message{Chat: owner, Person: owner, Text: "/mulai"})
	waitFor(t, "an answer", func() bool { return len(m.telegram.Messages(owner)) > 1 })
	if status, output := m.do(t, "backup", filepath.Join(m.folder, "copy.db")); status != 0 {
		t.Fatalf("backup: %d %s", status, output)
	}
	open, all := openToOthers(t, m.folder)
	for _, wanted := range []string{"rembuk.db", "rembuk.db-wal", "rembuk.db-shm", "rembuk.db.lock", "rembuk.db.files", "copy.db"} {
		if !strings.Contains(strings.Join(all, " ")+" ", wanted+" ") {
			t.Errorf("there is no %s among %v", wanted, all)
		}
	}
	server.signal(t, os.Interrupt)
	if status, output := m.do(t, "restore", "--force", filepath.Join(m.folder, "copy.db")); status != 0 {
		t.Fatalf("restore: %d %s", status, output)
	}
	restored, _ := openToOthers(t, m.folder)
	if err := os.Chmod(filepath.Join(m.folder, "rembuk.db"), 0o606); err != nil {
		t.Fatal(err)
	}
	m.serve(t)
	narrowed, _ := openToOthers(t, m.folder)
	for _, one := range append(append(open, restored...), narrowed...) {
		t.Errorf("others may use %s", one)
	}
	playgroundIsItsOwners(t, m)
}

// playgroundIsItsOwners is the same for the folder of a playground with its city.
func playgroundIsItsOwners(t *testing.T, m machine) {
	t.Helper()
	folder := filepath.Join(m.folder, "playground")
	command := exec.Command(m.binary, "playground", "--addr", "127.0.0.1:0", "--data", folder)
	command.Env = m.environment[:1]
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = command.Process.Kill(); _ = command.Wait() }()
	waitFor(t, "a playground that is saved", func() bool { return isThere(filepath.Join(folder, "playground.chats")) })
	open, all := openToOthers(t, folder)
	if len(open) > 0 || len(all) < 4 {
		t.Errorf("others may use %v of %v", open, all)
	}
}

// secretsStayInside lets people say, name and file things that are marked, through
// what works and what does not, and looks for them in everything that the program
// writes beside its database: its log at the finest level, its metrics, what check says,
// and the names of its files.
func secretsStayInside(t *testing.T, m machine) {
	address := freeAddress(t)
	log, err := os.Create(filepath.Join(t.TempDir(), "log"))
	if err != nil {
		t.Fatal(err)
	}
	owner := m.telegram.Person(sim.Person{FirstName: "Ratnasari", LastName: "Rahasiawati", Username: "rahasia_ratna", LanguageCode: "id"})
	other := m.telegram.Person(sim.Person{FirstName: "Baharuddin", LastName: "Tersembunyi", LanguageCode: "id"})
	m.environment = append(m.environment, "REMBUK_LISTEN="+address, fmt.Sprintf("REMBUK_OWNERS=%d", owner), "REMBUK_LOG_LEVEL=debug", "REMBUK_CITY=Kabupaten Teluk Marannu", "REMBUK_ZONE=Asia/Makassar")
	command := exec.Command(m.binary, "serve")
	command.Dir, command.Env, command.Stdout, command.Stderr = m.folder, m.environment, log, log
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = command.Process.Kill(); _ = command.Wait() }()
	waitFor(t, "a poll", m.telegram.PollWaiting)
	saySecrets(t, m.telegram, owner, other)
	waitFor(t, "quiet", func() bool { return m.telegram.PollWaiting() })
	_, metrics := fetch(t, "http://"+address+"/metrics")
	_, health := fetch(t, "http://"+address+"/healthz")
	_, checked := m.do(t, "check")
	_, files := openToOthers(t, m.folder)
	_ = command.Process.Signal(os.Interrupt)
	_ = command.Wait()
	written, err := os.ReadFile(log.Name())
	if err != nil || !strings.Contains(string(written), "level=") {
		t.Fatalf("%v: the program logs nothing", err)
	}
	for place, text := range map[string]string{"the log": string(written), "the metrics": metrics, "the health": health, "what check says": checked, "names of files": strings.Join(files, "\n")} {
		for _, secret := range append(marked, m.telegram.Token()) {
			if strings.Contains(strings.ToLower(text), strings.ToLower(secret)) {
				t.Errorf("%q stands in %s", secret, place)
			}
		}
		if number := regexp.MustCompile(`7371\d{12}|0812[ -]?3456`).FindString(text); number != "" {
			t.Errorf("%q stands in %s", number, place)
		}
	}
	maskedOnDisk(t, m)
}

// marked are parts of names, words and links that stand in chats, and nowhere else.
var marked = []string{"Rahasiawati", "rahasia_ratna", "Tersembunyi", "kebocoran pipa zamrud", "undanganTersegel", "ktp_lamaranku", "gagasan nilakandi", "sandi-merpati"}

// saySecrets lets them be said in a group and in private, with a line that breaks,
// answers of Telegram that say no, and an update nobody expects.
func saySecrets(t *testing.T, telegram *sim.Server, owner, other int64) {
	t.Helper()
	group := telegram.Group(sim.Group{Title: "Grup Rapat", Supergroup: true, Members: []int64{owner, other}})
	telegram.AddBot(group, owner)
	telegram.Fail(sim.Fault{Method: "sendMessage", Kind: sim.Refuse, Code: 403, Description: "Forbidden: bot was blocked by the user", Chat: other, Times: 2})
	telegram.Fail(sim.Fault{Method: "sendMessage", Kind: sim.Error500, Times: 2})
	for _, text := range []string{"/hubungkan pokja lingkungan", "/tugas_baru kebocoran pipa zamrud tenggat 4 Desember 2031", "/tugas_baru @rahasia_ratna sandi-merpati https://t.me/+undanganTersegel tenggat besok",
		"/cari kebocoran pipa zamrud", "/tidakada sandi-merpati", "/tanya dewan: NIK saya 7371010203040005, telepon 0812-3456-7890?", "/ide gagasan nilakandi"} {
		telegram.Say(sim.Message{Chat: group, Person: owner, Text: text})
	}
	telegram.BreakLine()
	for _, text := range []string{"/mulai", "/start claim-sandi-merpati", "/mulai sandi-merpati", "gagasan nilakandi", "NIK 7371010203040005"} {
		telegram.Say(sim.Message{Chat: other, Person: other, Text: text})
		telegram.Say(sim.Message{Chat: owner, Person: owner, Text: text})
	}
	telegram.MendLine()
	telegram.Say(sim.Message{Chat: owner, Person: owner, Caption: "kebocoran pipa zamrud", Document: &sim.File{Name: "ktp_lamaranku.pdf", MIME: "application/pdf", Bytes: []byte("%PDF-1.4 x")}})
	telegram.PressData(owner, 1, owner, "1:sandi-merpati")
	waitFor(t, "answers", func() bool { return telegram.PollWaiting() && len(telegram.Messages(owner)) > 8 })
}

// maskedOnDisk looks for long numbers in the database as it lies on the disk.
func maskedOnDisk(t *testing.T, m machine) {
	t.Helper()
	found := false
	for _, end := range []string{"", "-wal"} {
		content, err := os.ReadFile(filepath.Join(m.folder, "rembuk.db"+end))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		found = found || strings.Contains(string(content), "kebocoran pipa zamrud")
		for _, secret := range []string{"7371010203040005", "0812-3456-7890", m.telegram.Token()} {
			if strings.Contains(string(content), secret) {
				t.Errorf("rembuk.db%s holds %q", end, secret)
			}
		}
	}
	if !found {
		t.Error("the database does not hold what was said: nothing was looked for")
	}
}
