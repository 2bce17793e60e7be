package bot

import (
	"strconv"
	"strings"
	"testing"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// town is a city with people who all have opened the private chat, except nurul.
type town struct {
	*harness
	sitti, rahman  int64 // coordinators
	baso, yuliana  int64 // in the working group for the environment
	nurul          int64 // there too; never opened the private chat, has no @username
	herlina        int64 // in the working group for the economy
	anwar          int64 // leader
	lukas          int64 // in the council's group
	fadli          int64 // in the community's forum
	lewat          int64 // nowhere
	pokja, ekonomi int64
	dewan, forum   int64
}

func newTown(t *testing.T) *town {
	t.Helper()
	c := &town{harness: newHarness(t)}
	c.sitti, c.rahman = c.coordinator("Sitti Ramlah", "sitti_contoh"), c.coordinator("Rahman Pasolong", "rahman_contoh")
	c.baso, c.yuliana, c.nurul = c.person("Baso Irfandi", "baso_contoh"), c.person("Yuliana Tasik", "yuliana_contoh"), c.person("Nurul Huda", "")
	c.herlina, c.anwar = c.person("Herlina Pabokori", "herlina_contoh"), c.person("Anwar Malolo", "anwar_contoh")
	c.lukas, c.fadli, c.lewat = c.person("Lukas Rante", "lukas_contoh"), c.person("Fadli Kaluku", "fadli_contoh"), c.person("Orang Lewat", "lewat_contoh")
	c.pokja = c.linkedGroup("Pokja Lingkungan", "pokja lingkungan", c.sitti, c.baso, c.yuliana, c.nurul)
	c.ekonomi = c.linkedGroup("Pokja Ekonomi", "pokja ekonomi", c.sitti, c.herlina)
	c.dewan = c.linkedGroup("Dewan", "dewan", c.sitti, c.lukas)
	c.forum = c.linkedGroup("Forum", "komunitas", c.sitti, c.fadli)
	c.grant(c.anwar, council.RoleLeader)
	c.appear(c.pokja, c.baso, c.yuliana, c.nurul)
	c.appear(c.ekonomi, c.herlina)
	c.appear(c.dewan, c.lukas)
	c.appear(c.forum, c.fadli)
	for _, person := range []int64{c.baso, c.yuliana, c.herlina, c.anwar, c.lukas, c.fadli} {
		c.sim.Say(sim.Message{Chat: person, Person: person, Text: "/mulai"})
	}
	c.quiet()
	c.hush()
	return c
}

// appear lets the bot see people in a group.
func (c *town) appear(chat int64, people ...int64) {
	for _, person := range people {
		c.sim.Say(sim.Message{Chat: chat, Person: person, Text: "/batal"})
	}
	c.quiet()
}

// hush passes over everything said until now, everywhere.
func (c *town) hush() {
	for _, chat := range []int64{c.pokja, c.ekonomi, c.dewan, c.forum, c.sitti, c.rahman, c.baso, c.yuliana, c.nurul, c.herlina, c.anwar, c.lukas, c.fadli, c.lewat} {
		c.heard(chat)
	}
}

// newTask has the coordinator make a task in the working group and returns the
// card's message.
func (c *town) newTask(line string) int {
	c.t.Helper()
	card := only(c.t, c.say(c.pokja, c.sitti, "/tugas_baru "+line))
	c.hush()
	return card.ID
}

// task reads a task as it is kept.
func (c *town) task(number int64) (task council.Task) {
	c.t.Helper()
	c.look(func(tx *store.Tx) (err error) {
		task, err = tx.Task(number)
		return err
	})
	return task
}

// taskCount is how many tasks there are.
func (c *town) taskCount() (count int) {
	c.t.Helper()
	c.look(func(tx *store.Tx) (err error) {
		count, err = tx.CountMatching(store.TaskFilter{})
		return err
	})
	return count
}

// happened lists what is recorded of a task, oldest first.
func (c *town) happened(number int64) (kinds []string) {
	c.t.Helper()
	c.look(func(tx *store.Tx) error {
		events, err := tx.History(council.TaskReference(number), 0, 100)
		for _, event := range events {
			kinds = append([]string{string(event.Kind)}, kinds...)
		}
		return err
	})
	return kinds
}

// member is a person's id in the database.
func (c *town) member(telegramID int64) int64 {
	c.t.Helper()
	return c.actor(telegramID).ID
}

// sound expects that no update had to be set aside.
func (c *town) sound() {
	c.t.Helper()
	c.look(func(tx *store.Tx) error {
		aside, err := tx.SetAsideUpdates()
		for _, update := range aside {
			c.t.Errorf("set aside: %s: %s", update.Kind, update.Reason)
		}
		return err
	})
}

// inState makes a task of the working group for the environment that stands in
// a state, given to these people, and returns its number.
func (c *town) inState(state council.TaskState, assignees ...int64) int64 {
	c.t.Helper()
	var made council.Task
	c.change(func(tx *store.Tx) error {
		group, err := tx.GroupOf(c.pokja, 0)
		if err != nil {
			return err
		}
		task := council.Task{Title: "Rekap tonase", GroupID: group.ID, CreatedBy: 1, CreatedAt: c.clock(), State: council.TaskNew,
			Deadline: council.Deadline{At: c.clock().AddDate(0, 0, 5).UTC(), Zone: "Asia/Makassar"}}
		for _, person := range assignees {
			member, err := tx.MemberByTelegramID(person)
			if err != nil {
				return err
			}
			task.Assignees = append(task.Assignees, council.Assignee{MemberID: member.ID, State: council.TaskNew})
		}
		if made, err = tx.CreateTask(task, 0, 0); err != nil {
			return err
		}
		made.State, made.Title = state, filled("Rekap tonase nomor#x", made.Number)
		for i := range made.Assignees {
			made.Assignees[i].State = state
		}
		return tx.SaveTask(made, c.clock())
	})
	return made.Number
}

// filled puts a task's number where a text has "#".
func filled(text string, number int64) string {
	return strings.ReplaceAll(text, "#", strconv.FormatInt(number, 10))
}

// shows tells whether a person's private chat has shown a task.
func (c *town) shows(person, number int64) bool {
	return strings.Contains(joined(c.sim.Messages(person)), filled("T-# ·", number))
}

// botMessage is some message of the bot in a person's private chat that is
// about no task.
func (c *town) botMessage(person int64) int {
	c.t.Helper()
	for _, message := range c.sim.Messages(person) {
		if message.Bot && !strings.Contains(message.Text, "T-") {
			return message.ID
		}
	}
	c.t.Fatalf("the bot has not written to %d", person)
	return 0
}

func joined(messages []sim.Shown) string { return strings.Join(texts(messages), "\n---\n") }
