package bot

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// Faces of a poll.
const (
	cardPoll       = "poll"        // a coordinator's, in private
	cardPollResult = "poll_result" // the outcome, in a group
)

// How much of a poll its lines show.
const (
	pollOptionShown  = 40
	pollMissingShown = 10
)

// showPoll brings every card of a poll up to date.
func (r *request) showPoll(poll council.Poll) error {
	copies, err := r.tx.PollCopies(poll.Number)
	if err != nil {
		return err
	}
	cards, err := r.tx.Cards(poll.Reference().String())
	if err != nil {
		return err
	}
	for _, card := range cards {
		if card.Kind != cardPoll {
			continue
		}
		if err := r.showPollCard(poll, copies, card); err != nil {
			return err
		}
	}
	return nil
}

// tellPoll tells the groups in which a poll stood the outcome, or corrects what they were told.
func (r *request) tellPoll(poll council.Poll) error {
	copies, err := r.tx.PollCopies(poll.Number)
	if err != nil {
		return err
	}
	result := council.Result(copies, len(poll.Options))
	for _, one := range copies {
		if !one.Posted() {
			continue
		}
		if err := r.showPollResult(poll, result, one); err != nil {
			return err
		}
	}
	return nil
}

// showPollCard puts the card of a poll into a coordinator's private chat, or
// brings it up to date there.
func (r *request) showPollCard(poll council.Poll, copies []council.PollCopy, card store.Card) error {
	member, err := r.tx.MemberByTelegramID(card.ChatID)
	if err != nil {
		return notFoundIsNil(err)
	}
	speak := r.speaker(member)
	text, err := r.pollFace(speak, poll, copies)
	if err != nil {
		return err
	}
	payload := store.Payload{Text: text, Subject: poll.Reference().String(), About: cardPoll}
	if !poll.State.Ended() {
		payload.Buttons = [][]store.Button{{button(speak, "poll_close", pressPoll, pollClose, poll.Number), button(speak, "poll_cancel", pressPoll, pollCancel, poll.Number)}}
	}
	return r.queuePollCard(card, store.PriorityAnswer, payload)
}

func (r *request) queuePollCard(card store.Card, priority store.Priority, payload store.Payload) error {
	return r.tx.Queue(store.Outgoing{
		ChatID: card.ChatID, ThreadID: card.ThreadID, Kind: store.KindCard, Priority: priority, CardID: card.ID, Payload: payload,
	}, time.Now())
}

// showPollResult tells a group the outcome, as a reply to its poll.
func (r *request) showPollResult(poll council.Poll, result council.PollResult, one council.PollCopy) error {
	group, err := r.tx.Group(one.GroupID)
	if errors.Is(err, store.ErrNotFound) || err == nil && !group.Reachable {
		return nil
	}
	if err != nil {
		return err
	}
	card, err := r.tx.Card(poll.Reference().String(), cardPollResult, group.ChatID, group.ThreadID)
	if err != nil {
		return err
	}
	payload := store.Payload{Text: pollResultText(r.book.In(group.Language), poll, result, one), Subject: poll.Reference().String(), About: cardPollResult}
	if one.Missing != council.MissingDeleted && one.ChatID == group.ChatID {
		payload.ReplyTo = one.MessageID
	}
	return r.queuePollCard(card, store.PriorityBroadcast, payload)
}

// pollResultText is for a group: counts only, in three lines.
func pollResultText(speak locale.Speaker, poll council.Poll, result council.PollResult, one council.PollCopy) string {
	head := poll.Reference().String() + " · " + shorten(poll.Question, cardTitleLimit)
	if poll.State == council.PollCancelled {
		return head + "\n" + speak.Say("poll.result.cancelled")
	}
	lines := []string{head, speak.Say("poll.result.all", "Groups", groupCount(speak, result), "Voters", speak.Count("poll.voters", result.Voters),
		"Votes", pollVotes(poll, result.Votes))}
	if result.Groups > 1 {
		lines = append(lines, speak.Say("poll.result.here", "Votes", pollVotes(poll, one.Tally.Votes)))
	}
	return strings.Join(lines, "\n")
}

// groupCount is "3 grup", or "2 dari 3 grup" when some are not counted to the end.
func groupCount(speak locale.Speaker, result council.PollResult) string {
	if len(result.Missing) == 0 {
		return speak.Count("poll.groups", result.Groups)
	}
	return speak.Say("poll.some_groups", "N", result.Groups-len(result.Missing), "All", speak.Count("poll.groups", result.Groups))
}

// pollVotes is "Senin 5 · Selasa 4"; no votes yet are zeros.
func pollVotes(poll council.Poll, votes []int) string {
	parts := make([]string, len(poll.Options))
	for i, option := range poll.Options {
		count := 0
		if i < len(votes) {
			count = votes[i]
		}
		parts[i] = shorten(option, pollOptionShown) + " " + idText(int64(count))
	}
	return strings.Join(parts, " · ")
}

// pollFace is for coordinators: where the poll stands, its counts over all groups
// and by kind of group, and what is missing.
func (r *request) pollFace(speak locale.Speaker, poll council.Poll, copies []council.PollCopy) (string, error) {
	result := council.Result(copies, len(poll.Options))
	lines := []string{poll.Reference().String() + " · " + poll.Question, r.pollStateLine(speak, poll),
		speak.Say("poll.card.counts", "Asked", result.Asked, "Groups", speak.Count("poll.groups", result.Groups), "Voters", speak.Count("poll.voters", result.Voters))}
	for i, option := range poll.Options {
		lines = append(lines, speak.Say("poll.card.option", "Option", option, "N", result.Votes[i]))
	}
	if len(result.ByKind) > 1 {
		lines = append(lines, "")
		for _, kind := range council.GroupKinds {
			if sum, asked := result.ByKind[kind]; asked {
				lines = append(lines, speak.Say("poll.card.kind", "Kind", speak.Say("poll.kind."+string(kind)), "Groups", speak.Count("poll.groups", sum.Groups),
					"Voters", speak.Count("poll.voters", sum.Voters), "Votes", pollVotes(poll, sum.Votes)))
			}
		}
	}
	missing, err := r.pollMissing(speak, result.Missing)
	return strings.Join(append(lines, missing...), "\n"), err
}

func (r *request) pollStateLine(speak locale.Speaker, poll council.Poll) string {
	switch {
	case poll.State == council.PollOpen && poll.Deadline.IsZero():
		return speak.Say("poll.state.without_end")
	case poll.State == council.PollOpen:
		return speak.Say("poll.state.open", "Deadline", r.deadlineIn(speak, poll.Deadline))
	}
	return speak.Say("poll.state."+string(poll.State), "Moment", speak.Moment(poll.ClosedAt, r.city.Zone))
}

// pollMissing names the groups that are not counted to the end, and why.
func (r *request) pollMissing(speak locale.Speaker, missing []council.PollCopy) ([]string, error) {
	if len(missing) == 0 {
		return nil, nil
	}
	lines := []string{"", speak.Say("poll.card.missing")}
	for _, one := range missing[:min(len(missing), pollMissingShown)] {
		name := speak.Say("poll.kind." + string(one.Kind))
		group, err := r.tx.Group(one.GroupID)
		if notFoundIsNil(err) != nil {
			return nil, err
		}
		if err == nil {
			name = r.groupNameIn(speak, group)
		}
		lines = append(lines, speak.Say("poll.card.missing_line", "Group", name, "Why", speak.Say("poll.missing."+one.Missing), "Voters", speak.Count("poll.voters", one.Tally.Voters)))
	}
	if more := len(missing) - pollMissingShown; more > 0 {
		lines = append(lines, speak.Count("notice.more", more))
	}
	return lines, nil
}

// pollQuestion is the question as it stands in groups, with its reference and its
// end, as far as Telegram has room for them.
func (r *request) pollQuestion(speak locale.Speaker, poll council.Poll) string {
	named := poll.Reference().String() + " · " + poll.Question
	full := named
	if !poll.Deadline.IsZero() {
		full = speak.Say("poll.question_until", "Question", named, "Moment", speak.Moment(poll.Deadline.At, r.city.Zone))
	}
	texts := []string{full, named, poll.Question}
	return texts[max(0, slices.IndexFunc(texts, func(text string) bool { return fits(text, council.PollQuestionLimit) }))]
}
