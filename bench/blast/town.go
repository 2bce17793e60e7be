package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/rembuk/rembuk/bot"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// A Tuesday, on whose morning at eight a deadline is one day away and another
// one seven.
const (
	zoneName = "Asia/Makassar"
	mornings = "0 8 * * *"
	today    = "2026-07-14"
	// begins is when the program is started on that day.
	begins = "T07:59:50+08:00"
	// together is how many people are kept in one transaction.
	together = 500
)

// town is a coordinator, those who are reminded, and those who write meanwhile.
type town struct {
	telegram *sim.Server
	owner    int64
	groups   []int64
	people   []int64
	writers  []int64 // who are reminded of nothing
}

func newTown(telegram *sim.Server, p plan) *town {
	t := &town{telegram: telegram, owner: telegram.Person(sim.Person{FirstName: "Ibu Ratna", Username: "ratna_contoh", LanguageCode: "id"})}
	for number := range p.groups {
		t.groups = append(t.groups, telegram.Group(sim.Group{Title: fmt.Sprintf("Pokja %d", number+1), Supergroup: true, Members: []int64{t.owner}}))
	}
	for number := range p.people {
		t.people = append(t.people, telegram.Person(sim.Person{FirstName: fmt.Sprintf("Warga %d", number+1), LanguageCode: "id"}))
	}
	for number := range writers {
		t.writers = append(t.writers, telegram.Person(sim.Person{FirstName: fmt.Sprintf("Penulis %d", number+1), LanguageCode: "id"}))
	}
	return t
}

// enter lets the bot into the groups and everybody open the private chat, long
// before the program runs: what Telegram would tell of it is read away.
func (t *town) enter(ctx context.Context, base string) error {
	for _, chat := range t.groups {
		t.telegram.AddBot(chat, t.owner)
	}
	for _, people := range [][]int64{t.people, t.writers} {
		for _, person := range people {
			t.telegram.Say(sim.Message{Chat: person, Person: person, Text: "/mulai"})
		}
	}
	return drain(ctx, base, t.telegram.Token())
}

// fill makes a database in which everybody is known, each person has a task that
// is due tomorrow, and all groups prepare an evaluation that is due in a week.
func (t *town) fill(ctx context.Context, folder string) (err error) {
	book, err := locale.Open()
	if err != nil {
		return err
	}
	schedule, err := cron.ParseStandard(mornings)
	if err != nil {
		return err
	}
	opened, err := store.Open(ctx, filepath.Join(folder, "rembuk.db"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		return err
	}
	now, err := time.ParseInLocation(time.DateOnly, today, zone)
	if err != nil {
		return err
	}
	now = now.AddDate(0, 0, -1).Add(10 * time.Hour)
	inside := bot.New(bot.Options{Store: opened, Book: book, Log: slog.New(slog.DiscardHandler), Token: sim.DefaultToken, API: "http://127.0.0.1:1",
		Now: func() time.Time { return now }, City: "Kabupaten Teluk Marannu", Zone: zoneName, Next: schedule.Next})
	var timing council.Timing
	if err := opened.Update(ctx, func(tx *store.Tx) (err error) {
		if timing, err = inside.Timing(tx); err != nil {
			return err
		}
		return t.fillGroups(tx, now, timing)
	}); err != nil {
		return err
	}
	for first := 0; first < len(t.people); first += together {
		some := t.people[first:min(first+together, len(t.people))]
		err := opened.Update(ctx, func(tx *store.Tx) error {
			for number, id := range some {
				if err := t.fillPerson(tx, id, first+number, now, timing); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return opened.Update(ctx, func(tx *store.Tx) error {
		for number, id := range t.writers {
			person, err := known(tx, id, fmt.Sprintf("Penulis %d", number+1), now)
			if err := errors.Join(err, tx.SeenIn(person.ID, t.groups[number%len(t.groups)])); err != nil {
				return err
			}
		}
		return nil
	})
}

func (t *town) fillGroups(tx *store.Tx, now time.Time, timing council.Timing) error {
	groups := make([]council.Group, len(t.groups))
	for number, chat := range t.groups {
		var err error
		if groups[number], err = tx.LinkGroup(council.Group{ChatID: chat, Title: fmt.Sprintf("Pokja %d", number+1), Kind: council.KindWorkingGroup,
			Dimension: council.Dimensions[number%len(council.Dimensions)], Language: locale.Indonesian}); err != nil {
			return err
		}
	}
	deadline := council.Deadline{At: now.AddDate(0, 0, 8).Add(6 * time.Hour).UTC(), Zone: zoneName}
	evaluation, err := tx.CreateEvaluation(council.Evaluation{Name: "Evaluasi Tahap 1", State: council.EvaluationOpen, CreatedAt: now,
		Milestones: []council.Milestone{{Kind: council.MilestonePresentation, Deadline: deadline}}})
	if err != nil {
		return err
	}
	return tx.AddReminders(council.PlanEvaluation(evaluation, groups, now, timing))
}

func (t *town) fillPerson(tx *store.Tx, id int64, number int, now time.Time, timing council.Timing) error {
	person, err := known(tx, id, fmt.Sprintf("Warga %d", number+1), now)
	if err != nil {
		return err
	}
	group, err := tx.GroupOf(t.groups[number%len(t.groups)], 0)
	if err != nil {
		return err
	}
	due := now.AddDate(0, 0, 2).Add(6 * time.Hour)
	task, err := tx.CreateTask(council.Task{
		Title: fmt.Sprintf("Rekap tonase bank sampah, titik %d", number+1), GroupID: group.ID, CreatedBy: person.ID, CreatedAt: now,
		Deadline:  council.Deadline{At: due.UTC(), Zone: zoneName},
		Assignees: []council.Assignee{{MemberID: person.ID, State: council.TaskNew, Acknowledged: true}}, State: council.TaskNew,
	}, 0, 0)
	if err != nil {
		return err
	}
	return errors.Join(tx.SeenIn(person.ID, group.ChatID), tx.AddReminders(council.PlanTask(task, now, timing)))
}

// known keeps a person who can be written to.
func known(tx *store.Tx, id int64, name string, now time.Time) (council.Member, error) {
	person, err := tx.Seen(id, name, "", locale.Indonesian, now)
	if err != nil {
		return council.Member{}, err
	}
	return person, tx.SetReach(person.ID, council.ReachOpen)
}

// copies counts the groups and people by how often the morning's message stands in their chat.
func (t *town) copies() map[int]int {
	times := make(map[int]int)
	for _, chats := range [][]int64{t.groups, t.people} {
		for _, chat := range chats {
			count := 0
			for _, message := range t.telegram.Messages(chat) {
				if isReminder(message) {
					count++
				}
			}
			times[count]++
		}
	}
	return times
}

func isReminder(message sim.Shown) bool {
	return message.Bot && message.Service == "" && (strings.Contains(message.Text, "T-") || strings.Contains(message.Text, "E-1"))
}

// drain reads away what waits for the bot, as a program that ran before did.
func drain(ctx context.Context, base, token string) error {
	for offset := int64(0); ; {
		next, err := pollOnce(ctx, &http.Client{Timeout: 10 * time.Second}, fmt.Sprintf("%s/bot%s/getUpdates?timeout=0&limit=100&offset=%d", base, token, offset))
		if err != nil || next == 0 {
			return err
		}
		offset = next
	}
}
