package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/rembuk/rembuk/bot"
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// The regency as its bot is told of it.
const (
	zoneName = "Asia/Makassar"
	mornings = "0 8 * * *"
)

// The first people are those with an office; they have no tasks of their own.
const (
	coordinators = 3
	leaders      = 2                                  // by role
	heads        = 4                                  // of offices
	officers     = coordinators + leaders + heads + 2 // the regional secretary and a deputy
)

// regency is a database with its people, and what the bot needs beside it.
type regency struct {
	opened *store.Store
	bot    *bot.Bot
	clock  *leapingClock
	timing council.Timing
	random *rand.Rand
	people []int64
	groups []council.Group
}

// open makes an empty regency in a database of its own.
func open(ctx context.Context, folder, name string, size size) (*regency, error) {
	zone, err := time.LoadLocation(zoneName)
	if err != nil {
		return nil, err
	}
	book, err := locale.Open()
	if err != nil {
		return nil, err
	}
	schedule, err := cron.ParseStandard(mornings)
	if err != nil {
		return nil, err
	}
	opened, err := store.Open(ctx, filepath.Join(folder, name))
	if err != nil {
		return nil, err
	}
	r := &regency{opened: opened, clock: &leapingClock{now: time.Date(2026, 1, 1, 7, 0, 0, 0, zone)}, random: rand.New(rand.NewPCG(2026, 0))}
	r.bot = bot.New(bot.Options{Store: opened, Book: book, Log: quietLog(), Token: sim.DefaultToken, API: "http://127.0.0.1:1",
		Now: r.clock.Now, City: "Kabupaten Teluk Marannu", Zone: zoneName, Next: schedule.Next})
	if err := opened.Update(ctx, func(tx *store.Tx) error { return r.populate(tx, size) }); err != nil {
		return nil, errors.Join(err, opened.Close())
	}
	return r, nil
}

func quietLog() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// populate keeps the days off, the people with their offices, and the groups.
func (r *regency) populate(tx *store.Tx, size size) error {
	years, err := locale.HolidayYears()
	if err != nil {
		return err
	}
	for _, year := range years {
		for _, day := range year.Days {
			if err := tx.SetHoliday(store.Holiday{Date: day.Date, Name: day.Name, JointLeave: day.JointLeave}); err != nil {
				return err
			}
		}
	}
	if r.timing, err = r.bot.Timing(tx); err != nil {
		return err
	}
	for number := range size.groups {
		group := council.Group{ChatID: -1000000002001 - int64(number), Title: fmt.Sprintf("Pokja %d", number+1), Kind: council.KindWorkingGroup,
			Dimension: council.Dimensions[number%len(council.Dimensions)], Language: locale.Indonesian}
		switch number {
		case 0:
			group.Kind, group.Dimension = council.KindSecretariat, ""
		case 1:
			group.Kind, group.Dimension = council.KindCouncil, ""
		}
		if group, err = tx.LinkGroup(group); err != nil {
			return err
		}
		r.groups = append(r.groups, group)
	}
	for number := range size.people {
		person, err := tx.Seen(int64(200000001+number), fmt.Sprintf("Warga %d", number+1), fmt.Sprintf("warga_%d", number+1), locale.Indonesian, r.clock.now)
		if err != nil {
			return err
		}
		if err := tx.SetReach(person.ID, council.ReachOpen); err != nil {
			return err
		}
		r.people = append(r.people, person.ID)
	}
	return r.appoint(tx)
}

// appoint gives the first people their roles and positions.
func (r *regency) appoint(tx *store.Tx) error {
	for number, id := range r.people[:coordinators+leaders] {
		role := council.RoleCoordinator
		if number >= coordinators {
			role = council.RoleLeader
		}
		if err := tx.GrantRole(id, role, "granted"); err != nil {
			return err
		}
	}
	for number, id := range r.people[coordinators+leaders : officers-2] {
		position := council.Position{Kind: council.PositionOfficeHead, Title: fmt.Sprintf("Kepala Dinas %d", number+1), GroupID: r.groups[2+number%(len(r.groups)-2)].ID}
		if err := r.place(tx, position, id); err != nil {
			return err
		}
	}
	return r.place(tx, council.Position{Kind: council.PositionSecretary}, r.people[officers-2], r.people[officers-1])
}

// place puts a person into a position, and another one beside as a deputy.
func (r *regency) place(tx *store.Tx, position council.Position, members ...int64) error {
	position, err := tx.Position(position)
	if err != nil {
		return err
	}
	first := r.timing.Calendar.Day(r.clock.now)
	holdings := make([]council.Holding, len(members))
	for i, id := range members {
		holdings[i] = council.Holding{PositionID: position.ID, MemberID: id, Deputy: i > 0, First: first}
	}
	return tx.SetHoldings(position.ID, first, holdings)
}

// worker is one of those who do the work.
func (r *regency) worker() int64 {
	return r.people[officers+r.random.IntN(len(r.people)-officers)]
}

// change writes a task as the bot does after one of its moves, with its reminders.
func (r *regency) change(tx *store.Tx, number, memberID int64, move func(council.Task) (council.Task, error)) error {
	before, err := tx.Task(number)
	if err != nil {
		return err
	}
	after, refused := move(before)
	if refused != nil {
		return nil // somebody else was faster
	}
	after = after.Stamp(before, memberID, r.clock.now)
	stay := func(reminder council.Reminder) bool { return r.timing.Stays(reminder, after, r.clock.now) }
	return errors.Join(tx.SaveTask(after, r.clock.now), tx.PlanReminders(after.Reference(), council.PlanTask(after, r.clock.now, r.timing), stay))
}
