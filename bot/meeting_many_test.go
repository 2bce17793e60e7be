package bot

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// invitedTown is a town in which a coordinator invites to meetings.
type invitedTown struct {
	*bubble
	sitti  int64
	people []int64 // of the council, who can be written to
	groups []int64
}

// newInvitedTown has a council of so many people and a community of two.
func newInvitedTown(b *bubble, people int) *invitedTown {
	b.options.Limits = true
	b.start()
	town := &invitedTown{bubble: b, sitti: b.person("Sitti")}
	b.change(func(tx *store.Tx) error {
		member, err := tx.MemberByTelegramID(town.sitti)
		if err != nil {
			return err
		}
		return tx.GrantRole(member.ID, council.RoleCoordinator, "granted")
	})
	for i := range people {
		town.people = append(town.people, b.person(fmt.Sprintf("Orang %03d", i)))
	}
	town.group("Dewan", council.KindCouncil, town.people)
	town.group("Forum", council.KindCommunity, town.people[:2])
	return town
}

func (i *invitedTown) group(title string, kind council.GroupKind, members []int64) {
	chat := i.bubble.group(title, i.sitti)
	i.groups = append(i.groups, chat)
	i.change(func(tx *store.Tx) error {
		if _, err := tx.LinkGroup(council.Group{ChatID: chat, Title: title, Kind: kind, Language: "id"}); err != nil {
			return err
		}
		for _, id := range members {
			member, err := tx.MemberByTelegramID(id)
			if err != nil {
				return err
			}
			if err := tx.SeenIn(member.ID, chat); err != nil {
				return err
			}
		}
		return nil
	})
}

// press presses a button of the newest message with these words, as soon as there is one.
func (i *invitedTown) press(t fataller, chat, person int64, words, label string) {
	for range 900 {
		messages := i.telegram.Messages(chat)
		for at := len(messages) - 1; at >= 0; at-- {
			if message := messages[at]; message.Bot && !message.Deleted && strings.Contains(message.Text, words) && hasButton(message, label) {
				if _, err := i.telegram.Press(chat, message.ID, person, label); err == nil {
					time.Sleep(50 * time.Millisecond)
					return
				}
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("no button [%s] below %q comes; the last words were %q", label, words, i.said(chat, ""))
}

type fataller interface{ Fatalf(string, ...any) }

// rest waits until nothing is to be sent any more, and tells how long that took.
func (i *invitedTown) rest(t fataller) time.Duration {
	began := time.Now()
	for range 1200 {
		time.Sleep(time.Second)
		synctest.Wait()
		if open, _ := i.waiting(); open == 0 {
			return time.Since(began)
		}
	}
	t.Fatalf("the bot does not come to rest")
	return 0
}

func containing(texts []string, words string) (count int) {
	for _, text := range texts {
		if strings.Contains(text, words) {
			count++
		}
	}
	return count
}

// TestAHundredAndTwentyAreInvited invites many people: each once, within what Telegram
// allows, while whoever asks something meanwhile is answered at once.
func TestAHundredAndTwentyAreInvited(t *testing.T) {
	inBubble(t, sim.Options{Limits: true}, func(t *testing.T, b *bubble) {
		town := newInvitedTown(b, 120)
		b.telegram.Say(sim.Message{Chat: town.sitti, Person: town.sitti, Text: "/rapat_baru Rapat besar, Kamis jam 9, Aula, Dewan"})
		town.press(t, town.sitti, town.sitti, "Rapat besar", "Benar")
		asks := town.people[119]
		b.telegram.Say(sim.Message{Chat: asks, Person: asks, Text: "/rapat M-1"})
		asked := time.Now()
		for len(b.said(asks, "M-1 ·")) == 0 {
			time.Sleep(100 * time.Millisecond)
			if waited := time.Since(asked); waited > 3*time.Second {
				t.Fatalf("an answer waits %v for invitations", waited)
			}
		}
		if open, _ := b.waiting(); open < 100 {
			t.Errorf("only %d invitations wait while somebody is answered", open)
		}
		if took := town.rest(t); took > 40*time.Second {
			t.Errorf("120 invitations took %v", took)
		}
		for _, id := range town.people {
			invitations, files := containing(b.said(id, ""), "mohon kehadirannya"), 0
			for _, message := range b.telegram.Messages(id) {
				if message.Document != nil && strings.HasSuffix(message.Document.Name, ".ics") {
					files++
				}
			}
			if invitations != 1 || files != 1 {
				t.Fatalf("%d invitations and %d files for one person: %q", invitations, files, b.said(id, ""))
			}
		}
		b.telegram.Say(sim.Message{Chat: town.sitti, Person: town.sitti, Text: "/rapat M-1 tempat Balai"})
		town.press(t, town.sitti, town.sitti, "Balai", "Ya, sampaikan")
		town.rest(t)
		for _, id := range town.people {
			if told := containing(b.said(id, ""), "menjadi Balai"); told != 1 {
				t.Fatalf("somebody is told %d times: %q", told, b.said(id, ""))
			}
		}
	})
}
