package town

import (
	"fmt"
	"regexp"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
)

// taskShape finds the reference of a task in its card.
var taskShape = regexp.MustCompile(`T-[0-9]+`)

// task is somebody's promise, from being made to being accepted.
type task struct {
	group       group
	maker, doer person
	mark, name  string // its word, and its reference once that is known
	again       bool   // it was sent back once
	done        int    // steps
}

func (t *Town) newTask() *task {
	g := one(t, t.working)
	maker := t.random.IntN(len(g.members))
	doer := (maker + 1 + t.random.IntN(len(g.members)-1)) % len(g.members)
	return &task{group: g, maker: t.people[g.members[maker]], doer: t.people[g.members[doer]], mark: t.mark()}
}

func (s *task) step(t *Town) bool {
	s.done++
	switch s.done {
	case 1:
		s.make(t)
	case 2:
		if card, found := t.find(s.group.chat, "", s.mark); found {
			s.name = taskShape.FindString(card.Text)
		}
		return t.press(s.group.chat, s.doer.id, "Siap", []string{s.mark}, act{what: "acknowledges " + s.mark, leaves: s.standing(council.TaskNew, "Baru"), effects: []string{did("acknowledged", s.mark, s.doer.id)}})
	case 3:
		word := t.mark()
		t.say(sim.Message{Chat: s.doer.id, Person: s.doer.id, Text: "/progres " + s.name + " 60% " + word}, act{
			what: "reports on " + s.mark, leaves: s.standing(council.TaskInProgress, "Dikerjakan"), effects: []string{did("progress", s.mark, s.doer.id)}, answers: []answer{directly(s.doer.id, s.name, "tercatat 60%")}})
	case 4:
		s.handIn(t)
	case 5:
		if s.again = !s.again && t.random.IntN(3) == 0; s.again {
			s.done = 3
			return t.press(t.owner.id, t.owner.id, "Perlu diperbaiki", []string{s.mark}, act{what: "sends back " + s.mark, leaves: s.standing(council.TaskInProgress, "Dikerjakan"),
				effects: []string{did("sent_back", s.mark, t.owner.id)}, answers: []answer{in(s.doer.id, s.name, "diperbaiki")}})
		}
		t.press(t.owner.id, t.owner.id, "Sesuai", []string{s.mark}, act{what: "accepts " + s.mark, leaves: s.standing(council.TaskDone, "Selesai"),
			effects: []string{did("accepted", s.mark, t.owner.id)}, answers: []answer{in(s.doer.id, s.name, "dinyatakan selesai")}})
		return false
	}
	return true
}

func (s *task) standing(state council.TaskState, shows string) standing {
	return standing{s.mark, string(state), s.group.chat, shows}
}

func (s *task) make(t *Town) {
	text := fmt.Sprintf("/tugas_baru %s %s tenggat 2026-06-%02d", s.doer.name, s.mark, 1+t.random.IntN(28))
	t.say(sim.Message{Chat: s.group.chat, Person: s.maker.id, Text: text}, act{
		what: "makes " + s.mark, leaves: s.standing(council.TaskNew, "Baru"), effects: []string{did("created", s.mark, s.maker.id)},
		answers: []answer{directly(s.group.chat, s.mark).with("Siap"), in(s.doer.id, s.mark).with("Siap")}})
}

// handIn hands the work in: every second time with a file.
func (s *task) handIn(t *Town) {
	message, effects := sim.Message{Chat: s.doer.id, Person: s.doer.id}, []string{did("submitted", s.mark, s.doer.id)}
	if t.random.IntN(2) == 0 {
		message.Text = "/selesai " + s.name
	} else {
		message.Caption = "/selesai " + s.name
		message.Document = &sim.File{Name: t.mark() + ".csv", Bytes: []byte("rekap " + t.mark() + "\n")}
		effects = append(effects, did("attached", s.mark, s.doer.id))
	}
	t.say(message, act{what: "hands in " + s.mark, leaves: s.standing(council.TaskSubmitted, "Menunggu pemeriksaan"), effects: effects,
		answers: []answer{directly(s.doer.id, s.name, "menunggu pemeriksaan"), in(t.owner.id, s.name, "Mohon diperiksa").with("Sesuai")}})
}
