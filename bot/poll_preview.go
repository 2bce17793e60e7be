package bot

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// dialogPollPreview keeps a draft that waits for [Benar].
const dialogPollPreview = "poll_preview"

// pollGroupsNamed is how many groups a preview names before it counts them.
const pollGroupsNamed = 10

// What the buttons of polls mean.
const (
	pollConfirm = "ok"
	pollChange  = "edit"
	pollSeveral = "several"
	pollNamed   = "named"
	pollGroups  = "groups"
	pollUntil   = "until"
	pollClose   = "close"
	pollCancel  = "cancel"
	pollYes     = "yes"
	pollBack    = "back"
)

// pressPoll answers every button of polls. What it carries may be forged, so who
// presses is asked anew.
func (r *request) pressPoll(arguments pressArguments) error {
	if err := r.mayInPlace(council.ActionPoll); err != nil {
		return err
	}
	number := arguments.number(1)
	switch verb := arguments.text(0); verb {
	case pollConfirm:
		return r.confirmPoll(int(number))
	case pollChange:
		return r.changePoll(int(number))
	case pollSeveral, pollNamed:
		return r.turnPoll(verb, int(number))
	case pollGroups:
		return r.pressPollGroups(arguments.text(1))
	case pollUntil:
		return r.pressPollUntil(number)
	case pollClose, pollCancel:
		return r.askPollEnd(verb, number)
	case pollYes:
		return r.pressPollEnd(arguments.text(2), number)
	case pollBack:
		return r.pressPollBack(number)
	}
	return r.stale()
}

// previewPoll shows everything at once, to be confirmed with one press.
func (r *request) previewPoll(draft pollDraft) error {
	if _, err := r.tx.EndDialog(r.chatID, r.actor.ID); err != nil {
		return err
	}
	draft.Preview = r.pressed
	if r.message != nil {
		draft.Preview = r.message.ID
	}
	if err := r.keepPollDraft(draft); err != nil {
		return err
	}
	text, rows, err := r.pollPreview(draft)
	if err != nil {
		return err
	}
	return r.reply(text, rows...)
}

func (r *request) keepPollDraft(draft pollDraft) error {
	kept, err := json.Marshal(draft)
	if err != nil {
		return err
	}
	return r.tx.SetDialog(store.Dialog{ChatID: r.chatID, MemberID: previewOwner(draft.Preview), Kind: dialogPollPreview, Data: string(kept)}, r.now)
}

func (r *request) pollPreview(draft pollDraft) (string, [][]store.Button, error) {
	lines := []string{r.speak.Say("poll.preview", "Question", draft.Question)}
	for i, option := range draft.Options {
		lines = append(lines, strconv.Itoa(i+1)+". "+option)
	}
	manner := func(is bool, yes, no string) string {
		if is {
			return r.speak.Say("poll.manner." + yes)
		}
		return r.speak.Say("poll.manner." + no)
	}
	lines = append(lines, manner(draft.Several, "several", "single")+" · "+manner(draft.Named, "named", "anonymous"))
	groups, lost, err := r.pollGroupsOf(draft)
	if err != nil {
		return "", nil, err
	}
	if len(groups) == 0 {
		return "", nil, council.Refuse("poll_no_groups")
	}
	lines = append(lines, r.speak.Say("poll.preview_groups", "Groups", r.speak.Count("poll.groups", len(groups)), "Names", r.pollGroupNames(groups)))
	if len(lost) > 0 {
		lines = append(lines, r.speak.Say("poll.preview_lost", "Names", r.pollGroupNames(lost)))
	}
	if draft.Deadline.IsZero() {
		lines = append(lines, r.speak.Say("poll.preview_no_end"))
	} else {
		lines = append(lines, r.speak.Say("poll.preview_end", "Deadline", r.deadlineIn(r.speak, draft.Deadline)))
	}
	turn := func(is bool, verb, yes, no string) store.Button {
		if is {
			yes = no
		}
		return button(r.speak, yes, pressPoll, verb, draft.Preview)
	}
	return strings.Join(lines, "\n"), [][]store.Button{
		{button(r.speak, "confirm", pressPoll, pollConfirm, draft.Preview), button(r.speak, "change", pressPoll, pollChange, draft.Preview)},
		{turn(draft.Several, pollSeveral, "poll_several", "poll_single"), turn(draft.Named, pollNamed, "poll_named", "poll_anonymous")},
	}, nil
}

// pollGroupsOf gives the chosen groups that are linked still: those in which the
// bot can post, and those in which it cannot.
func (r *request) pollGroupsOf(draft pollDraft) (groups, lost []council.Group, err error) {
	for _, id := range draft.Groups {
		group, err := r.tx.Group(id)
		switch {
		case errors.Is(err, store.ErrNotFound):
		case err != nil:
			return nil, nil, err
		case group.Reachable:
			groups = append(groups, group)
		default:
			lost = append(lost, group)
		}
	}
	return groups, lost, nil
}

func (r *request) pollGroupNames(groups []council.Group) string {
	var names []string
	for _, group := range groups[:min(len(groups), pollGroupsNamed)] {
		names = append(names, r.groupName(group))
	}
	if more := len(groups) - pollGroupsNamed; more > 0 {
		names = append(names, r.speak.Count("poll.more_groups", more))
	}
	return strings.Join(names, ", ")
}

// waitingPoll finds the draft that waits under a button; false when it was
// confirmed or replaced in the meantime, and the press has been answered.
func (r *request) waitingPoll(number int) (draft pollDraft, waits bool, err error) {
	dialog, err := r.tx.Dialog(r.chatID, previewOwner(number))
	if errors.Is(err, store.ErrNotFound) || err == nil && dialog.Kind != dialogPollPreview {
		return draft, false, r.stale()
	}
	if err != nil {
		return draft, false, err
	}
	draft, err = readPollDraft(dialog)
	return draft, err == nil, err
}

// turnPoll changes how is voted, and shows the preview anew in its place.
func (r *request) turnPoll(verb string, number int) error {
	draft, waits, err := r.waitingPoll(number)
	if err != nil || !waits {
		return err
	}
	if verb == pollSeveral {
		draft.Several = !draft.Several
	} else {
		draft.Named = !draft.Named
	}
	if err := r.keepPollDraft(draft); err != nil {
		return err
	}
	text, rows, err := r.pollPreview(draft)
	if err != nil {
		return err
	}
	if err := r.edit(text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// changePoll asks what is to be changed; until that is said, the preview stays.
func (r *request) changePoll(number int) error {
	draft, waits, err := r.waitingPoll(number)
	if err != nil || !waits {
		return err
	}
	if err := r.askPoll(draft, stepPollChange, r.speak.Say("poll.ask.change")); err != nil {
		return err
	}
	return r.toast("")
}

// confirmPoll makes the poll and posts it.
func (r *request) confirmPoll(number int) error {
	draft, waits, err := r.waitingPoll(number)
	if err != nil || !waits {
		return err
	}
	if !draft.Deadline.IsZero() && !draft.Deadline.At.After(r.now) {
		return council.Refuse("poll_past", "Moment", r.speak.Moment(draft.Deadline.At, r.city.Zone))
	}
	groups, _, err := r.pollGroupsOf(draft)
	if err != nil {
		return err
	}
	if len(groups) == 0 {
		return council.Refuse("poll_no_groups")
	}
	if _, err := r.tx.EndDialog(r.chatID, previewOwner(number)); err != nil {
		return err
	}
	poll, err := r.makePoll(draft, groups)
	if err != nil {
		return err
	}
	if err := r.firstPollCard(poll); err != nil {
		return err
	}
	return r.toast(r.speak.Say("poll.made", "Reference", poll.Reference().String(), "Groups", r.speak.Count("poll.groups", len(groups))))
}

// makePoll keeps a poll and queues it for each of its groups, behind whatever else
// is to be said.
func (r *request) makePoll(draft pollDraft, groups []council.Group) (council.Poll, error) {
	poll := draft.poll()
	poll.CreatedBy, poll.CreatedAt = r.actor.ID, r.now
	copies := make([]council.PollCopy, len(groups))
	for i, group := range groups {
		copies[i] = council.PollCopy{GroupID: group.ID, Kind: group.Kind, ChatID: group.ChatID, ThreadID: group.ThreadID, State: council.CopyWaiting}
	}
	poll, copies, err := r.tx.CreatePoll(poll, copies)
	if err != nil {
		return poll, err
	}
	if err := r.record(poll.Reference(), council.EventCreated, "", "groups", strconv.Itoa(len(groups))); err != nil {
		return poll, err
	}
	for i, one := range copies {
		if err := r.tx.Queue(store.Outgoing{
			ChatID: one.ChatID, ThreadID: one.ThreadID, Kind: store.KindPoll, Priority: store.PriorityBroadcast, UniqueKey: postKey(one),
			Payload: store.Payload{Subject: poll.Reference().String(), About: cardPoll, Poll: &store.Poll{Copy: one.ID,
				Question: r.pollQuestion(r.book.In(groups[i].Language), poll), Options: poll.Options, Several: poll.Several, Named: poll.Named}},
		}, time.Now()); err != nil {
			return poll, err
		}
	}
	if !poll.Deadline.IsZero() {
		if err := planPollAct(r.tx, poll, council.StepPollClose, poll.Deadline.At, poll.Deadline.At); err != nil {
			return poll, err
		}
	}
	return poll, r.tx.KeepUndo(store.Undo{Subject: poll.Reference().String(), MemberID: r.actor.ID, Version: poll.Version, ChangedAt: r.now}, poll)
}
