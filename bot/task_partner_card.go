package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// movePartners brings a task's card into the groups that share it since a
// change, and ends it in those that do no longer.
func (r *request) movePartners(before, after council.Task) error {
	if slices.Equal(before.Partners, after.Partners) {
		return nil
	}
	if err := r.tx.SavePartners(after); err != nil {
		return err
	}
	for _, id := range before.Partners {
		if !slices.Contains(after.Partners, id) {
			if err := r.endCard(after, id); err != nil {
				return err
			}
		}
	}
	for _, id := range after.Partners {
		if slices.Contains(before.Partners, id) {
			continue
		}
		group, err := r.tx.Group(id)
		if err == nil { // the cards are shown when the change is complete
			_, err = r.tx.Card(after.Reference().String(), cardTask, group.ChatID, group.ThreadID)
		}
		if notFoundIsNil(err) != nil {
			return err
		}
	}
	return nil
}

// endCard says on the card in a group that the task is no longer one of its own,
// unless it was given to that group. From then on it follows the task no more.
func (r *request) endCard(task council.Task, groupID int64) error {
	given := slices.ContainsFunc(task.Assignees, func(a council.Assignee) bool { return a.GroupID == groupID })
	group, err := r.tx.Group(groupID)
	if err != nil || given {
		return notFoundIsNil(err)
	}
	card, err := r.tx.Card(task.Reference().String(), cardTask, group.ChatID, group.ThreadID)
	if err != nil {
		return err
	}
	if err := r.tx.LeaveCard(card.ID); err != nil || card.MessageID == 0 {
		return err
	}
	speak := r.book.In(group.Language)
	text := task.Reference().String() + " · " + shorten(task.Title, cardTitleLimit) + "\n" + speak.Say("task.card.left")
	return r.tx.Queue(store.Outgoing{ChatID: card.ChatID, ThreadID: card.ThreadID, Kind: store.KindEdit, Priority: store.PriorityAnswer,
		Payload: store.Payload{Text: text, MessageID: card.MessageID}}, time.Now())
}

// groupCards shows a new task's card in every group that it belongs to; what is
// asked of its making stands in its own group alone.
func (r *request) groupCards(task council.Task, extra cardExtra) error {
	for _, id := range task.Groups() {
		group, err := r.tx.Group(id)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		where := place{speak: r.book.In(group.Language), group: group}
		if err := r.showCard(task, cardTask, group.ChatID, group.ThreadID, where, extra); err != nil {
			return err
		}
		extra = cardExtra{fresh: true, bare: extra.bare}
	}
	return nil
}

// partnersShown is how many groups a card names before it counts the others.
const partnersShown = 3

// cardPartners names the other groups of a shared task: "bersama Pokja Ekonomi".
func (r *request) cardPartners(task council.Task, where place) (string, error) {
	if len(task.Partners) == 0 {
		return "", nil
	}
	var names []string
	for _, id := range task.Groups() {
		group, err := r.tx.Group(id)
		if notFoundIsNil(err) != nil {
			return "", err
		}
		if err == nil && id != where.group.ID {
			names = append(names, r.groupNameIn(where.speak, group))
		}
	}
	if len(names) == 0 {
		return "", nil
	}
	text := strings.Join(names[:min(len(names), partnersShown)], ", ")
	if more := len(names) - partnersShown; more > 0 {
		text = where.speak.Say("task.card.more", "Names", text, "N", more)
	}
	return where.speak.Say("task.card.together", "Groups", text), nil
}
