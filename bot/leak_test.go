package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// leakTown is a town of four groups in which everything that is said carries a
// word of its own, so that it is known again wherever it turns up.
type leakTown struct {
	*harness
	coordinator int64
	groups      []leakGroup
	secrets     map[string]leakSecret
	count       int
}

type leakGroup struct {
	title   string
	chat    int64
	members []int64
}

// leakSecret is where a word was said, and where it may be read.
type leakSecret struct {
	chat    int64
	person  int64
	crosses bool // a question, an answer, an announcement: it was said to go elsewhere
	ofTask  bool // it belongs to a task: council and leaders see the work of every group
	absence bool // who does not come to a meeting, who comes instead, or why: no group reads it
}

func newLeakTown(t *testing.T) *leakTown {
	town := &leakTown{harness: newHarness(t), secrets: map[string]leakSecret{}}
	town.coordinator = town.harness.coordinator("Sitti Ramlah", "sitti_contoh")
	for _, one := range []struct{ title, words, name string }{
		{"Dewan", "dewan", "Anwar"}, {"Pokja Lingkungan", "pokja lingkungan", "Baso"},
		{"Pokja Ekonomi", "pokja ekonomi", "Yuliana"}, {"Forum", "komunitas", "Fadli"},
	} {
		first := town.person(one.name+" Satu", strings.ToLower(one.name)+"_contoh")
		second := town.person(one.name+" Dua", "")
		chat := town.linkedGroup(one.title, one.words, town.coordinator, first, second)
		for _, person := range []int64{first, second} {
			town.say(person, person, "/mulai")
			town.say(chat, person, "/status")
		}
		town.groups = append(town.groups, leakGroup{one.title, chat, []int64{first, second}})
	}
	town.say(town.coordinator, town.coordinator, "/rapat_baru Rapat bersama, 25 September 2027 jam 9, Aula, semua")
	town.press(town.coordinator, town.coordinator, "Benar")
	return town
}

// secret is a word that nobody has said before.
func (l *leakTown) secret(said leakSecret) string {
	l.count++
	word := fmt.Sprintf("rahasia%dx", l.count)
	l.secrets[word] = said
	return word
}

// lines are what people say in a group, with the word in the place of "%s".
// Those that begin with "!" are said to go elsewhere.
var leakLines = []string{
	"%s", "halo semua %s", "@rembuk_contoh_bot %s", "/tugas_baru %s besok", "/tugas_baru %s tenggat Jumat 15.00", "/ide %s",
	"/kendala T-1 %s", "/progres T-1 50 %s", "/selesai T-1 %s", "/disposisi T-1 %s", "/cari %s", "/status %s", "/ingatkan besok 09.00 %s",
	"/tidakada %s", "/tenggat T-1 %s", "/bantuan %s", "/pemantik %s", "/umumkan %s", "/teruskan Q-1 %s",
	"/hadir M-1 izin %s", "/hadir M-1 diwakilkan %s", "/rapat M-1 batal %s", "!/umumkan Forum: %s", "!/pemantik Pokja Ekonomi: Bagaimana %s?", "!/jajak Dewan: Setuju %s? ya / tidak sampai besok",
	"!/jawab Q-1 %s", "!/tanya %s", "!/tanya Dewan %s kapan?", "!/tanya Pokja Ekonomi bagaimana %s?",
}

// leakButtons are pressed where they are seen; the rest of a conversation follows.
var leakButtons = []string{"Siap", "Ambil", "Ya", "Tanpa nama", "Jawab", "Minta penjelasan", "Teruskan", "Dewan", "Benar", "Kirim", "Tambahkan", "Ada kendala", "Riwayat", "Koordinator", "Ubah", "Lanjutkan", "Setuju", "Boleh", "Sama, satukan",
	"Hadir", "Diwakilkan", "Berhalangan", "Daftar hadir", "Diwakilkan", "Berhalangan"}

// step lets somebody say or press something.
func (l *leakTown) step(t *rapid.T) {
	group := rapid.SampledFrom(l.groups).Draw(t, "group")
	person := rapid.SampledFrom(append(slices.Clone(group.members), l.coordinator)).Draw(t, "person")
	chat := group.chat
	if rapid.IntRange(0, 3).Draw(t, "private") == 0 {
		chat = person
	}
	switch rapid.IntRange(0, 5).Draw(t, "what") {
	case 0, 1, 2:
		line, crosses := strings.CutPrefix(rapid.SampledFrom(leakLines).Draw(t, "line"), "!")
		crosses = crosses || l.answering(chat, person)
		ofTask := strings.Contains(line, "T-1") || strings.Contains(line, "tugas_baru")
		absence := strings.Contains(line, "M-1") || !strings.HasPrefix(line, "/") && l.asked(chat, person) == dialogGuest
		l.say(chat, person, fmt.Sprintf(line, l.secret(leakSecret{chat, person, crosses, ofTask, absence})))
	case 3:
		l.reply(t, chat, person)
	default:
		l.pressSomething(t, chat, person)
	}
	l.pass(600_000_000) // so that nobody is told that it goes too fast
}

// reply answers one of the newest messages of the bot. What is said to a message
// about a question may be its answer or an explanation of it, and crosses.
func (l *leakTown) reply(t *rapid.T, chat, person int64) {
	messages := l.sim.Messages(chat)
	fromBot := slices.DeleteFunc(slices.Clone(messages), func(m sim.Shown) bool { return !m.Bot || m.Service != "" || m.Deleted })
	if len(fromBot) == 0 {
		return
	}
	to := fromBot[max(0, len(fromBot)-1-rapid.IntRange(0, 5).Draw(t, "back"))]
	l.write(sim.Message{Chat: chat, Person: person, ReplyTo: to.ID, Text: l.secret(leakSecret{chat, person, crossesWith(to.Text), strings.Contains(to.Text, "T-"), false})})
}

// answering tells whether the bot has asked somebody for words about a question.
func (l *leakTown) answering(chat, person int64) bool { return l.asked(chat, person) == dialogQuestion }

// asked is what the bot has asked somebody for words about; "" for nothing.
func (l *leakTown) asked(chat, person int64) (kind string) {
	l.look(func(tx *store.Tx) error {
		member, err := tx.MemberByTelegramID(person)
		if err != nil {
			return err
		}
		dialog, err := tx.Dialog(chat, member.ID)
		kind = dialog.Kind
		return notFoundIsNil(err)
	})
	return kind
}

// crossesWith tells whether what is answered to a message belongs to a question.
func crossesWith(text string) bool {
	return strings.Contains(text, "Q-") || strings.Contains(text, "awaban") || strings.Contains(text, "enjelasan")
}

func (l *leakTown) pressSomething(t *rapid.T, chat, person int64) {
	label := rapid.SampledFrom(leakButtons).Draw(t, "button")
	messages := l.sim.Messages(chat)
	for i := len(messages) - 1; i >= max(0, len(messages)-30); i-- {
		if messages[i].Bot && !messages[i].Deleted && hasButton(messages[i], label) {
			l.pressOn(chat, messages[i].ID, person, label)
			return
		}
	}
}

// secretWord is how words that are known again look.
var secretWord = regexp.MustCompile(`rahasia\d+x`)

// isCouncil tells whether a group is linked as the council's: a coordinator may have
// made one so by pressing [Dewan] where the bot asked which group it is.
func (l *leakTown) isCouncil(group leakGroup) (is bool) {
	l.look(func(tx *store.Tx) error {
		linked, err := tx.GroupOf(group.chat, 0)
		is = linked.Kind == council.KindCouncil
		return err
	})
	return is
}

// check looks at everything that the bot has said in a group, as it stands now.
func (l *leakTown) check(t *rapid.T) {
	for _, group := range l.groups {
		seesTasks := l.isCouncil(group)
		for _, message := range l.sim.Messages(group.chat) {
			if !message.Bot {
				continue
			}
			for _, word := range secretWord.FindAllString(message.Text, -1) {
				said := l.secrets[word]
				if said.absence {
					t.Fatalf("%q, which is about who does not come, stands in %s: %q", word, group.title, message.Text)
				}
				if said.chat != group.chat && !said.crosses && !(said.ofTask && seesTasks) && !l.privateAct(said, group) {
					t.Fatalf("%q of chat %d stands in %s: %q", word, said.chat, group.title, message.Text)
				}
			}
		}
	}
}

// privateAct tells whether something was said in private by somebody of the group:
// what a member does there in private stands on the group's own card.
func (l *leakTown) privateAct(said leakSecret, group leakGroup) bool {
	return said.chat == said.person && (said.person == l.coordinator || slices.Contains(group.members, said.person))
}

// TestNothingLeaks says and presses arbitrary things in every group and in
// private: only what is a question or belongs to one is ever read in another group.
func TestNothingLeaks(t *testing.T) {
	town := newLeakTown(t)
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(5, 25).Draw(t, "steps") {
			town.step(t)
		}
		town.check(t)
	})
}
