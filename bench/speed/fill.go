package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/rembuk/rembuk/bot"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// A large programme: so many groups and people share the open tasks.
const (
	fillGroups   = 50
	fillPeople   = 400
	fillTogether = 500 // tasks in one transaction
	// single tasks are due on the first day, at moments of their own.
	singles = 30
	// fillDays is over how many days the deadlines of the others lie.
	fillDays = 400
)

// filling is a database being filled with open tasks that are due from a day on.
type filling struct {
	opened  *store.Store
	timing  council.Timing
	first   time.Time // midnight in the city
	groups  []int64
	people  []int64
	random  *rand.Rand
	created int
}

// fill makes open tasks with their reminders, through the store as the bot does.
func fill(ctx context.Context, path string, first time.Time, tasks int) (err error) {
	opened, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	inside, err := insideBot(opened, "http://127.0.0.1:1", 1, func() time.Time { return first })
	if err != nil {
		return err
	}
	f := &filling{opened: opened, first: first, random: rand.New(rand.NewPCG(1, 0))}
	if err := opened.Update(ctx, func(tx *store.Tx) error { return f.populate(tx, inside) }); err != nil {
		return err
	}
	for f.created < tasks {
		count := min(fillTogether, tasks-f.created)
		err := opened.Update(ctx, func(tx *store.Tx) error {
			for number := range count {
				if err := f.add(tx, f.created+number); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		f.created += count
	}
	return nil
}

// populate links the groups and lets the people appear in them.
func (f *filling) populate(tx *store.Tx, inside *bot.Bot) (err error) {
	if f.timing, err = inside.Timing(tx); err != nil {
		return err
	}
	for number := range fillGroups {
		group, err := tx.LinkGroup(council.Group{ChatID: -1000000002001 - int64(number), Title: fmt.Sprintf("Pokja %d", number+1),
			Kind: council.KindWorkingGroup, Dimension: council.Dimensions[number%len(council.Dimensions)], Language: "id"})
		if err != nil {
			return err
		}
		f.groups = append(f.groups, group.ID)
	}
	for number := range fillPeople {
		person, err := tx.Seen(int64(200000001+number), fmt.Sprintf("Warga %d", number+1), fmt.Sprintf("warga_%d", number+1), "id", f.first)
		if err != nil {
			return err
		}
		if err := errors.Join(tx.SetReach(person.ID, council.ReachOpen), tx.SeenIn(person.ID, -1000000002001-int64(number%fillGroups))); err != nil {
			return err
		}
		f.people = append(f.people, person.ID)
	}
	return nil
}

// add makes one task. The first ones are due on the first day, ten minutes
// apart; each of them is said alone, two hours before.
func (f *filling) add(tx *store.Tx, number int) error {
	person := number % fillPeople
	due := f.first.AddDate(0, 0, 1+f.random.IntN(fillDays)).Add(time.Duration(8+f.random.IntN(9)) * time.Hour)
	if number < singles {
		due = f.first.Add(11*time.Hour + time.Duration(number)*10*time.Minute)
	}
	task, err := tx.CreateTask(council.Task{
		Title: fmt.Sprintf("Rekap tonase bank sampah, titik %d", number+1), GroupID: f.groups[person%fillGroups],
		CreatedBy: f.people[person], CreatedAt: f.first, Deadline: council.Deadline{At: due.UTC(), Zone: cityZone},
		Assignees: []council.Assignee{{MemberID: f.people[person], State: council.TaskNew, Acknowledged: true}}, State: council.TaskNew,
	}, 0, 0)
	if err != nil {
		return err
	}
	event := council.Event{At: f.first, MemberID: task.CreatedBy, Subject: task.Reference(), Kind: council.EventCreated}
	planned := council.PlanTask(task, f.first, f.timing)
	return errors.Join(tx.Record(event, ""), tx.AddReminders(planned))
}
