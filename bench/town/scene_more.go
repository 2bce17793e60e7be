package town

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"

	"github.com/rembuk/rembuk/sim"
)

// reminder is one that somebody sets, and that falls due some starts later.
type reminder struct{ by person }

func (t *Town) newReminder() *reminder { return &reminder{t.people[t.random.IntN(len(t.people))]} }

func (s *reminder) step(t *Town) bool {
	mark := t.mark()
	due := morning.Add(time.Duration(t.minute+5+t.random.IntN(5)) * time.Minute)
	t.say(sim.Message{Chat: s.by.id, Person: s.by.id, Text: "/ingatkan hari ini " + due.Format("15.04") + " " + mark}, act{
		what: "sets the reminder " + mark + " for " + due.Format("15.04"), effects: []string{did("created", mark, s.by.id)},
		answers: []answer{directly(s.by.id, mark).with("Urungkan"), in(s.by.id, mark).with("Sudah")}})
	return false
}

// announcement goes to every group, and somebody says that it was read.
type announcement struct {
	mark string
	done int
}

func (t *Town) newAnnouncement() (*announcement, bool) {
	if t.owner.busy {
		return nil, false
	}
	t.owner.busy = true
	return &announcement{mark: t.mark()}, true
}

func (s *announcement) step(t *Town) bool {
	s.done++
	switch s.done {
	case 1:
		t.say(sim.Message{Chat: t.owner.id, Person: t.owner.id, Text: "/umumkan semua grup: Kantor tutup " + s.mark}, act{
			what: "announces " + s.mark, answers: []answer{directly(t.owner.id, s.mark, "Mohon diperiksa").with("Benar")}})
	case 2:
		t.owner.busy = false
		var answers []answer
		for _, g := range t.groups() {
			answers = append(answers, in(g.chat, s.mark).with("Sudah dibaca"))
		}
		return t.press(t.owner.id, t.owner.id, "Benar", []string{s.mark, "Pengumuman"}, act{what: "confirms " + s.mark,
			effects: []string{did("created", s.mark, t.owner.id)}, answers: answers})
	case 3:
		g := one(t, t.groups())
		reader := t.people[one(t, g.members)]
		t.press(g.chat, reader.id, "Sudah dibaca", []string{s.mark}, act{what: "has read " + s.mark, effects: []string{did("read", s.mark, reader.id)}})
		return false
	}
	return true
}

// groups are all groups.
func (t *Town) groups() []group {
	return append(append([]group{t.council}, t.working...), t.communities...)
}

// evidence is a file for an indicator.
type evidence struct {
	by   *person
	mark string
	said int
}

// newEvidence is filed by somebody of a working group.
func (t *Town) newEvidence() (*evidence, bool) {
	by, free := t.free(one(t, t.working).members)
	return &evidence{by: by, mark: t.mark()}, free
}

func (s *evidence) step(t *Town) bool {
	if s.said == 0 {
		content := []byte(strings.Repeat("rekap "+s.mark+"\n", 2000))
		sum := sha256.Sum256(content)
		s.said = t.say(sim.Message{Chat: s.by.id, Person: s.by.id, Caption: "/bukti " + indicatorCode, Document: &sim.File{Name: s.mark + ".csv", Bytes: content}},
			act{what: "files " + s.mark, effects: []string{filed(s.mark, hex.EncodeToString(sum[:]), s.by.id)}})
		return true
	}
	s.by.busy = false
	if message, found := t.findAfter(s.by.id, s.said, "Tidak", "data pribadi"); found {
		t.pressOn(message, s.by.id, "Tidak", act{what: "says that nothing personal is in " + s.mark})
		return false
	}
	t.misses("whether something personal is in "+s.mark, in(s.by.id, "data pribadi"))
	return false
}

// indicatorCode is that for which evidence is filed.
const indicatorCode = "ENV-08"

// filed names a file that is kept, as it stands in Kept.Effects.
func filed(mark, hash string, by int64) string {
	return fmt.Sprintf("kept %s %s by %d", mark, hash, by)
}
