package main

import (
	"context"
	"errors"

	"github.com/rembuk/rembuk/scheduler"
	"github.com/rembuk/rembuk/sim"
	"github.com/rembuk/rembuk/store"
)

// Coming lists what the bot will say of its own accord, the soonest first, at
// most so many, while it runs.
func (h *Hosted) Coming(ctx context.Context, most int) ([]sim.Coming, error) {
	program, err := h.running()
	if err != nil {
		return nil, err
	}
	planning := scheduler.New(program.store, program.bot, h.clock, program.logger)
	var listed []sim.Coming
	err = program.store.View(ctx, func(tx *store.Tx) error {
		waiting, err := planning.Coming(ctx, tx, most)
		if err != nil {
			return err
		}
		for _, one := range waiting {
			shown, err := comingToChats(tx, one)
			if err != nil {
				return err
			}
			listed = append(listed, shown)
		}
		return nil
	})
	return listed, err
}

// comingToChats names the chats in which something will be said.
func comingToChats(tx *store.Tx, one scheduler.Coming) (sim.Coming, error) {
	shown := sim.Coming{At: one.Reminder.Due, Step: string(one.Reminder.Step), About: one.Reminder.Subject.String(), Title: one.Title, Part: string(one.Milestone)}
	for _, id := range one.GroupIDs {
		group, err := tx.Group(id)
		if errors.Is(err, store.ErrNotFound) {
			continue // unlinked meanwhile: nobody hears it there
		}
		if err != nil {
			return shown, err
		}
		shown.Groups = append(shown.Groups, group.ChatID)
	}
	for _, id := range one.MemberIDs {
		member, err := tx.Member(id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return shown, err
		}
		shown.People = append(shown.People, member.TelegramID)
	}
	return shown, nil
}
