package main

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const goodToken = "123456789:AAabcdefghijklmnopqrstuvwxyz_-0123"

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestConfigRanksFlagEnvironmentFileDefault(t *testing.T) {
	file := write(t, "c.toml", "city = 'File'\nzone = 'Asia/Jakarta'\nlisten = '127.0.0.1:1'\nowners = [7, 8]\n[backup]\nkeep = 3\n")
	config, err := readConfig(file, []string{"city=Flag"}, []string{"REMBUK_CITY=Env", "REMBUK_ZONE=Asia/Jayapura", "HOME=/x", "REMBUK_LISTEN="})
	if err != nil {
		t.Fatal(err)
	}
	got := []any{config.City, config.Zone.String(), config.Listen, config.Owners, config.Backup.Keep, config.Database, config.Pacing, config.API}
	want := []any{"Flag", "Asia/Jayapura", "127.0.0.1:1", []int64{7, 8}, 3, "rembuk.db", true, "https://api.telegram.org"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestEveryKeyFromTheEnvironment(t *testing.T) {
	folder := t.TempDir()
	config, err := readConfig("", nil, []string{
		"REMBUK_TELEGRAM_TOKEN= 123:TEST\n", "REMBUK_TELEGRAM_API=http://127.0.0.1:8081/", "REMBUK_DATABASE=" + folder + "/x.db",
		"REMBUK_OWNERS=5, 6,5", "REMBUK_CITY=Kabupaten Teluk Marannu", "REMBUK_ZONE=Asia/Makassar", "REMBUK_LIMITS=off",
		"REMBUK_LISTEN=:9090", "REMBUK_REHEARSAL=2026-05-12T07:59:00+08:00@600", "REMBUK_REMINDERS_CRON=30 7 * * 1-5", "REMBUK_SUMMARY_CRON=15 9 * * 2",
		"REMBUK_BACKUP_FOLDER=" + folder, "REMBUK_BACKUP_CRON=0 1 * * *", "REMBUK_BACKUP_KEEP=2", "REMBUK_FILES_FOLDER=" + folder + "/bukti", "REMBUK_LOG_LEVEL=debug", "REMBUK_LOG_FORMAT=json",
	})
	if err != nil {
		t.Fatal(err)
	}
	monday := time.Date(2026, 5, 11, 0, 0, 0, 0, config.Zone)
	got := []any{config.Token, config.API, config.Owners, config.Pacing, config.Rehearsal.Start.Unix(), config.Rehearsal.Speed,
		config.Reminders.Next(monday).Format("15.04 Mon"), config.Summary.Next(monday).Format("15.04 Mon"), config.Backup.Folder, config.Backup.Schedule.Next(monday).Hour(), config.Backup.Keep, config.filesFolder(), config.LogLevel, config.LogFormat}
	want := []any{"123:TEST", "http://127.0.0.1:8081", []int64{5, 6}, false, time.Date(2026, 5, 11, 23, 59, 0, 0, time.UTC).Unix(), 600.0,
		"07.30 Mon", "09.15 Tue", folder, 1, 2, folder + "/bukti", slog.LevelDebug, "json"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestMistakesAreOneLineNamingTheKey(t *testing.T) {
	const local = "REMBUK_TELEGRAM_API=http://127.0.0.1:1"
	folder := t.TempDir()
	cases := []struct {
		name        string
		file        string
		flags       []string
		environment []string
		names       string // what the line must hold
	}{
		{name: "unknown key", file: "databse = 'x'", names: `unknown key "databse"`},
		{name: "unknown key in a table", file: "[telegram]\ntokn = 'x'", names: `unknown key "telegram.tokn"`},
		{name: "a key written as a table", file: "[database]\npath = 'x'", names: "database is a table"},
		{name: "a table written as a key", file: "telegram = 'x'", names: `unknown key "telegram"`},
		{name: "a date", file: "city = 2026-05-12", names: "city is a date"},
		{name: "not TOML", file: "city = \n\nzone = 3", names: "line 1"},
		{name: "unknown variable", environment: []string{"REMBUK_TOKEN=x"}, names: "REMBUK_TOKEN;"},
		{name: "unknown flag key", flags: []string{"databse=x"}, names: `"databse"`},
		{name: "flag without value", flags: []string{"city"}, names: "KEY=VALUE"},
		{name: "token as a flag", flags: []string{"telegram.token=" + goodToken}, names: "REMBUK_TELEGRAM_TOKEN"},
		{name: "token of no shape", environment: []string{"REMBUK_TELEGRAM_TOKEN=secret"}, names: "telegram.token"},
		{name: "short token at Telegram", environment: []string{"REMBUK_TELEGRAM_TOKEN=123:TEST"}, names: "telegram.token"},
		{name: "token with a line break inside", environment: []string{local, "REMBUK_TELEGRAM_TOKEN=123:TE\nST"}, names: "telegram.token"},
		{name: "api without scheme", environment: []string{"REMBUK_TELEGRAM_API=127.0.0.1:80"}, names: "telegram.api"},
		{name: "api with another scheme", environment: []string{"REMBUK_TELEGRAM_API=ftp://127.0.0.1"}, names: "telegram.api"},
		{name: "owner by name", environment: []string{"REMBUK_OWNERS=5,sitti"}, names: "owners"},
		{name: "owner below zero", environment: []string{"REMBUK_OWNERS=-5"}, names: "owners"},
		{name: "no such zone", environment: []string{"REMBUK_ZONE=Asia/Maros"}, names: "zone"},
		{name: "the machine's zone", environment: []string{"REMBUK_ZONE=Local"}, names: "zone"},
		{name: "no such limit", environment: []string{local, "REMBUK_LIMITS=none"}, names: "limits"},
		{name: "limits off at Telegram", environment: []string{"REMBUK_LIMITS=off"}, names: "limits"},
		{name: "limits off at a name that looks local", environment: []string{"REMBUK_LIMITS=off", "REMBUK_TELEGRAM_API=http://127.0.0.1.example.org"}, names: "limits"},
		{name: "rehearsal at Telegram", environment: []string{"REMBUK_REHEARSAL=2026-05-12T07:59:00+08:00@600"}, names: "rehearsal"},
		{name: "rehearsal without speed", environment: []string{local, "REMBUK_REHEARSAL=2026-05-12T07:59:00+08:00"}, names: "rehearsal"},
		{name: "rehearsal standing still", environment: []string{local, "REMBUK_REHEARSAL=2026-05-12T07:59:00+08:00@0"}, names: "rehearsal"},
		{name: "rehearsal at no number", environment: []string{local, "REMBUK_REHEARSAL=2026-05-12T07:59:00+08:00@NaN"}, names: "rehearsal"},
		{name: "rehearsal without zone", environment: []string{local, "REMBUK_REHEARSAL=2026-05-12T07:59:00@600"}, names: "rehearsal"},
		{name: "listen without port", environment: []string{"REMBUK_LISTEN=localhost"}, names: "listen"},
		{name: "listen on port 0", environment: []string{"REMBUK_LISTEN=:0"}, names: "listen"},
		{name: "cron of four fields", environment: []string{"REMBUK_REMINDERS_CRON=8 * * *"}, names: "reminders.cron"},
		{name: "cron that would panic", environment: []string{"REMBUK_REMINDERS_CRON=TZ="}, names: "reminders.cron"},
		{name: "cron with a zone", environment: []string{"REMBUK_REMINDERS_CRON=CRON_TZ=Asia/Jakarta 0 8 * * *"}, names: "reminders.cron"},
		{name: "cron without an hour", environment: []string{"REMBUK_BACKUP_CRON=@every 5m"}, names: "backup.cron"},
		{name: "cron that never comes", environment: []string{"REMBUK_BACKUP_CRON=0 8 30 2 *"}, names: "backup.cron"},
		{name: "no backups kept", environment: []string{"REMBUK_BACKUP_KEEP=0"}, names: "backup.keep"},
		{name: "level", environment: []string{"REMBUK_LOG_LEVEL=loud"}, names: "log.level"},
		{name: "format", environment: []string{"REMBUK_LOG_FORMAT=xml"}, names: "log.format"},
		{name: "database in no folder", environment: []string{"REMBUK_DATABASE=" + folder + "/none/x.db"}, names: "database"},
		{name: "database is a folder", environment: []string{"REMBUK_DATABASE=" + folder}, names: "database"},
		{name: "backups into no folder", environment: []string{"REMBUK_BACKUP_FOLDER=" + folder + "/none"}, names: "backup.folder"},
		{name: "officer of two lines", environment: []string{"REMBUK_PRIVACY_OFFICER=a\nb"}, names: "privacy.officer"},
		{name: "city of two lines", environment: []string{"REMBUK_CITY=a\nb"}, names: "city"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			file := ""
			if c.file != "" {
				file = write(t, "c.toml", c.file)
			}
			_, err := readConfig(file, c.flags, c.environment)
			var mistake *configError
			if !errors.As(err, &mistake) {
				t.Fatalf("got %v, want a configError", err)
			}
			line := err.Error()
			if !strings.Contains(line, c.names) || strings.Contains(line, "\n") {
				t.Errorf("got %q, want one line with %q", line, c.names)
			}
			if !strings.Contains(line, "allowed") && !strings.Contains(line, "config.example.toml") {
				t.Errorf("%q does not say what is allowed", line)
			}
			if strings.Contains(line, goodToken) || strings.Contains(line, "secret") {
				t.Errorf("%q repeats the token", line)
			}
		})
	}
}

func TestMissingConfigFileIsNamed(t *testing.T) {
	_, err := readConfig("/no/such.toml", nil, nil)
	var mistake *configError
	if !errors.As(err, &mistake) || !strings.Contains(err.Error(), "--config \"/no/such.toml\"") {
		t.Errorf("got %v", err)
	}
}

func TestLoopbackAddresses(t *testing.T) {
	for address, want := range map[string]bool{
		"http://127.0.0.1:8081": true, "http://127.9.9.9": true, "http://[::1]:80": true, "http://LOCALHOST:1": true,
		"http://[::ffff:127.0.0.1]": true, "https://api.telegram.org": false, "http://10.0.0.1": false,
		"http://127.0.0.1.example.org": false, "http://localhost.example.org": false, "http://0.0.0.0": false, "http://127.0.0.1@10.0.0.1": false,
	} {
		if got := isLoopback(address); got != want {
			t.Errorf("isLoopback(%s) = %v", address, got)
		}
	}
}

// Every key stands in the example, nothing else does, each has a comment before
// it, and what it shows is the default.
func TestExampleHoldsExactlyTheKeys(t *testing.T) {
	content, err := os.ReadFile("config.example.toml")
	if err != nil {
		t.Fatal(err)
	}
	shown := settings{}
	for _, key := range keys() {
		shown[key.name] = written{}
	}
	if err := shown.addFile("config.example.toml"); err != nil {
		t.Fatal(err)
	}
	var names []string
	table, last := "", ""
	for line := range strings.Lines(string(content)) {
		line = strings.TrimSpace(line)
		if header := regexp.MustCompile(`^\[(.*)\]$`).FindStringSubmatch(line); header != nil {
			table = header[1] + "."
		}
		if name, _, found := strings.Cut(line, " = "); found && !strings.HasPrefix(line, "#") {
			names = append(names, table+name)
			if !strings.HasPrefix(last, "#") {
				t.Errorf("%s has no comment", name)
			}
		}
		last = line
	}
	want := keyNames()
	slices.Sort(names)
	slices.Sort(want)
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	for _, key := range keys() {
		if shown[key.name].value != key.usual {
			t.Errorf("%s shows %q, the default is %q", key.name, shown[key.name].value, key.usual)
		}
	}
	if _, err := readConfig("config.example.toml", nil, nil); err != nil {
		t.Error(err)
	}
}

func FuzzParseCron(f *testing.F) {
	for _, seed := range []string{"0 8 * * *", "TZ=", "CRON_TZ=Asia/Jakarta", "@every 1h", "*/0 * * * *", "0 0 30 2 *"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, expression string) {
		schedule, err := parseCron(expression)
		if err == nil && !schedule.Next(time.Unix(0, 0).UTC()).After(time.Unix(0, 0)) {
			t.Errorf("%q never comes", expression)
		}
	})
}
