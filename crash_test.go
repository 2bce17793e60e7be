package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// killedOftenLosesNothing writes sixty tasks into a group while the program is
// killed five times, each time after a random number of further messages. Every
// task must be made once, in the order written, and every card be there; a card
// may be there twice only where a kill broke the line.
func killedOftenLosesNothing(t *testing.T, m machine) {
	const tasks, kills = 60, 5
	owner := m.telegram.Person(sim.Person{FirstName: "Sitti", Username: "sitti_contoh"})
	m.environment = append(m.environment, fmt.Sprintf("REMBUK_OWNERS=%d", owner))
	group := m.linkedGroup(t, owner)
	for number := range tasks {
		m.telegram.Say(sim.Message{Chat: group, Person: owner, Text: fmt.Sprintf("/tugas_baru Rekap nomor %d, tenggat besok 15.00", number+1)})
	}
	seed := rand.Uint64()
	t.Logf("random seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for range kills {
		server := m.serve(t)
		enough := m.sent() + random.IntN(tasks/kills)
		m.await(t, "more messages", func() bool { return m.sent() >= enough })
		server.signal(t, os.Kill)
	}
	server := m.serve(t)
	m.await(t, "all cards", func() bool { return len(cards(m.telegram, group)) == tasks })
	m.await(t, "the last poll", m.telegram.PollWaiting)
	if status, _ := server.signal(t, os.Interrupt); status != 0 {
		t.Errorf("ended with %d", status)
	}
	checkCards(t, cards(m.telegram, group), tasks, kills)
	if made := m.tasksMade(t); made != tasks {
		t.Errorf("%d tasks were made", made)
	}
}

// linkedGroup is a group that the bot knows; the bot is stopped again.
func (m machine) linkedGroup(t *testing.T, owner int64) int64 {
	t.Helper()
	group := m.telegram.Group(sim.Group{Title: "Pokja Lingkungan", Supergroup: true, Members: []int64{owner}})
	server := m.serve(t)
	m.telegram.AddBot(group, owner)
	m.telegram.Say(sim.Message{Chat: group, Person: owner, Text: "/hubungkan pokja lingkungan"})
	m.await(t, "the link", func() bool {
		return slices.ContainsFunc(m.telegram.Messages(group), func(message sim.Shown) bool {
			return message.Bot && regexp.MustCompile("telah terhubung").MatchString(message.Text)
		})
	})
	server.signal(t, os.Interrupt)
	return group
}

// await looks again after every change of the local Telegram.
func (m machine) await(t *testing.T, what string, there func() bool) {
	t.Helper()
	changed, done := m.telegram.Subscribe()
	defer done()
	patience := time.After(time.Minute)
	for !there() {
		select {
		case <-changed:
		case <-patience:
			t.Fatalf("%s did not come", what)
		}
	}
}

func (m machine) sent() int { return m.telegram.Counts()["sendMessage"] }

// cards are the numbers of the tasks by the number in their title, one for each
// message of the bot.
func cards(telegram *sim.Server, group int64) map[int][]int {
	card := regexp.MustCompile(`^T-(\d+) · Rekap nomor (\d+)\n`)
	found := map[int][]int{}
	for _, message := range telegram.Messages(group) {
		if parts := card.FindStringSubmatch(message.Text); message.Bot && parts != nil {
			task, _ := strconv.Atoi(parts[1]) // digits, as the pattern says
			title, _ := strconv.Atoi(parts[2])
			found[title] = append(found[title], task)
		}
	}
	return found
}

func checkCards(t *testing.T, cards map[int][]int, tasks, kills int) {
	t.Helper()
	repeated := 0
	got, want := map[int]int{}, map[int]int{}
	for title := 1; title <= tasks; title++ {
		want[title] = title // in the order written, each once
		got[title] = cards[title][0]
		repeated += len(cards[title]) - 1
		if numbers := slices.Compact(cards[title]); len(numbers) > 1 {
			t.Errorf("number %d was made more than once: %v", title, numbers)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if repeated > kills {
		t.Errorf("%d cards were repeated by %d kills", repeated, kills)
	}
}

func (m machine) tasksMade(t *testing.T) (made int) {
	t.Helper()
	opened, err := store.Open(t.Context(), m.folder+"/rembuk.db")
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	err = opened.View(t.Context(), func(tx *store.Tx) error {
		numbers, err := tx.OpenTaskNumbers()
		made = len(numbers)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}
