package bot

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// announcing is a town in which a coordinator announces one thing after another.
type announcing struct {
	*bubble
	sitti   int64
	groups  []int64
	number  int // of the announcement that is looked at
	text    string
	written int
	gone    bool          // it was taken back
	missing map[int64]int // how often a group was left without the latest
}

// TestEveryGroupEndsWithTheLatestFace lets a coordinator announce, correct and
// take back while the program is killed and the line breaks, at any moment.
func TestEveryGroupEndsWithTheLatestFace(t *testing.T) {
	inBubble(t, sim.Options{Limits: true}, func(t *testing.T, b *bubble) {
		b.options.Limits = true
		b.start()
		a := &announcing{bubble: b, sitti: b.person("Sitti"), missing: map[int64]int{}}
		b.change(func(tx *store.Tx) error {
			member, err := tx.MemberByTelegramID(a.sitti)
			if err != nil {
				return err
			}
			return tx.GrantRole(member.ID, council.RoleCoordinator, "granted")
		})
		for i := range 9 {
			chat := b.group(fmt.Sprintf("Grup %d", i), a.sitti)
			b.change(func(tx *store.Tx) error {
				_, err := tx.LinkGroup(council.Group{ChatID: chat, Title: fmt.Sprintf("Grup %d", i), Kind: council.GroupKinds[i%4], Dimension: council.Living, Language: "id"})
				return err
			})
			a.groups = append(a.groups, chat)
		}
		rapid.Check(struct{ rapid.TB }{t}, a.check) // in a bubble a test must not be asked for its deadline
	})
}

func (a *announcing) check(t *rapid.T) {
	a.telegram.Heal()
	a.settle(t)
	_, before := a.waiting()
	a.number, a.gone = a.number+1, false
	a.write(t, "/umumkan semua: ")
	steps := rapid.SliceOfN(rapid.SampledFrom([]string{"correct", "correct", "recall", "kill", "kill", "break", "pass", "old"}), 0, 6).Draw(t, "steps")
	for _, step := range steps {
		time.Sleep(time.Duration(rapid.IntRange(0, 500).Draw(t, "milliseconds")) * time.Millisecond)
		switch {
		case step == "correct" && !a.gone:
			a.write(t, fmt.Sprintf("/umumkan A-%d ", a.number))
		case step == "recall" && !a.gone:
			a.press(t, fmt.Sprintf("A-%d", a.number), "Tarik")
			a.press(t, fmt.Sprintf("A-%d", a.number), "Ya, tarik")
			a.gone = true
		case step == "kill":
			a.kill()
			a.start()
		case step == "break":
			a.telegram.BreakLine()
			time.Sleep(time.Second)
			a.telegram.MendLine()
		case step == "old": // Telegram deletes nothing any more
			a.telegram.Fail(sim.Fault{Method: "deleteMessage", Kind: sim.Refuse, Code: 400, Description: "Bad Request: message can't be deleted", Times: -1})
		}
	}
	a.settle(t)
	_, after := a.waiting()
	a.compare(t, after-before)
}

// write announces or corrects, and confirms.
func (a *announcing) write(t *rapid.T, command string) {
	a.written++
	a.text = fmt.Sprintf("kabar %d.", a.written)
	a.telegram.Say(sim.Message{Chat: a.sitti, Person: a.sitti, Text: command + a.text})
	a.press(t, a.text, "Benar")
}

// press presses a button of the latest message to the coordinator that has these
// words, as soon as there is one.
func (a *announcing) press(t *rapid.T, words, label string) {
	for range 600 {
		messages := a.telegram.Messages(a.sitti)
		for at := len(messages) - 1; at >= 0; at-- {
			if message := messages[at]; message.Bot && !message.Deleted && strings.Contains(message.Text, words) && hasButton(message, label) {
				if _, err := a.telegram.Press(a.sitti, message.ID, a.sitti, label); err == nil {
					time.Sleep(50 * time.Millisecond)
					return
				}
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	said := a.said(a.sitti, "")
	t.Fatalf("no button [%s] below %q comes; the last words were %q", label, words, said[max(0, len(said)-3):])
}

// settle waits until nothing is to be sent any more.
func (a *announcing) settle(t *rapid.T) {
	for range 1200 {
		time.Sleep(time.Second)
		synctest.Wait()
		if open, _ := a.waiting(); open == 0 {
			return
		}
	}
	t.Fatal("the bot does not come to rest")
}

// compare looks at every group. What the line or a kill cut off may stand there
// twice: the bot knows no id of the first, and cannot change it. What was cut off
// twice may be missing, and then that is told.
func (a *announcing) compare(t *rapid.T, mayRepeat int) {
	repeated := 0
	for _, chat := range a.groups {
		var here []string
		for _, message := range a.telegram.Messages(chat) {
			if message.Bot && !message.Deleted && strings.HasPrefix(message.Text, fmt.Sprintf("A-%d ·", a.number)) {
				here = append(here, message.Text)
			}
		}
		latest, withWords := 0, 0
		for _, text := range here {
			if strings.Contains(text, a.text) {
				latest++
			}
			if strings.Contains(text, "kabar") {
				withWords++
			}
		}
		switch {
		case a.gone:
			repeated += withWords
		case latest == 0:
			if a.missing[chat]++; a.toldOf(t, chat) < a.missing[chat] {
				t.Fatalf("a group does not have %q, and nobody is told: %q", a.text, here)
			}
		default:
			repeated += withWords - 1
		}
	}
	if repeated > mayRepeat {
		t.Fatalf("%d messages stand beside the latest face, %d may", repeated, mayRepeat)
	}
}

// toldOf counts the messages to a chat of which the secretariat is told, a while later,
// that they may not have arrived.
func (a *announcing) toldOf(t *rapid.T, chat int64) (messages int) {
	time.Sleep(2 * time.Hour)
	synctest.Wait()
	absences, _ := a.kept()
	err := a.store.View(a.t.Context(), func(tx *store.Tx) error {
		for _, absence := range absences {
			cuts, err := tx.CutOffToldWith(absence)
			if err != nil {
				return err
			}
			for _, cut := range cuts {
				if cut.ChatID == chat {
					messages += cut.Messages
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return messages
}
