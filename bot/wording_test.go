package bot

import (
	"errors"
	"go/ast"
	"strconv"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// TestSentencesOfTheFileStandBelowTheCoordinators plays wording_by_file: the file goes
// before what is built in, and the coordinators before the file.
func TestSentencesOfTheFileStandBelowTheCoordinators(t *testing.T) {
	h := newHarness(t, func(options *Options) {
		options.Sentences = []locale.Wording{{Key: "dialog.none", Language: locale.Indonesian, Other: "Tabe', belum ada."}}
	})
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	says := func(want string) {
		t.Helper()
		if got := only(t, h.say(sitti, sitti, "/batal")).Text; got != want {
			t.Errorf("says %q, not %q", got, want)
		}
	}
	says("Tabe', belum ada.")
	contains(t, only(t, h.say(sitti, sitti, "/kalimat")).Text, "Saat ini 0 kalimat", "Dari berkas operator: 1 kalimat")
	h.say(sitti, sitti, "/kalimat dialog.none")
	h.press(sitti, sitti, "Buka 1")
	h.press(sitti, sitti, "Ganti kalimat")
	h.say(sitti, sitti, "Iye', belum ada.")
	h.press(sitti, sitti, "Benar")
	says("Iye', belum ada.")
	h.restart()
	says("Iye', belum ada.")
	// the page says what taking one's own words back leads to
	h.say(sitti, sitti, "/kalimat dialog.none")
	h.press(sitti, sitti, "Buka 1")
	messages := h.sim.Messages(sitti)
	contains(t, messages[len(messages)-1].Text, "Iye', belum ada.\n\nBawaannya:\nTabe', belum ada.")
	// what is built in can be chosen although the file has other words
	h.say(sitti, sitti, "/kalimat dialog.none")
	h.press(sitti, sitti, "Buka 1")
	h.press(sitti, sitti, "Ganti kalimat")
	h.say(sitti, sitti, "Tidak ada isian yang sedang berjalan.")
	h.press(sitti, sitti, "Benar")
	says("Tidak ada isian yang sedang berjalan.")
	h.say(sitti, sitti, "/kalimat dialog.none")
	h.press(sitti, sitti, "Buka 1")
	h.press(sitti, sitti, "Pakai kalimat bawaan")
	says("Tabe', belum ada.")
}

// TestOwnSentencesAreAdoptedOnceTheyAreKept: a file that is made next speaks in the new
// words, and a change that is taken back is never said.
func TestOwnSentencesAreAdoptedOnceTheyAreKept(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	usual := h.bot.book.In(locale.Indonesian).Say("press.stale")
	own := store.OwnSentence{Key: "press.stale", Language: locale.Indonesian, Other: "Tombol lama."}
	failing := errors.New("taken back")
	if err := h.store.Update(t.Context(), func(tx *store.Tx) error {
		if err := tx.SetOwnSentence(own); err != nil {
			return err
		}
		if _, err := h.bot.cityNow(tx); err != nil {
			return err
		}
		return failing
	}); !errors.Is(err, failing) {
		t.Fatal(err)
	}
	h.say(sitti, sitti, "/batal")
	if said := h.bot.book.In(locale.Indonesian).Say("press.stale"); said != usual {
		t.Errorf("what was taken back is said: %q", said)
	}
	h.change(func(tx *store.Tx) error { return tx.SetOwnSentence(own) })
	made, err := h.bot.makeFile(t.Context(), store.File{Kind: fileDocument, Maker: makerTemplate, Arguments: []string{locale.Indonesian}})
	if err != nil {
		t.Fatal(err)
	}
	made.close()
	if said := h.bot.book.In(locale.Indonesian).Say("press.stale"); said != "Tombol lama." {
		t.Errorf("the file was made while %q was said", said)
	}
}

// TestFileOfSentencesIsForCoordinators: who may no longer set anything gets no file, and
// a file that somebody else sends changes nothing.
func TestFileOfSentencesIsForCoordinators(t *testing.T) {
	h := newHarness(t)
	sitti, baso := h.coordinator("Sitti Ramlah", "sitti_contoh"), h.person("Baso Irfandi", "baso_contoh")
	h.linkedGroup("Pokja Lingkungan", "pokja lingkungan", sitti, baso)
	h.say(baso, baso, "/mulai")
	_, err := h.bot.makeFile(t.Context(), store.File{Kind: fileDocument, Maker: makerWordings, Arguments: []string{locale.Indonesian, "all", idText(h.actor(baso).ID)}})
	if err == nil {
		t.Error("the file is made for somebody who does not coordinate")
	}
	h.write(sim.Message{Chat: baso, Person: baso, Caption: "/kalimat", Document: &sim.File{Name: "k.toml", Bytes: []byte("[id]\n\"dialog.none\" = \"x y\"")}})
	h.look(func(tx *store.Tx) error {
		own, err := tx.OwnSentences()
		if len(own) > 0 {
			t.Errorf("it changed %+v", own)
		}
		return err
	})
}

// TestWholeFileOfSentencesIsTakenBack: all sentences as they are can be sent back, and
// change nothing.
func TestWholeFileOfSentencesIsTakenBack(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	made, err := h.bot.makeFile(t.Context(), store.File{Kind: fileDocument, Maker: makerWordings, Arguments: []string{locale.English, "all", idText(h.actor(sitti).ID)}})
	if err != nil {
		t.Fatal(err)
	}
	defer made.close()
	text := make([]byte, made.size)
	if _, err := made.content.ReadAt(text, 0); err != nil {
		t.Fatal(err)
	}
	whole := strings.ReplaceAll(string(text), "\n# \"", "\n\"")
	read, err := locale.ReadWordings([]byte(whole))
	if err != nil {
		t.Fatal(err)
	}
	_, flaws, err := locale.CheckBuiltIn(read)
	if err != nil || len(read) < 3000 {
		t.Fatalf("%d sentences are read (%v)", len(read), err)
	}
	for _, flaw := range flaws {
		if flaw.Kind != locale.FlawFunction { // what the program's own sentences may have
			t.Error(flaw)
		}
	}
}

// TestEveryAnswerToAPressIsKnownAsOne holds what locale says of sentences to what the
// conversations do with them.
func TestEveryAnswerToAPressIsKnownAsOne(t *testing.T) {
	found := 0
	inEveryCall(t, func(file string, call *ast.CallExpr) {
		key, is := toastNamed(call)
		if !is {
			return
		}
		found++
		if kind := locale.KindOf(key); kind.Limit() > toastLimit {
			t.Errorf("%s answers a press with %q, which counts as a %s", file, key, kind)
		}
	})
	if found < 100 {
		t.Errorf("only %d answers to presses are found", found)
	}
}

// toastNamed reads the key of toast(speak.Say("key")) and alert(speak.Say("key")).
func toastNamed(call *ast.CallExpr) (string, bool) {
	if len(call.Args) == 0 {
		return "", false
	}
	function, is := call.Fun.(*ast.SelectorExpr)
	if !is || function.Sel.Name != "toast" && function.Sel.Name != "alert" {
		return "", false
	}
	said, is := call.Args[0].(*ast.CallExpr)
	if !is {
		return "", false
	}
	key, is := keyNamed(said)
	return key, is && !strings.HasSuffix(key, ".")
}

// TestMarksOfSentences: buttons carry marks in the place of keys, each its own, and no
// more bytes than Telegram takes.
func TestMarksOfSentences(t *testing.T) {
	list, err := locale.Sentences()
	if err != nil {
		t.Fatal(err)
	}
	marked := make(map[string]string)
	for _, sentence := range list {
		mark := markOfText(sentence.Key)
		if other, taken := marked[mark]; taken {
			t.Errorf("%s and %s have the same mark", other, sentence.Key)
		}
		marked[mark] = sentence.Key
		if carried := data(pressWording, wordingExample, mark, locale.Indonesian); len(carried) > 64 {
			t.Errorf("a button carries %s, %d bytes", strconv.Quote(carried), len(carried))
		}
	}
}

func TestSentencesAreFound(t *testing.T) {
	list, err := locale.Sentences()
	if err != nil {
		t.Fatal(err)
	}
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	all := wordings{built: list, book: book.WithOwn(nil), own: []store.OwnSentence{{Key: "press.stale", Language: locale.Indonesian, Other: "Tombolnya sudah usang sekali."}}}
	for name, test := range map[string]struct {
		found []string
		want  string // among the first three
	}{
		"by its words":         {all.byWords("isian yang sedang berjalan"), "dialog.none"},
		"by words apart":       {all.byWords("berjalan isian tidak"), "dialog.none"},
		"by its key":           {all.byWords("Task.Reply.Undone"), "task.reply.undone"},
		"by the city's words":  {all.byWords("usang sekali"), "press.stale"},
		"in English":           {all.byWords("days left"), "date.left"},
		"in a message":         {all.inMessage("Perubahan pada T-9 diurungkan. Keadaannya kini: Baru.", nil), "task.reply.undone"},
		"by the city's, again": {all.inMessage("Tombolnya sudah usang sekali.", nil), "press.stale"},
		"as it is shown":       {all.byWords("{Reference} diurungkan. Keadaannya"), "task.reply.undone"},
		"as it is kept":        {all.byWords("{{.Reference}} diurungkan. Keadaannya"), "task.reply.undone"},
		"by a label":           {all.inMessage("", []string{"Jawaban siap"}), "button.ready"},
	} {
		first := test.found[:min(3, len(test.found))]
		if !strings.Contains(" "+strings.Join(first, " ")+" ", " "+test.want+" ") {
			t.Errorf("%s: %q does not begin with %s", name, first, test.want)
		}
	}
	if found := all.inMessage("Zzz 12345", nil); len(found) > 0 {
		t.Errorf("a message of somebody else is taken for %q", found)
	}
	if found := all.byWords("terlambatx"); len(found) > 0 {
		t.Errorf("%q has that word", found)
	}
}
