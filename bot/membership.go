package bot

import (
	"errors"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
)

// onMembership hears of the bot's own place in a chat: added to a group, thrown
// out, blocked by a person, let in again.
func (r *request) onMembership(change *models.ChatMemberUpdated) error {
	if change.Chat.Type == models.ChatTypePrivate && !isInside(change.NewChatMember) {
		if _, err := r.tx.MemberByTelegramID(change.Chat.ID); err != nil { // who is not known, or not any more, does not become known by leaving
			return notFoundIsNil(err)
		}
	}
	by := &change.From
	if by.IsBot {
		by = nil // the bot left by itself, or an anonymous administrator acted
	}
	if err := r.enter(change.Chat, 0, by); err != nil {
		return err
	}
	inside, wasInside := isInside(change.NewChatMember), isInside(change.OldChatMember)
	switch {
	case r.private && inside:
		return r.opened()
	case r.private:
		return r.personLost(r.tx, r.chatID, council.ReachBlocked, time.Now())
	case !inside:
		return r.groupLost(r.tx, r.chatID, time.Now())
	case wasInside:
		return errors.Join(r.writable(), r.settleQuestions())
	}
	return r.arrived(change.Chat.Title)
}

func isInside(member models.ChatMember) bool {
	switch member.Type {
	case models.ChatMemberTypeOwner, models.ChatMemberTypeAdministrator, models.ChatMemberTypeMember:
		return true
	case models.ChatMemberTypeRestricted:
		return member.Restricted != nil && member.Restricted.IsMember
	}
	return false
}

// arrived says who can link the group that the bot was added to, or that it is
// still linked when the bot was away.
func (r *request) arrived(title string) error {
	if err := r.tx.Joined(r.chatID, title, r.now, r.now.Add(unlinkedStay)); err != nil {
		return err
	}
	if err := errors.Join(r.writable(), r.settleQuestions()); err != nil {
		return err
	}
	groups, err := groupsIn(r.tx, r.chatID)
	switch {
	case err != nil:
		return err
	case len(groups) > 0:
		return r.reply(r.speak.Say("link.back"))
	case r.actor.Coordinates():
		return r.askLink("link.ask")
	}
	return r.reply(r.speak.Say("link.arrived"))
}

// writable notes that the bot can write to the groups of the chat, if it could not before.
func (r *request) writable() error {
	changed, err := r.tx.SetGroupReachable(r.chatID, true)
	if err != nil || !changed {
		return err
	}
	return r.recordGroups(r.tx, r.chatID, r.actor.ID, groupBack)
}

// onComings hears of people who join and leave, and of a group's new name.
func (r *request) onComings(message *models.Message) error {
	var joined []int64
	for i := range message.NewChatMembers {
		if person := &message.NewChatMembers[i]; !person.IsBot {
			actor, err := r.learn(person, r.chatID)
			if err != nil {
				return err
			}
			joined = append(joined, actor.ID)
		}
	}
	if len(joined) > 0 {
		if err := r.tx.Rise(joined); err != nil {
			return err
		}
	}
	if message.NewChatTitle != "" {
		if err := r.tx.SetGroupTitle(r.chatID, message.NewChatTitle); err != nil {
			return err
		}
		if err := r.recordGroups(r.tx, r.chatID, r.actor.ID, groupTitle); err != nil {
			return err
		}
	}
	if message.LeftChatMember == nil {
		return nil
	}
	return r.onLeaving(message.LeftChatMember)
}

func (r *request) onLeaving(person *models.User) error {
	if person.ID == r.id.Load() {
		return r.groupLost(r.tx, r.chatID, time.Now())
	}
	member, err := r.tx.MemberByTelegramID(person.ID)
	if err != nil {
		return notFoundIsNil(err)
	}
	if err := r.tx.Left(member.ID, r.chatID); err != nil {
		return err
	}
	return r.tellLeftBehind(member)
}

// onMigration hears that a group has become a supergroup.
func (r *request) onMigration(message *models.Message) error {
	before, after, _ := migration(message)
	r.log.Info("a group became a supergroup", "old chat", before, "new chat", after)
	return r.tx.Migrate(before, after)
}

// vouchFor lets in somebody who is given work before the bot ever saw them in a
// group. A bot cannot list a group's members, so whoever gives out a group's
// work vouches that the person belongs there. Who had handed everything over is written
// to again.
func (r *request) vouchFor(member council.Member, task council.Task) error {
	if err := r.tx.SetRests(member.ID, false); err != nil {
		return err
	}
	actor, err := r.tx.Actor(member)
	if err != nil || !actor.IsStranger() || task.GroupID == 0 {
		return err
	}
	group, err := r.tx.Group(task.GroupID)
	if err != nil {
		return notFoundIsNil(err)
	}
	return r.tx.SeenIn(member.ID, group.ChatID)
}
