package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestExitStatuses(t *testing.T) {
	folder := t.TempDir()
	database := "REMBUK_DATABASE=" + folder + "/rembuk.db"
	cases := []struct {
		name        string
		arguments   []string
		environment []string
		status      int
		says        string
	}{
		{"help", []string{"--help"}, nil, exitDone, "playground"},
		{"help of a command", []string{"restore", "--help"}, nil, exitDone, "--force"},
		{"no command", nil, nil, exitMistaken, "expected one of"},
		{"unknown command", []string{"server"}, nil, exitMistaken, "server"},
		{"unknown flag", []string{"serve", "--quick"}, nil, exitMistaken, "--quick"},
		{"backup without a file", []string{"backup"}, nil, exitMistaken, "<file>"},
		{"serve without a token", []string{"serve"}, []string{database}, exitMistaken, "REMBUK_TELEGRAM_TOKEN"},
		{"serve with a bad value", []string{"serve", "--set", "zone=Mars"}, []string{database}, exitMistaken, "zone"},
		{"unknown variable", []string{"check"}, []string{"REMBUK_TOKEN=1"}, exitMistaken, "REMBUK_TOKEN"},
		{"missing file", []string{"serve", "--config", folder + "/none.toml"}, nil, exitMistaken, "--config"},
		{"taken address", []string{"serve", "--set", "listen=256.0.0.1:1"}, []string{database, "REMBUK_TELEGRAM_API=http://127.0.0.1:1", "REMBUK_TELEGRAM_TOKEN=123:TEST"}, exitMistaken, "listen"},
		{"alive without a copy", []string{"check", "--alive"}, []string{database}, exitFailed, "no copy is running"},
		{"backup of nothing", []string{"backup", folder + "/b.db"}, []string{"REMBUK_DATABASE=" + folder + "/none.db"}, exitFailed, "no database"},
		{"backup into no folder", []string{"backup", folder + "/none/b.db"}, []string{database}, exitMistaken, "FILE"},
		{"restore of nothing", []string{"restore", folder + "/none.db"}, []string{database}, exitFailed, "none.db"},
		{"pack of nothing", []string{"pack", "E-1", folder + "/p.zip"}, []string{"REMBUK_DATABASE=" + folder + "/none.db"}, exitFailed, "no database"},
		{"pack of no evaluation", []string{"pack", "T-1", folder + "/p.zip"}, []string{database}, exitMistaken, "EVALUATION"},
		{"pack into no folder", []string{"pack", "E-1", folder + "/none/p.zip"}, []string{database}, exitMistaken, "FILE"},
		{"pack in no language", []string{"pack", "E-1", folder + "/p.zip", "--language", "fr"}, []string{database}, exitMistaken, "--language"},
		{"verify of nothing", []string{"verify", folder + "/none.zip"}, nil, exitFailed, "none.zip"},
		{"playground without a port", []string{"playground", "--addr", "127.0.0.1"}, nil, exitMistaken, "--addr"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var output, complaints bytes.Buffer
			status := run(t.Context(), c.arguments, c.environment, &output, &complaints)
			if status != c.status {
				t.Errorf("status %d, want %d", status, c.status)
			}
			where := complaints.String()
			if c.status == exitDone {
				where = output.String()
			}
			if !strings.Contains(where, c.says) {
				t.Errorf("%q does not say %q", where, c.says)
			}
			if c.status != exitDone && strings.Count(complaints.String(), "\n") != 1 {
				t.Errorf("not one line: %q", complaints.String())
			}
		})
	}
}

func TestComplaintsHoldNoToken(t *testing.T) {
	var output, complaints bytes.Buffer
	status := run(t.Context(), []string{"serve", "--set", "city=" + goodToken, "--set", "zone=" + goodToken}, nil, &output, &complaints)
	if status != exitMistaken || strings.Contains(complaints.String(), goodToken) {
		t.Errorf("%d %q", status, complaints.String())
	}
}
