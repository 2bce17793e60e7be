package story

import (
	"strings"
	"testing"

	"github.com/rembuk/rembuk/sim"
)

func TestWordsLeadToTheMessageThatIsMeant(t *testing.T) {
	card := [][]sim.Button{{{Text: "Siap", Data: "x"}}}
	messages := []sim.Shown{
		{ID: 1, Bot: true, Text: "T-1 · Rekap\nBaru", Buttons: card},
		{ID: 2, Person: 7, Text: `bilang "ya" saja`},
		{ID: 3, Bot: true, Text: "T-12 · Foto\nBaru", Buttons: card},
		{ID: 4, Person: 7, Text: "setuju"},
		{ID: 5, Person: 8, Text: "setuju"},
		{ID: 6, Bot: true, Text: "T-1 · Rekap\nSelesai"},
		{ID: 7, Person: 7},
		{ID: 8, Bot: true, Text: "T-12 sudah dihapus", Deleted: true},
	}
	for name, row := range map[string]struct {
		act   sim.Act
		words string
		back  int
	}{
		"a reference":              {sim.Act{Kind: sim.Presses, Message: 1, Text: "Siap"}, "T-1", 0},
		"a longer reference":       {sim.Act{Kind: sim.Presses, Message: 3, Text: "Siap"}, "T-12", 0},
		"an older card of a thing": {sim.Act{Kind: sim.Says, Message: 1}, "Rekap Baru", 0},
		"words in quotes":          {sim.Act{Kind: sim.Says, Message: 2}, "bilang ... ya ... saja", 0},
		"the same said by another": {sim.Act{Kind: sim.Edits, Message: 4}, "setuju", 0},
		"the same said twice":      {sim.Act{Kind: sim.Says, Message: 4}, "setuju", 2},
		"no words at all":          {sim.Act{Kind: sim.Says, Message: 7}, "...", 0},
		"not there":                {sim.Act{Kind: sim.Says, Message: 99}, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			words, back := lead(messages, row.act)
			if name == "an older card of a thing" {
				if !matches(words, messages[0].Text) || matches(words, messages[5].Text) {
					t.Errorf("%q leads elsewhere", words)
				}
				return
			}
			if words != row.words || back != row.back {
				t.Errorf("led by %q, %d; want %q, %d", words, back, row.words, row.back)
			}
		})
	}
}

func TestTitlesAndFileNames(t *testing.T) {
	for title, want := range map[string]struct{ title, name string }{
		"rapat pertama":             {"Rapat pertama", "rapat_pertama.txtar"},
		"  dua\n baris ":            {"Dua baris", "dua_baris.txtar"},
		"zone: Asia/Jayapura":       {"Zone: Asia/Jayapura", "zone_asia_jayapura.txtar"},
		"-- story --":               {"Story --", "story.txtar"},
		"":                          {"Recorded in the playground", "recorded_in_the_playground.txtar"},
		"../../etc/passwd":          {"../../etc/passwd", "etc_passwd.txtar"},
		"ไทย":                       {"ไทย", "story.txtar"},
		strings.Repeat("kata ", 40): {strings.TrimSpace("K" + strings.Repeat("kata ", 40)[1:]), strings.Repeat("kata_", 12) + ".txtar"},
	} {
		plain := plainTitle(title)
		if name := fileNameOf(plain); plain != want.title || name != want.name {
			t.Errorf("%q becomes %q in %q, want %q in %q", title, plain, name, want.title, want.name)
		}
	}
}

func TestWhatAScriptCannotSayIsTold(t *testing.T) {
	good := Script{Name: "a.txtar", Title: "A", Settings: map[string]string{},
		Cast:  Cast{People: []Person{{Name: "Baso Irfandi", Language: "id"}}},
		Steps: []Step{{Kind: At, Date: "2026-05-11", Clock: "09:12"}, {Kind: Say, Who: "Baso Irfandi", Text: "satu\n\ndua: tiga"}}}
	for name, row := range map[string]struct {
		change func(*Script)
		want   string
	}{
		"everything":       {func(*Script) {}, ""},
		"a name of a list": {func(s *Script) { s.Cast.People = append(s.Cast.People, Person{Name: "Baso, Sitti", Language: "id"}) }, "is not one of"},
		"a name like a group": {func(s *Script) { s.Cast.People = append(s.Cast.People, Person{Name: "group Baso", Language: "id"}) },
			"names of people or groups"},
		"blanks at the end": {func(s *Script) { s.Steps[1].Text = "satu \ndua" }, "cannot stand in a script: Baso Irfandi: satu"},
		"somebody unknown":  {func(s *Script) { s.Steps[1].Text = "untuk @(Nurhikmah)" }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			script := good
			script.Steps = append([]Step(nil), good.Steps...)
			row.change(&script)
			err := script.readsAgain()
			if row.want == "" && err != nil || row.want != "" && (err == nil || !strings.Contains(err.Error(), row.want)) {
				t.Errorf("got %v, want %q", err, row.want)
			}
		})
	}
}

// TestWhatIsSentIsRecordedAsItIs whatever it is, and reads the same again.
func TestWhatIsSentIsRecordedAsItIs(t *testing.T) {
	file := func(name string) *sim.File { return &sim.File{Name: name, Bytes: []byte(name)} }
	for want, said := range map[string]sim.Message{
		"sending a.pdf":                 {Document: file("a.pdf")},
		"sending photo b.jpg":           {Photo: file("b.jpg")},
		"sending voice c.ogg":           {Media: file("c.ogg"), Kind: "voice"},
		`sending round video "d 1.mp4"`: {Media: file("d 1.mp4"), Kind: "video_note"},
		"sending e.csv":                 {Media: file("e.csv"), Kind: "document"},
		"sending location -2.5,121.1":   {Location: &sim.Location{Latitude: -2.5, Longitude: 121.1}},
		"":                              {Text: "halo"},
	} {
		recorder := &Recorder{}
		step := recorder.sent(said)
		if got := step.sending(); got != want {
			t.Errorf("%+v is recorded as %q, want %q", said, got, want)
		}
		if kept := len(recorder.files); kept != len(step.Files) {
			t.Errorf("%q: %d files are kept", want, kept)
		}
	}
}
