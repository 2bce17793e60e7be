package bot

import (
	"errors"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// unreachable records that a chat cannot be written to any more. What waits for
// it is dropped: it could never arrive. now is real time.
func (b *Bot) unreachable(tx *store.Tx, chatID int64, reach council.Reach, now time.Time) error {
	switch {
	case chatID < 0:
		return b.groupLost(tx, chatID, now)
	case chatID > 0:
		return b.personLost(tx, chatID, reach, now)
	}
	return nil // menus belong to no chat
}

func (b *Bot) personLost(tx *store.Tx, telegramID int64, reach council.Reach, now time.Time) error {
	if err := b.questionsLost(tx, telegramID); err != nil {
		return err
	}
	if err := tx.DropQueued(telegramID, string(reach), now); err != nil {
		return err
	}
	if err := b.copiesLost(tx, telegramID); err != nil {
		return err
	}
	member, err := tx.MemberByTelegramID(telegramID)
	if err != nil {
		return notFoundIsNil(err)
	}
	if err := tx.SetReach(member.ID, reach); err != nil {
		return err
	}
	return b.settleQuestionsIn(tx)
}

// groupLost marks the groups of a chat that the bot cannot write to. Every
// coordinator is told, once until the bot is back.
func (b *Bot) groupLost(tx *store.Tx, chatID int64, now time.Time) error {
	if err := b.questionsLost(tx, chatID); err != nil {
		return err
	}
	if err := tx.DropQueued(chatID, "the bot is not in the group", now); err != nil {
		return err
	}
	if err := b.copiesLost(tx, chatID); err != nil {
		return err
	}
	if err := b.pollsLost(tx, chatID); err != nil {
		return err
	}
	if err := tx.ForgetChat(chatID); err != nil {
		return err
	}
	changed, err := tx.SetGroupReachable(chatID, false)
	if err != nil || !changed {
		return err
	}
	if err := b.recordGroups(tx, chatID, 0, groupGone); err != nil {
		return err
	}
	groups, err := groupsIn(tx, chatID)
	if err != nil {
		return err
	}
	if err := b.settleQuestionsIn(tx); err != nil {
		return err
	}
	return b.everyCoordinator(tx, func(speak locale.Speaker) string {
		var names []string
		for _, group := range groups {
			names = append(names, kindName(speak, group.Kind, group.Dimension))
		}
		return speak.Say("link.lost", "Title", groups[0].Title, "Group", strings.Join(names, ", "))
	})
}

// groupsIn lists the linked groups of a chat: the chat's own and its topics'.
func groupsIn(tx *store.Tx, chatID int64) ([]council.Group, error) {
	groups, err := tx.Groups()
	if err != nil {
		return nil, err
	}
	var here []council.Group
	for _, group := range groups {
		if group.ChatID == chatID {
			here = append(here, group)
		}
	}
	return here, nil
}

// everyCoordinator tells each coordinator who can be reached, in private.
func (b *Bot) everyCoordinator(tx *store.Tx, text func(locale.Speaker) string) error {
	members, err := coordinators(tx)
	if err != nil {
		return err
	}
	for _, member := range members {
		if member.Reach != council.ReachOpen || member.TelegramID == 0 {
			continue
		}
		if err := tx.Queue(store.Outgoing{
			ChatID: member.TelegramID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
			Payload: store.Payload{Text: text(b.speaker(member))},
		}, time.Now()); err != nil {
			return err
		}
	}
	return nil
}

// opened records that a person writes in private: from now on the bot can write
// to that person.
func (r *request) opened() error {
	if r.actor.Reach == council.ReachOpen && (!r.rests || !r.comesBack()) {
		return nil
	}
	if err := errors.Join(r.tx.SetRests(r.actor.ID, false), r.tx.SetReach(r.actor.ID, council.ReachOpen)); err != nil {
		return err
	}
	r.actor.Reach = council.ReachOpen
	if shown := menuOf(r.actor); shown != menuPrivate {
		if err := queueChatMenu(r.tx, r.chatID, r.speak.Language, shown); err != nil {
			return err
		}
	}
	if err := r.settleQuestions(); err != nil {
		return err
	}
	if err := errors.Join(r.bringPrompts(r.actor), r.bringInvitations(r.actor), r.bringOfficials()); err != nil {
		return err
	}
	return r.catchUp()
}

// comesBack tells whether somebody who has handed everything over asks to be written to
// again: by /start, as the button that opens the private chat sends it.
func (r *request) comesBack() bool {
	return r.message != nil && r.words[foldCommand(strings.TrimPrefix(firstOf(r.message.Text), "/"))].name == "start"
}

func firstOf(text string) string {
	word, _ := firstWord(text)
	return word
}

// catchUpLimit is how many open tasks are named to somebody who can be reached
// at last; the rest is behind a command.
const catchUpLimit = 10

// catchUp tells a person who could not be written to which open tasks there
// are, so that nothing is lost. It leaves after the answer to what the person
// wrote.
func (r *request) catchUp() error {
	mine := store.TaskFilter{MemberID: r.actor.ID, OpenOnly: true}
	tasks, err := r.tx.Tasks(mine, 0, catchUpLimit)
	if err != nil || len(tasks) == 0 {
		return err
	}
	count, err := r.tx.CountMatching(mine)
	if err != nil {
		return err
	}
	text := r.speak.Count("people.catch_up", count, "Person", greetPerson(r.speak, r.actor.Member))
	for _, task := range tasks {
		text += "\n" + task.Reference().String() + " · " + task.Title
		if !task.Deadline.At.IsZero() {
			text += " · " + r.speak.ShortDay(task.Deadline.At.In(r.city.Zone))
		}
	}
	payload := store.Payload{Text: text, Buttons: [][]store.Button{}}
	if count == 1 {
		payload.Subject, payload.About = tasks[0].Reference().String(), cardTask
	}
	for _, task := range tasks {
		payload.Buttons = append(payload.Buttons, []store.Button{{Text: task.Reference().String(), Data: data(pressCard, task.Number)}})
	}
	return r.tx.Queue(store.Outgoing{
		ChatID: r.chatID, Kind: store.KindMessage, Priority: store.PriorityReminder, Payload: payload,
	}, time.Now())
}
