package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/locale"
)

func TestSentencesFile(t *testing.T) {
	path := write(t, "kalimat.toml", "[id]\n\"dialog.none\" = \" Tabe', belum ada. \"\n[en.date]\nleft = { one = \"a day\", other = \"{{n}} days\" }\n")
	config, err := readConfig("", []string{"sentences.file=" + path}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []locale.Wording{{Key: "date.left", Language: "en", One: "a day", Other: "{{.N}} days"}, {Key: "dialog.none", Language: "id", Other: "Tabe', belum ada."}}
	if len(config.Sentences) != len(want) || config.Sentences[0] != want[0] || config.Sentences[1] != want[1] {
		t.Errorf("read as %+v", config.Sentences)
	}
}

// TestBrokenSentencesFile: one line names the key of the configuration, the file, what
// in it is wrong and what is allowed, and the program ends with status 2.
func TestBrokenSentencesFile(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		says []string
	}{
		"no TOML":            {"[id\n", []string{"line 1", "tables [id] and [en]"}},
		"no language":        {"[fr]\na = \"x\"\n", []string{"fr", "id, en"}},
		"no such sentence":   {"[id]\n\"dialog.nothing\" = \"x\"\n", []string{"id.dialog.nothing", "no such sentence", "locale/id.toml"}},
		"a function":         {"[id]\n\"task.reply.undone\" = \"{{.Reference}} {{len .State}}\"\n", []string{"id.task.reply.undone", "len .State"}},
		"no reference":       {"[id]\n\"task.reply.undone\" = \"{{.State}}\"\n", []string{"id.task.reply.undone", "{{.Reference}}", "{{.State}}"}},
		"a command":          {"[en]\n\"command.done.word\" = \"finished\"\n", []string{"en.command.done.word", "cannot be worded otherwise"}},
		"a word of no city":  {"[id]\n\"dialog.none\" = \"gagal\"\n", []string{"id.dialog.none", "gagal"}},
		"a number":           {"[id]\ndialog = 7\n", []string{"id.dialog", "one, other"}},
		"too long for Teleg": {"[id]\n\"press.stale\" = \"" + strings.Repeat("tombol ", 40) + "\"\n", []string{"id.press.stale", "279", "200"}},
	} {
		t.Run(name, func(t *testing.T) {
			path := write(t, "kalimat.toml", test.text)
			var output, complaints bytes.Buffer
			status := run(t.Context(), []string{"check", "--set", "sentences.file=" + path}, []string{"REMBUK_DATABASE=" + filepath.Dir(path) + "/rembuk.db"}, &output, &complaints)
			if status != exitMistaken {
				t.Errorf("status %d, not %d", status, exitMistaken)
			}
			said := complaints.String()
			for _, part := range append(test.says, "sentences.file", "REMBUK_SENTENCES_FILE", path, "allowed: ") {
				if !strings.Contains(said, part) {
					t.Errorf("%q is not named in: %s", part, said)
				}
			}
			if strings.Count(said, "\n") != 1 {
				t.Errorf("not one line: %q", said)
			}
		})
	}
	for name, path := range map[string]string{"missing": filepath.Join(t.TempDir(), "none.toml"), "a folder": t.TempDir()} {
		if _, err := readConfig("", []string{"sentences.file=" + path}, nil); err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
