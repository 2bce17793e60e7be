package bot

import (
	"testing"

	"github.com/rembuk/rembuk/council"
)

// TestWhoMayDoWhatWithTasks goes through the table "Who may do what" cell by
// cell: each command and each button about a task, tried by each kind of person
// on a task of the working group for the environment.
func TestWhoMayDoWhatWithTasks(t *testing.T) {
	c := newTown(t)
	people := taskPeople(c)
	c.say(c.lewat, c.lewat, "/mulai")
	messages := make(map[int64]int)
	for _, who := range people {
		messages[who.person] = c.botMessage(who.person)
	}
	for _, cell := range taskCells(c) {
		for _, who := range people {
			t.Run(cell.name+" by "+who.name, func(t *testing.T) {
				if cell.open && who.assigned {
					return // what is open has no assignee
				}
				assignee := c.baso
				if who.assigned {
					assignee = who.person
				}
				number := c.inState(cell.state, assignee)
				if cell.open {
					number = c.inState(cell.state)
				}
				before := c.task(number)
				var answer string
				if cell.pressed != nil {
					answer = c.pressData(who.person, messages[who.person], who.person, cell.pressed(number)).Text
				} else {
					answer = joined(c.say(who.person, who.person, filled(cell.said, number)))
				}
				allowed := map[string]bool{"takes part": who.takesPart, "acknowledges": who.acknowledges, "manages": who.manages, "coordinates": who.coordinate}[cell.right]
				changed := c.task(number).Version != before.Version
				if cell.reads {
					changed = c.shows(who.person, number)
				}
				if changed != allowed {
					t.Errorf("done: %v, allowed: %v; the answer is %q", changed, allowed, answer)
				}
				if answer == "" && cell.pressed == nil && who.person != c.lewat {
					t.Error("there is no answer")
				}
				c.hush()
			})
		}
	}
	c.sound()
}

type taskCell struct {
	name, right string
	state       council.TaskState
	said        string
	pressed     func(number int64) string
	open, reads bool
}

// taskCells lists every command and every button about tasks, and whose right it is.
func taskCells(c *town) []taskCell {
	press := func(action string, arguments ...any) func(int64) string {
		return func(number int64) string { return data(action, append([]any{number}, arguments...)...) }
	}
	tomorrow := c.clock().AddDate(0, 0, 1).Unix()
	cells := []taskCell{
		{name: "/ambil", right: "takes part", said: "/ambil T-#", open: true},
		{name: "[Ambil]", right: "takes part", pressed: press(pressTake), open: true},
		{name: "/progres", right: "takes part", said: "/progres T-# 40%"},
		{name: "/kendala", right: "takes part", said: "/kendala T-# hujan"},
		{name: "[Ada kendala]", right: "takes part", pressed: press(pressObstacle)},
		{name: "/selesai", right: "takes part", said: "/selesai T-#"},
		{name: "[Selesai]", right: "takes part", pressed: press(pressSubmit)},
		{name: "[Siap]", right: "acknowledges", pressed: press(pressAcknowledge)},
		{name: "/disposisi", right: "manages", said: "/disposisi T-# @nurul_contoh"},
		{name: "a name from the list", right: "manages", pressed: press(pressAssign, c.member(c.yuliana))},
		{name: "anyone from the list", right: "manages", pressed: press(pressAssign, 0)},
		{name: "/tenggat", right: "manages", said: "/tenggat T-# besok 15.00"},
		{name: "a date from the list", right: "manages", pressed: press(pressDueChoice, tomorrow)},
		{name: "[Tanpa tenggat]", right: "manages", pressed: press(pressDueChoice, 0)},
		{name: "[Batalkan]", right: "manages", pressed: press(pressCancel)},
		{name: "/disposisi bersama", right: "manages", said: "/disposisi T-# bersama Pokja Ekonomi"},
		{name: "a partner from the list", right: "manages", pressed: press(pressShare, c.groupID(c.ekonomi), shareWith)},
		{name: "/tunggu", right: "manages", said: "/tunggu T-# T-1"},
		{name: "[Sesuai]", right: "coordinates", state: council.TaskSubmitted, pressed: press(pressAccept)},
		{name: "[Perlu diperbaiki]", right: "coordinates", state: council.TaskSubmitted, pressed: press(pressSendBack)},
		{name: "[Buka kembali]", right: "coordinates", state: council.TaskDone, pressed: press(pressReopen)},
		{name: "/tugas T-12", right: "takes part", said: "/tugas T-#", reads: true},
		{name: "/cari", right: "takes part", said: "/cari NOMOR#x", reads: true},
		{name: "the card", right: "takes part", pressed: press(pressCard), reads: true},
		{name: "[Riwayat]", right: "takes part", pressed: press(pressHistory, 0), reads: true},
		{name: "[Teks lengkap]", right: "takes part", pressed: press(pressText, 0), reads: true},
		{name: "[Ubah tenggat]", right: "manages", pressed: press(pressDue), reads: true},
	}
	for i := range cells {
		if cells[i].state == "" {
			cells[i].state = council.TaskNew
		}
	}
	return cells
}

// taskPerson is a kind of person, and what the table allows it.
type taskPerson struct {
	name                                         string
	person                                       int64
	assigned                                     bool
	takesPart, acknowledges, manages, coordinate bool
}

func taskPeople(c *town) []taskPerson {
	return []taskPerson{
		{"a stranger", c.lewat, false, false, false, false, false},
		{"a stranger who is assigned", c.lewat, true, false, false, false, false},
		{"the community", c.fadli, false, false, false, false, false},
		{"the community, assigned", c.fadli, true, true, true, false, false},
		{"another working group", c.herlina, false, false, false, false, false},
		{"another working group, assigned", c.herlina, true, true, true, false, false},
		{"the working group", c.yuliana, false, true, false, true, false},
		{"the working group, assigned", c.yuliana, true, true, true, true, false},
		{"the council", c.lukas, false, true, false, true, false},
		{"the leader", c.anwar, false, true, false, true, false},
		{"the leader, assigned", c.anwar, true, true, true, true, false},
		{"a coordinator", c.rahman, false, true, false, true, true},
		{"a coordinator, assigned", c.rahman, true, true, true, true, true},
	}
}
