package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// town is a coordinator, many groups and their members.
type town struct {
	telegram *sim.Server
	owner    int64
	groups   []int64
	members  []member
}

// member is somebody in one group.
type member struct{ id, group int64 }

func newTown(telegram *sim.Server, p plan) *town {
	t := &town{telegram: telegram}
	t.owner = telegram.Person(sim.Person{FirstName: "Ibu Ratna", Username: "ratna_contoh", LanguageCode: "id"})
	for number := range p.groups {
		t.groups = append(t.groups, telegram.Group(sim.Group{Title: fmt.Sprintf("Grup %d", number+1), Supergroup: true, Members: []int64{t.owner}}))
	}
	for number := range p.members {
		group := t.groups[number%len(t.groups)]
		id := telegram.Person(sim.Person{FirstName: fmt.Sprintf("Warga %d", number+1), LanguageCode: "id"})
		telegram.Group(sim.Group{ID: group, Title: fmt.Sprintf("Grup %d", number%len(t.groups)+1), Members: []int64{id}})
		t.members = append(t.members, member{id, group})
	}
	return t
}

// settle links the groups in the database of a program that does not run yet, as
// if that had been done long ago, and lets the bot into them unnoticed.
func (t *town) settle(ctx context.Context, path string) (err error) {
	opened, err := store.Open(ctx, path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, opened.Close()) }()
	err = opened.Update(ctx, func(tx *store.Tx) error {
		for number, chat := range t.groups {
			kind := council.GroupKinds[number%len(council.GroupKinds)]
			group := council.Group{ChatID: chat, Title: fmt.Sprintf("Grup %d", number+1), Kind: kind, Language: "id"}
			if kind == council.KindWorkingGroup {
				group.Dimension = council.Dimensions[number%len(council.Dimensions)]
			}
			if _, err := tx.LinkGroup(group); err != nil {
				return err
			}
		}
		for number, one := range t.members {
			person, err := tx.Seen(one.id, fmt.Sprintf("Warga %d", number+1), "", "id", time.Now())
			if err != nil {
				return err
			}
			if err := tx.SeenIn(person.ID, one.group); err != nil {
				return err
			}
		}
		return nil
	})
	for _, chat := range t.groups {
		t.telegram.AddBot(chat, t.owner)
	}
	return err
}

// preview lets the coordinator write the announcement, once the bot has said in
// all groups that it is there, and waits until the minute for which that counts
// in the groups' limits is over.
func (t *town) preview(ctx context.Context) error {
	err := t.wait(ctx, func() bool {
		return t.telegram.PollWaiting() && !slices.ContainsFunc(t.groups, func(chat int64) bool { return len(t.said(chat)) == 0 })
	})
	if err != nil {
		return fmt.Errorf("the first words: %w", err)
	}
	t.telegram.Say(sim.Message{Chat: t.owner, Person: t.owner, Text: "/umumkan semua grup: " + words})
	if err := t.wait(ctx, func() bool { return t.shown(t.owner, buttonSend) != 0 }); err != nil {
		return fmt.Errorf("the preview: %w", err)
	}
	return nil
}

// said are the messages of the bot in a chat.
func (t *town) said(chat int64) []sim.Shown {
	return slices.DeleteFunc(t.telegram.Messages(chat), func(m sim.Shown) bool { return !m.Bot || m.Service != "" || m.Deleted })
}

// shown is the newest message of a chat with a button, 0 if there is none.
func (t *town) shown(chat int64, label string) int {
	said := t.said(chat)
	for at := len(said) - 1; at >= 0; at-- {
		for _, row := range said[at].Buttons {
			if slices.ContainsFunc(row, func(b sim.Button) bool { return b.Text == label }) {
				return said[at].ID
			}
		}
	}
	return 0
}

func (t *town) press(chat, person int64, label string) error {
	_, err := t.telegram.Press(chat, t.shown(chat, label), person, label)
	return err
}

// copies counts the groups by how often the announcement stands in them.
func (t *town) copies() map[int]int {
	times := make(map[int]int)
	for _, chat := range t.groups {
		count := 0
		for _, message := range t.said(chat) {
			if strings.Contains(message.Text, words) {
				count++
			}
		}
		times[count]++
	}
	return times
}

// reached counts the groups that have the announcement.
func (t *town) reached() int { return len(t.groups) - t.copies()[0] }

// overview is the first line of the coordinator's card.
func (t *town) overview() string {
	for _, message := range t.said(t.owner) {
		if strings.Contains(message.Text, words) {
			first, _, _ := strings.Cut(message.Text, "\n")
			return first
		}
	}
	return ""
}

// overviewEnds tells whether the coordinator's card says that all groups have it.
func (t *town) overviewEnds() bool {
	return strings.Contains(t.overview(), fmt.Sprintf("Terkirim ke %d grup", len(t.groups)))
}

// wait looks at a condition until it holds or the context is done.
func (t *town) wait(ctx context.Context, condition func() bool) error {
	for !condition() {
		select {
		case <-time.After(20 * time.Millisecond):
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
	return nil
}
