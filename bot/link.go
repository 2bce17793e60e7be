package bot

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// unlinkedStay is how long the bot stays in a group that nobody links.
const unlinkedStay = 24 * time.Hour

// link makes the group, or the topic, in which it is asked one of the
// programme's groups.
func (r *request) link() error {
	if err := r.mayLink(); err != nil {
		return err
	}
	if r.private {
		return r.reply(r.speak.Say("link.in_group"), []store.Button{{
			Text: r.speak.Say("button.add_to_group"), URL: "https://t.me/" + r.Username() + "?startgroup=link",
		}})
	}
	if _, release := locale.Meaning("taking_back", r.text); release {
		return r.unlinkHere()
	}
	if r.text == "" {
		return r.askLink("link.ask")
	}
	kind, dimension, known := r.groupWords(r.text)
	if !known {
		return r.askLink("link.unread")
	}
	text, buttons, err := r.linkAs(r.message.Chat, kind, dimension)
	if err != nil {
		return err
	}
	return r.reply(text, buttons)
}

// mayLink refuses everybody but coordinators; strangers, too, are told why.
func (r *request) mayLink() error {
	err := r.may(council.ActionLinkGroup, council.Scope{})
	var refusal *council.Refusal
	if !r.private && errors.As(err, &refusal) && refusal.Code == "stranger" {
		return council.Refuse("coordinator_only")
	}
	return err
}

// askLink asks what the group is for.
func (r *request) askLink(key string) error {
	return r.reply(r.speak.Say(key), linkButtons(r.speak)...)
}

// linkButtons offer everything a group can be: kinds in rows of their own,
// dimensions two to a row.
func linkButtons(speak locale.Speaker) [][]store.Button {
	var rows [][]store.Button
	offer := func(kind council.GroupKind, dimension council.Dimension) store.Button {
		return store.Button{Text: kindName(speak, kind, dimension), Data: data(pressLink, groupKey(kind, dimension))}
	}
	for _, kind := range council.GroupKinds {
		if kind != council.KindWorkingGroup {
			rows = append(rows, []store.Button{offer(kind, "")})
			continue
		}
		for i := 0; i+1 < len(council.Dimensions); i += 2 {
			rows = append(rows, []store.Button{offer(kind, council.Dimensions[i]), offer(kind, council.Dimensions[i+1])})
		}
	}
	return rows
}

// pressLink takes the answer to what the group is for.
func (r *request) pressLink(arguments pressArguments) error {
	if err := r.mayLink(); err != nil {
		return err
	}
	kind, dimension, known := groupNamed(arguments.text(0))
	if !known || r.private {
		return r.toast(r.speak.Say("press.stale"))
	}
	chat, _ := pressedMessage(r.press)
	text, buttons, err := r.linkAs(chat, kind, dimension)
	if err != nil {
		return err
	}
	if err := r.edit(text, buttons); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}

// linkAs links the place of the request and says so. Linked again, it keeps its
// tasks and its language.
func (r *request) linkAs(chat models.Chat, kind council.GroupKind, dimension council.Dimension) (string, []store.Button, error) {
	if err := r.tx.Joined(chat.ID, chat.Title, r.now, r.now.Add(unlinkedStay)); err != nil {
		return "", nil, err
	}
	before, err := r.tx.GroupOf(chat.ID, r.thread)
	if notFoundIsNil(err) != nil {
		return "", nil, err
	}
	group, err := r.tx.LinkGroup(council.Group{
		ChatID: chat.ID, ThreadID: r.thread, Title: chat.Title, Kind: kind, Dimension: dimension, Language: r.city.Language,
	})
	if err != nil {
		return "", nil, err
	}
	r.group, r.speak = group, r.book.In(group.Language)
	if err := r.record(council.Reference{}, council.EventLinked, "", "group", idText(group.ID), "as", groupKey(kind, dimension)); err != nil {
		return "", nil, err
	}
	if err := r.planForGroups(); err != nil {
		return "", nil, err
	}
	if shown := menuOfGroup(group); shown != menuOfGroup(before) {
		if err := queueChatMenu(r.tx, chat.ID, group.Language, shown); err != nil {
			return "", nil, err
		}
	}
	if err := r.settleQuestions(); err != nil {
		return "", nil, err
	}
	row := []store.Button{button(r.speak, "unlink", pressUnlink, group.ID)}
	return r.speak.Say("link.done", "Group", kindName(r.speak, kind, dimension)), row, nil
}

// unlinkHere ends the link of the very place in which it is asked.
func (r *request) unlinkHere() error {
	if !r.linked() || r.group.ThreadID != r.thread {
		return council.Refuse("not_linked")
	}
	text, buttons, err := r.unlink(r.group)
	if err != nil {
		return err
	}
	return r.reply(text, buttons)
}

// pressUnlink ends the link that the message had confirmed.
func (r *request) pressUnlink(arguments pressArguments) error {
	if err := r.mayLink(); err != nil {
		return err
	}
	group, err := r.tx.Group(arguments.number(0))
	if notFoundIsNil(err) != nil {
		return err
	}
	if err != nil || group.ChatID != r.chatID {
		return r.toast(r.speak.Say("press.stale"))
	}
	text, buttons, err := r.unlink(group)
	if err != nil {
		return err
	}
	if err := r.edit(text, buttons); err != nil {
		return err
	}
	return r.toast(r.speak.Say("people.saved"))
}

// unlink ends a link; the button under what is said takes that back.
func (r *request) unlink(group council.Group) (string, []store.Button, error) {
	if err := r.tx.UnlinkGroup(group, r.now.Add(unlinkedStay)); err != nil {
		return "", nil, err
	}
	if err := r.record(council.Reference{}, council.EventUnlinked, "", "group", idText(group.ID)); err != nil {
		return "", nil, err
	}
	if err := r.settleQuestions(); err != nil {
		return "", nil, err
	}
	row := []store.Button{button(r.speak, "relink", pressLink, groupKey(group.Kind, group.Dimension))}
	return r.speak.Say("link.released", "Group", kindName(r.speak, group.Kind, group.Dimension)), row, nil
}

// LeaveUnlinked leaves the chats that nobody has linked within a day, with a
// word of farewell. now is the rules' clock.
func (b *Bot) LeaveUnlinked(tx *store.Tx, now time.Time) error {
	chats, err := tx.ToLeave(now)
	if err != nil {
		return err
	}
	for _, chatID := range chats {
		farewell := store.Outgoing{
			ChatID: chatID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
			Payload: store.Payload{Text: b.book.In(locale.Indonesian).Say("link.leaving")},
		}
		if err := tx.Queue(farewell, time.Now()); err != nil {
			return err
		}
		if err := tx.Queue(store.Outgoing{ChatID: chatID, Kind: store.KindLeave, Priority: store.PriorityAnswer}, time.Now()); err != nil {
			return err
		}
		if err := tx.ForgetChat(chatID); err != nil {
			return err
		}
	}
	return nil
}

// coordinatorNames names the coordinators to somebody who is looking for one.
func (r *request) coordinatorNames() string {
	members, err := coordinators(r.tx)
	if err != nil || r.actor.IsStranger() {
		return "" // the sentence is whole without names, and strangers learn none
	}
	var names []string
	for _, member := range members {
		if member.Name != "" || member.Username != "" {
			names = append(names, namePerson(r.speak, member))
		}
	}
	return strings.Join(names, ", ")
}

// idText writes a number for an event, a key or a button.
func idText(id int64) string { return strconv.FormatInt(id, 10) }
