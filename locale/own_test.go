package locale

import (
	"strings"
	"sync"
	"testing"
)

func opened(t testing.TB) *Book {
	t.Helper()
	book, err := Open()
	if err != nil {
		t.Fatal(err)
	}
	return book
}

func TestOwnWordsAreSaidAtOnce(t *testing.T) {
	base := opened(t)
	book, neighbour := base.WithOwn([]Wording{{Key: "press.stale", Language: English, Other: "of the file"}, {Key: "dialog.none", Language: English, Other: "of the file"}}), base.WithOwn(nil)
	before := book.In(English) // handed out before anything is adopted
	if said := before.Say("press.stale"); said != "of the file" {
		t.Errorf("the configured wording is not said but %q", said)
	}
	book.Adopt(3, []Wording{
		{Key: "press.stale", Language: English, Other: "of the city"},
		{Key: "date.left", Language: English, One: "{{.N}} more day", Other: "{{.N}} more days{{if .Wish}}, {{.Wish}}{{else}}!{{end}}"},
	})
	book.Adopt(2, []Wording{{Key: "press.stale", Language: English, Other: "an older one"}})
	for said, want := range map[string]string{
		before.Say("press.stale"):                                "of the city",
		before.Say("dialog.none"):                                "of the file",
		before.Count("date.left", 1):                             "1 more day",
		before.Count("date.left", 4):                             "4 more days!",
		before.Count("date.left", 4, "Wish", "good luck"):        "4 more days, good luck",
		book.In(Indonesian).Count("date.left", 4):                "4 hari lagi",
		base.In(English).Count("date.left", 1):                   "1 day left",
		neighbour.In(English).Say("dialog.none"):                 base.In(English).Say("dialog.none"),
		book.In("fr").Say("press.stale"):                         base.In(Indonesian).Say("press.stale"),
		book.In(English).Say("no.such", "Name", "somebody else"): "no.such",
	} {
		if said != want {
			t.Errorf("says %q, not %q", said, want)
		}
	}
	book.Adopt(4, nil)
	if said := before.Count("date.left", 1); said != "1 day left" {
		t.Errorf("taken back, it says %q", said)
	}
}

// TestAdoptingWhileOthersSpeak is for the race detector, and for readers who never hear
// a mixture.
func TestAdoptingWhileOthersSpeak(t *testing.T) {
	book := opened(t).WithOwn(nil)
	var speaking sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		speaking.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if said := book.In(Indonesian).Count("date.left", 2); said != "2 hari lagi" && said != "tinggal 2" {
					t.Errorf("says %q", said)
					return
				}
			}
		})
	}
	for edition := range int64(200) {
		book.Adopt(edition, [][]Wording{nil, {{Key: "date.left", Language: Indonesian, Other: "tinggal {{.N}}"}}}[edition%2])
	}
	close(done)
	speaking.Wait()
}

func TestCheckSaysWhyAWordingCannotBeSaid(t *testing.T) {
	list, fill := builtIn(t), samples(t)
	for name, test := range map[string]struct {
		key, language, one, other string
		want                      FlawKind
		kept, missing             string
	}{
		"as it is":               {key: "task.reply.undone", other: "{{.Reference}} diurungkan, kini {{.State}}.", kept: "{{.Reference}} diurungkan, kini {{.State}}."},
		"small names":            {key: "task.reply.undone", other: "{{ reference }} jadi {{STATE}}", kept: "{{.Reference}} jadi {{.State}}"},
		"one brace":              {key: "task.reply.undone", other: "{Reference} jadi {state}", kept: "{{.Reference}} jadi {{.State}}"},
		"both forms of braces":   {key: "task.reply.undone", other: "{ Reference }{if state}, kini {{.State}}{else}!{{end}}", kept: "{{.Reference}}{{if .State}}, kini {{.State}}{{else}}!{{end}}", missing: "State"},
		"one brace, of others":   {key: "task.reply.undone", other: "{Reference} {Password}", want: FlawPlaceholder},
		"one brace, open":        {key: "task.reply.undone", other: "{Reference kini", want: FlawBraces},
		"one brace, closing":     {key: "task.reply.undone", other: "{Reference} kini}", want: FlawBraces},
		"two braces and one":     {key: "task.reply.undone", other: "{{.Reference} kini", want: FlawBraces},
		"a dimension":            {key: "dimension.environment", other: "Bumi", want: FlawFixed},
		"a dimension's group":    {key: "group.environment", other: "Pokja Bumi", want: FlawFixed},
		"no dimension":           {key: "dimension.none", other: "Lain-lain", kept: "Lain-lain"},
		"a value left out":       {key: "task.reply.undone", other: "{{.Reference}} diurungkan", kept: "{{.Reference}} diurungkan", missing: "State"},
		"without its reference":  {key: "task.reply.undone", other: "diurungkan, kini {{.State}}", want: FlawMissing},
		"only under a condition": {key: "task.reply.undone", other: "{{if .State}}{{.Reference}}{{end}} diurungkan", want: FlawMissing},
		"a value of others":      {key: "task.reply.undone", other: "{{.Reference}} {{.Password}}", want: FlawPlaceholder},
		"a function":             {key: "task.reply.undone", other: "{{.Reference}} {{printf .State}}", want: FlawFunction},
		"a pipeline":             {key: "task.reply.undone", other: "{{.Reference | html}}", want: FlawFunction},
		"a field of a field":     {key: "task.reply.undone", other: "{{.Reference.Number}}", want: FlawFunction},
		"a call":                 {key: "task.reply.undone", other: `{{call .State}} {{.Reference}}`, want: FlawFunction},
		"a range":                {key: "task.reply.undone", other: "{{range .State}}{{.Reference}}{{end}}", want: FlawFunction},
		"a comment":              {key: "task.reply.undone", other: "{{/* x */}}{{.Reference}}", want: FlawFunction},
		"an open mark":           {key: "task.reply.undone", other: "{{.Reference kini", want: FlawBraces},
		"a closing mark":         {key: "task.reply.undone", other: "{{.Reference}} kini}}", want: FlawBraces},
		"no end":                 {key: "task.reply.undone", other: "{{.Reference}}{{if .State}}x", want: FlawCondition},
		"one in another":         {key: "task.reply.undone", other: "{{.Reference}}{{if .State}}{{if .State}}x{{end}}{{end}}", want: FlawCondition},
		"an end alone":           {key: "task.reply.undone", other: "{{.Reference}}{{end}}", want: FlawCondition},
		"empty":                  {key: "task.reply.undone", want: FlawEmpty},
		"a forbidden word":       {key: "dialog.none", other: "Permintaan kamu dicatat", want: FlawForbidden},
		"late":                   {key: "dialog.none", other: "Terlambat! Mohon dicek", want: FlawForbidden},
		"in capitals":            {key: "dialog.none", other: "Permintaan DITOLAK.", want: FlawForbidden},
		"behind its own part":    {key: "dialog.none", other: "kamus kamu", want: FlawForbidden},
		"part of another word":   {key: "dialog.none", other: "Kamus daerah terbuka", kept: "Kamus daerah terbuka"},
		"what tools look for":    {key: "dialog.none", other: "Bapak/Ibu Telah terhubung", want: FlawLinked},
		"a command":              {key: "command.done.word", other: "tuntas", want: FlawFixed},
		"a menu":                 {key: "command.done.menu", other: "Tuntaskan", want: FlawFixed},
		"the linking sentence":   {key: "link.done", other: "Grup ini masuk", want: FlawFixed},
		"a long button":          {key: "button.ready", other: strings.Repeat("jawab", 13), want: FlawLong},
		"a button that fits":     {key: "button.ready", other: strings.Repeat("jawab", 12), kept: strings.Repeat("jawab", 12)},
		"a button of signs":      {key: "button.ready", other: "✅", want: FlawSigns},
		"a button of two lines":  {key: "button.ready", other: "Ya\nsiap", want: FlawLines},
		"a long toast":           {key: "press.stale", other: strings.Repeat("tombol ", 30), want: FlawLong},
		"a long message":         {key: "dialog.none", other: strings.Repeat("kata ", 900), want: FlawLong},
		"a card line broken":     {key: "task.card.hello", other: "{{.Person}}\nada tugas", want: FlawLines},
		"turned round":           {key: "dialog.none", other: "Rapat \u202Eanamaid", want: FlawSigns},
		"a bell":                 {key: "dialog.none", other: "Rapat\a", want: FlawSigns},
		"blanks around":          {key: "dialog.none", other: "  Baik.\r\nTerima kasih. ", kept: "Baik.\nTerima kasih."},
		"a form too many":        {key: "date.left", one: "sehari lagi", other: "{{.N}} hari lagi", want: FlawForms},
		"a form too few":         {key: "date.left", language: English, other: "{{.N}} days", want: FlawForms},
		"both forms":             {key: "date.left", language: English, one: "a day", other: "{{.N}} days", kept: "{{.N}} days"},
		"no such language":       {key: "date.left", language: "fr", other: "x", want: FlawLanguage},
	} {
		t.Run(name, func(t *testing.T) {
			language := test.language
			if language == "" {
				language = Indonesian
			}
			sentence, known := FindSentence(list, test.key)
			if !known {
				t.Fatalf("there is no sentence %s", test.key)
			}
			fitting, missing, flaw := sentence.Check(Wording{test.key, language, test.one, test.other}, func(name string) any { return fill(language, name) })
			switch {
			case test.want == "" && flaw != nil:
				t.Errorf("refused: %v", flaw)
			case test.want != "" && (flaw == nil || flaw.Kind != test.want):
				t.Errorf("not refused as %s but %v", test.want, flaw)
			case flaw != nil && (flaw.Key != test.key || flaw.Language != language || strings.Contains(flaw.Error(), "\n")):
				t.Errorf("the flaw does not name its sentence in one line: %v", flaw)
			case flaw == nil && (fitting.Other != test.kept || strings.Join(missing, " ") != test.missing):
				t.Errorf("kept as %q without %q", fitting.Other, missing)
			}
		})
	}
}

func TestSampleOfASingleThing(t *testing.T) {
	wording := Wording{Key: "date.left", Language: English, One: "{{.N}} day left", Other: "{{.N}} days left"}
	one := func(string) any { return 1 }
	if said := wording.Sample(true, one); said != "1 day left" {
		t.Errorf("for one thing it is %q", said)
	}
	if said := wording.Sample(false, one); said != "1 days left" {
		t.Errorf("for several it is %q", said)
	}
}

// FuzzReadTemplate: whatever is written, a template that is read says its own source
// again, has no value that was not allowed, and never says more than it was given.
func FuzzReadTemplate(f *testing.F) {
	for _, seed := range []string{"{{.Reference}} selesai", "{{if .Name}}a{{else}}b{{end}}", "{{{{}}}}", "{{if .Name}}{{end}", "{{.Reference|html}}", "}}{{", "{{\n.name\n}}", "{{else}}{{end}}", "{{call .Name}}", "{{if if}}{{end}}", "{Name}{if name}a{else}b{end}", "{{{Name}}}"} {
		f.Add(seed)
	}
	allowed := []string{"Reference", "Name"}
	f.Fuzz(func(t *testing.T, text string) {
		read, flaw := readTemplate(text, allowed)
		if flaw != nil {
			return
		}
		for _, name := range read.names() {
			if name != "Reference" && name != "Name" {
				t.Fatalf("%q names %q", text, name)
			}
		}
		again, flaw := readTemplate(read.source(), allowed)
		if flaw != nil || again.source() != read.source() {
			t.Fatalf("%q is kept as %q, which is read as %q (%v)", text, read.source(), again.source(), flaw)
		}
		fill := func(string) any { return "{{.Name}}" } // a value is never read as a template
		said := read.filled(fill)
		if more := strings.Count(text, "{"); strings.Count(said, "{{") > more {
			t.Fatalf("%q says %q", text, said)
		}
		if simple, flaw := readTemplate(Simple(read.source()), allowed); flaw != nil || simple.source() != read.source() {
			t.Fatalf("%q is shown as %q, which is read as %q (%v)", text, Simple(read.source()), simple.source(), flaw)
		}
	})
}

func TestWordingsSurviveTheirFile(t *testing.T) {
	wordings := []Wording{
		{Key: "date.left", Language: English, One: "a \"day\"", Other: "{{.N}} days\n<left> & \\ tabs\t"},
		{Key: "date.left", Language: Indonesian, Other: "tinggal {{.N}} hari – ya"},
		{Key: "dialog.none", Language: Indonesian, Other: "# bukan komentar"},
	}
	text := WriteWordings(wordings, []Wording{{Key: "press.stale", Language: Indonesian, Other: "baris\nkedua"}}, "Satu\nDua")
	read, err := ReadWordings(text)
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	if len(read) != len(wordings) {
		t.Fatalf("%d wordings are read, not %d:\n%s", len(read), len(wordings), text)
	}
	for i, wording := range read {
		if wording != wordings[i] {
			t.Errorf("%+v is read, not %+v", wording, wordings[i])
		}
	}
}

func TestReadWordingsNamesWhatIsWrong(t *testing.T) {
	for text, want := range map[string]string{
		"[id]\na = \"x\"\nb": "line 3",
		"[fr]\na = \"x\"":    "fr",
		"a = \"x\"":          "a",
		"[id]\ntask = 3":     "id.task",
		"[id.task.done]\nother = \"x\"\nfew = \"y\"\n": "id.task.done",
		"[id.task]\ndone = [\"x\"]":                    "id.task.done",
	} {
		if _, err := ReadWordings([]byte(text)); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %v does not name %q in one line", text, err, want)
		}
	}
	nested, err := ReadWordings([]byte("[id.task]\ndone = \"x\"\n[id.\"task.other\"]\nname = \"y\""))
	if err != nil || len(nested) != 2 || nested[0].Key != "task.done" || nested[1].Key != "task.other.name" {
		t.Errorf("nested tables are read as %+v (%v)", nested, err)
	}
}
