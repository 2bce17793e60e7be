package story

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// everyForm is a script in which each form of line stands at least once.
const everyForm = `Every form
interrupt: restart
zone: Asia/Makassar

Prose that explains
over two lines.

-- cast --
# people first
Sitti Ramlah @sitti_contoh, coordinator, started
dr. Herlina Pabokori, started, english
Baso Irfandi @baso_contoh
group Pokja Lingkungan: Sitti, Baso; linked as pokja lingkungan
basic group Dewan: Sitti
forum Pokja Bersama: Sitti, Baso; topics Sampah, Energi

-- story --
at 2026-05-11 09:12
at 09:13
2 hours pass
the clock is set back to 2026-05-11 09:13
a day passes
15 minutes pass
Sitti in Lingkungan: /hubungkan pokja lingkungan
= links the group
bot in Pokja Lingkungan: telah terhubung ... Lingkungan.
buttons [Siap] [Ubah tenggat]
no buttons
no buttons [Sesuai] [Ambil]
Sitti anonymously in Dewan: /status
Herlina replying to "T-1" sending rekap.pdf: /selesai T-1
Herlina in Lingkungan sending round video rekap.pdf: putaran
Herlina sending location -2.5,121.1:
bot to Sitti sending location -2.5,121.1: T-1
bot to Sitti sending voice kabar.ogg:
Herlina:
  satu: dua

  tiga
bot to Herlina replying to "satu": Tercatat
bot edits to Herlina: Tercatat
Sitti in Bersama / Sampah: /tugas
card "T-1" in Lingkungan: Baru
card "T-1" to Herlina: Baru
toast: Tercatat
toast to Baso: Tercatat
one toast: sudah
nothing
nothing in Dewan
nothing to Baso
anything
anything in Pokja Lingkungan
anything to Baso
never "rahasia" to Baso
never "rahasia"
Baso edits "/tugas_baru" in Lingkungan: /tugas_baru B: C
Baso presses [Siap] in Lingkungan on "T-1"
meanwhile Sitti presses [Siap] in Lingkungan
Baso presses the old [Ambil] in Lingkungan on "T-1"
Baso forges [Sesuai] of Sitti in Lingkungan
Baso forges [Siap] of Lingkungan
Baso forges "x:1"
Baso votes [Senin] [Selasa pagi] in Lingkungan on the 2nd last "rapat"
Baso votes for nothing in Lingkungan
Baso edits the 2nd last "/tugas_baru": /tugas_baru C
Baso presses [Siap] in Lingkungan on the 3rd last "T-1"
Baso replying to the 11th last "T-1" sending photo rekap.pdf, "2/foto TPS.jpg": dua foto
bot to Baso sending rekap.pdf: T-1
Baso becomes an administrator of Dewan
Sitti adds Baso to Dewan
Sitti takes dr. Herlina Pabokori out of Dewan
the bot becomes an administrator of Dewan
the bot is no administrator of Dewan
Baso joins Dewan
Baso leaves Dewan
Sitti adds the bot to Dewan
Sitti removes the bot from Dewan
Baso blocks the bot
Baso unblocks the bot
Baso deletes the account
Sitti opens the link in the log
Dewan becomes a supergroup
topic Sampah of Bersama is deleted
the program restarts
the key privacy.officer becomes: Drs. Amir
the program is killed
the program dies
the program stops
the program starts
fault sendMessage 429
fault any broken after x2 in Lingkungan
fault any 500 always
the faults end
at 09:40:30
the line breaks
the line is mended
the machine sleeps until 2026-05-14 07:10
the machine sleeps until 23:59
the kept rekap.pdf is altered
the kept "2/foto TPS.jpg" is lost

-- rekap.pdf --
%PDF
-- 2/foto TPS.jpg.base64 --
/9j/
4A==
`

func readEveryForm(t *testing.T) Script {
	t.Helper()
	script, err := Read("every.txtar", []byte(everyForm))
	if err != nil {
		t.Fatal(err)
	}
	return script
}

func TestReadTakesTheHeadAndTheCastApart(t *testing.T) {
	script := readEveryForm(t)
	want := Script{
		Name: "every.txtar", Title: "Every form", About: "Prose that explains\nover two lines.",
		Settings: map[string]string{"interrupt": "restart", "zone": "Asia/Makassar"},
		Cast: Cast{
			People: []Person{
				{Name: "Sitti Ramlah", Username: "sitti_contoh", Coordinator: true, Started: true, Language: "id"},
				{Name: "dr. Herlina Pabokori", Started: true, Language: "en"},
				{Name: "Baso Irfandi", Username: "baso_contoh", Language: "id"},
			},
			Groups: []Group{
				{Title: "Pokja Lingkungan", Kind: Supergroup, Members: []string{"Sitti Ramlah", "Baso Irfandi"}, Linked: "pokja lingkungan"},
				{Title: "Dewan", Kind: BasicGroup, Members: []string{"Sitti Ramlah"}},
				{Title: "Pokja Bersama", Kind: Forum, Members: []string{"Sitti Ramlah", "Baso Irfandi"}, Topics: []string{"Sampah", "Energi"}},
			},
		},
		Files: []File{{"rekap.pdf", []byte("%PDF\n")}, {"2/foto TPS.jpg", []byte{0xff, 0xd8, 0xff, 0xe0}}},
	}
	script.Steps = nil
	if difference := cmp.Diff(want, script); difference != "" {
		t.Error(difference)
	}
}

func TestReadTakesLinesApart(t *testing.T) {
	cast := readEveryForm(t).Cast
	environment, sitti := Place{Group: "Pokja Lingkungan"}, "Sitti Ramlah"
	for name, row := range map[string]struct {
		line string
		want Step
	}{
		"first moment":        {"at 2026-05-11 09:12", Step{Kind: At, Date: "2026-05-11", Clock: "09:12"}},
		"later that day":      {"at 09:13", Step{Kind: At, Clock: "09:13"}},
		"a lapse":             {"a day passes", Step{Kind: Pass, Lapse: 24 * time.Hour}},
		"a command":           {"Sitti in Lingkungan: /hubungkan pokja", Step{Kind: Say, Who: sitti, Place: environment, Text: "/hubungkan pokja"}},
		"words with a colon":  {"Sitti: satu: dua", Step{Kind: Say, Who: sitti, Text: "satu: dua"}},
		"words in a topic":    {"Sitti in Bersama / Sampah: ya", Step{Kind: Say, Who: sitti, Place: Place{Group: "Pokja Bersama", Topic: "Sampah"}, Text: "ya"}},
		"an anonymous admin":  {"Sitti anonymously in Dewan: ya", Step{Kind: Say, Who: sitti, Anonymous: true, Place: Place{Group: "Dewan"}, Text: "ya"}},
		"a reply with a file": {`Baso replying to "T-1" sending a.pdf: ya`, Step{Kind: Say, Who: "Baso Irfandi", On: "T-1", Files: []string{"a.pdf"}, Text: "ya"}},
		"an earlier message":  {`Baso replying to the 22nd last "T-1": ya`, Step{Kind: Say, Who: "Baso Irfandi", On: "T-1", Back: 22, Text: "ya"}},
		"a voice":             {`Baso in Dewan replying to "Q-5" sending voice kabar.ogg:`, Step{Kind: Say, Who: "Baso Irfandi", Place: Place{Group: "Dewan"}, On: "Q-5", Files: []string{"kabar.ogg"}, Media: "voice"}},
		"round videos":        {`bot to Baso sending round videos a.mp4, b.mp4:`, Step{Kind: Bot, Place: Place{Person: "Baso Irfandi"}, Files: []string{"a.mp4", "b.mp4"}, Media: "round video"}},
		"a location":          {`Baso sending location -2.5,121.1:`, Step{Kind: Say, Who: "Baso Irfandi", Location: "-2.5,121.1"}},
		"a file named so":     {`Baso sending video: ini`, Step{Kind: Say, Who: "Baso Irfandi", Files: []string{"video"}, Text: "ini"}},
		"an album":            {`Baso sending photos a.jpg, "b c.jpg": ya`, Step{Kind: Say, Who: "Baso Irfandi", Files: []string{"a.jpg", "b c.jpg"}, Media: "photo", Text: "ya"}},
		"the bot as an admin": {"the bot becomes an administrator of Dewan", Step{Kind: Promote, Place: Place{Group: "Dewan"}}},
		"an endless fault":    {"fault any 500 always", Step{Kind: Fault, Method: "any", Failure: "500", Times: -1}},
		"a press":             {`Baso presses [Siap] in Lingkungan on "T-1"`, Step{Kind: Press, Who: "Baso Irfandi", Buttons: []string{"Siap"}, Place: environment, On: "T-1"}},
		"a press meanwhile":   {"meanwhile Sitti presses [Siap]", Step{Kind: Press, Meanwhile: true, Who: sitti, Buttons: []string{"Siap"}}},
		"a stale press":       {"Sitti presses the old [Siap]", Step{Kind: PressOld, Who: sitti, Buttons: []string{"Siap"}}},
		"a forged press":      {"Baso forges [Sesuai] of Sitti in Lingkungan", Step{Kind: ForgeButton, Who: "Baso Irfandi", Buttons: []string{"Sesuai"}, Of: Place{Person: sitti}, Place: environment}},
		"a vote":              {`Baso votes [Senin] [Rabu] in Lingkungan on "rapat"`, Step{Kind: Vote, Who: "Baso Irfandi", Buttons: []string{"Senin", "Rabu"}, Place: environment, On: "rapat"}},
		"no vote any more":    {"Baso votes for nothing in Lingkungan", Step{Kind: Vote, Who: "Baso Irfandi", Place: environment}},
		"a message expected":  {"bot to Sitti: T-1 ... Baso", Step{Kind: Bot, Place: Place{Person: sitti}, Text: "T-1 ... Baso"}},
		"buttons expected":    {"buttons [Siap] [Ubah tenggat]", Step{Kind: Buttons, Buttons: []string{"Siap", "Ubah tenggat"}}},
		"a topic deleted":     {"topic Sampah of Bersama is deleted", Step{Kind: DropTopic, Place: Place{Group: "Pokja Bersama", Topic: "Sampah"}}},
		"a broken line":       {"the line breaks", Step{Kind: LineBreaks}},
		"a mended line":       {"the line is mended", Step{Kind: LineMended}},
		"a sleeping machine":  {"the machine sleeps until 2026-05-14 07:10", Step{Kind: Sleep, Date: "2026-05-14", Clock: "07:10"}},
		"a changed file":      {"the kept rekap.pdf is altered", Step{Kind: Spoil, Files: []string{"rekap.pdf"}, Failure: "altered"}},
		"a lost file":         {`the kept "2/foto TPS.jpg" is lost`, Step{Kind: Spoil, Files: []string{"2/foto TPS.jpg"}, Failure: "lost"}},
		"a fault":             {"fault any broken after x2 in Lingkungan", Step{Kind: Fault, Method: "any", Failure: "broken after", Times: 2, Place: environment}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := cast.readStep(row.line)
			if err != nil {
				t.Fatal(err)
			}
			if difference := cmp.Diff(row.want, got); difference != "" {
				t.Error(difference)
			}
		})
	}
}

func TestWriteIsTheOtherDirectionOfRead(t *testing.T) {
	script := readEveryForm(t)
	written := script.Write()
	again, err := Read("every.txtar", written)
	if err != nil {
		t.Fatalf("%v in\n%s", err, written)
	}
	for _, steps := range [][]Step{script.Steps, again.Steps} {
		for i := range steps {
			steps[i].Line = 0
		}
	}
	if difference := cmp.Diff(script, again); difference != "" {
		t.Error(difference)
	}
	kinds := map[Kind]bool{}
	for _, step := range script.Steps {
		kinds[step.Kind] = true
	}
	for _, form := range forms() {
		if !kinds[form.kind] {
			t.Errorf("the form %q does not stand in this test's script", form.kind)
		}
	}
}

func TestReadSaysWhichLineIsWrong(t *testing.T) {
	const head = "-- cast --\nSitti Ramlah\nSitti Aminah\n-- story --\n"
	for name, row := range map[string]struct{ script, want string }{
		"no such person":    {head + "at 2026-05-11 09:12\nBaso: ya", `line 6: in the cast nobody is called "Baso"`},
		"two of that name":  {head + "at 2026-05-11 09:12\nSitti: ya", `line 6: "Sitti" may be "Sitti Ramlah" or "Sitti Aminah"`},
		"no such group":     {head + "at 2026-05-11 09:12\nbot in Dewan: ya", `line 6: in the cast no group is called "Dewan"`},
		"no such form":      {head + "at 2026-05-11 09:12\nRamlah dances", `line 6: this line has none of the forms`},
		"no beginning":      {head + "Ramlah: ya", "a story begins with the day and hour"},
		"no day":            {head + "at 09:12", "a story begins with the day and hour"},
		"a missing file":    {head + "at 2026-05-11 09:12\nRamlah sending a.pdf: ya", `line 6: the archive has no file "a.pdf"`},
		"a strange trait":   {"-- cast --\nSitti, happy\n", `cast, line 1: "happy" is not one of`},
		"a gloss of naught": {head + "= nothing", "line 5: an English gloss needs a line before it"},
		"expecting at once": {head + "at 2026-05-11 09:12\nmeanwhile nothing", "line 6: only what somebody does"},
		"topic of no forum": {"-- cast --\nA\ngroup G: A\n-- story --\nat 2026-05-11 09:12\nA in G / T: x", `line 6: "G" is no forum`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Read("wrong.txtar", []byte(row.script))
			if err == nil || !strings.Contains(err.Error(), row.want) {
				t.Errorf("got error %v, want one with %s", err, row.want)
			}
		})
	}
}

// FuzzReadStep reads any line; what can be read is written so that it is read as the same again.
func FuzzReadStep(f *testing.F) {
	script, err := Read("every.txtar", []byte(everyForm))
	if err != nil {
		f.Fatal(err)
	}
	for _, step := range script.Steps {
		f.Add(step.String())
	}
	f.Fuzz(func(t *testing.T, line string) {
		steps, err := script.Cast.readSteps(line, 1)
		if err != nil {
			return
		}
		var written strings.Builder
		for _, step := range steps {
			written.WriteString(step.String() + "\n")
		}
		again, err := script.Cast.readSteps(written.String(), 1)
		if err != nil {
			t.Fatalf("%v; written from %q was %q", err, line, written.String())
		}
		ignoringLines := cmp.FilterPath(func(path cmp.Path) bool { return path.Last().String() == ".Line" }, cmp.Ignore())
		if difference := cmp.Diff(steps, again, ignoringLines); difference != "" {
			t.Errorf("%s written from %q was %q", difference, line, written.String())
		}
	})
}
