package bot

import (
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// aboutMeetingChange marks what was said of a change of a meeting.
const aboutMeetingChange = "meeting_change"

// toldCount is how many were told of a change, and how many could not be.
type toldCount struct{ people, groups, lost int }

// keepChange keeps a change of which the invited are told, tells them, and keeps for ten
// minutes how it was. Another time takes the answers back.
func (r *request) keepChange(before, after council.Meeting, kind council.EventKind, reason string) (toldCount, error) {
	guests, err := r.tx.Guests(before.Number)
	if err != nil {
		return toldCount{}, err
	}
	if err := r.tx.SaveMeeting(after); err != nil {
		return toldCount{}, err
	}
	if !after.Starts.Equal(before.Starts) {
		if err := r.tx.ForgetResponses(after.Number); err != nil {
			return toldCount{}, err
		}
	}
	if err := r.record(after.Reference(), kind, reason, "starts", after.Starts.UTC().Format(time.RFC3339)); err != nil {
		return toldCount{}, err
	}
	told, err := r.tellMeetingChange(after, reason)
	if err != nil {
		return told, err
	}
	undo := store.Undo{Subject: after.Reference().String(), MemberID: r.actor.ID, Version: after.Version, ChangedAt: r.now}
	return told, r.tx.KeepUndo(undo, meetingBefore{before, guests})
}

// tellMeetingChange tells everybody who was told of a meeting what has changed of it
// since, once for each edition: in private what was and what is, with the calendar file,
// and in each group a line below the card. Words that have not left yet are overtaken, so
// that nobody hears of an edition that does not hold any more. Whoever is invited and was
// never told is told now.
func (r *request) tellMeetingChange(m council.Meeting, reason string) (toldCount, error) {
	if err := r.tx.KeepEdition(m, reason); err != nil {
		return toldCount{}, err
	}
	cards, err := r.sentCards(m)
	if err != nil {
		return toldCount{}, err
	}
	if err := r.showMeeting(m); err != nil {
		return toldCount{}, err
	}
	var count toldCount
	if err := r.tellGuests(m, cards, &count); err != nil {
		return count, err
	}
	if err := r.tellGroups(m, cards, &count); err != nil {
		return count, err
	}
	if m.State == council.MeetingPlanned {
		if err := r.inviteAll(m); err != nil {
			return count, err
		}
	}
	if err := r.planMeeting(m); err != nil {
		return count, err
	}
	return count, r.refreshDigests(m.Reference())
}

// sentCard is the card of a meeting in a chat, as it stood before a change.
type sentCard struct {
	store.Card
	unsent bool // it waits to be sent for the first time
}

// sentCards finds the invitations of a meeting by their chats. One to a meeting that was
// called off before it could leave never does.
func (r *request) sentCards(m council.Meeting) (map[int64][]sentCard, error) {
	cards, err := r.tx.Cards(m.Reference().String())
	if err != nil {
		return nil, err
	}
	byChat := make(map[int64][]sentCard)
	for _, card := range cards {
		if card.Kind != cardMeeting {
			continue
		}
		unsent, err := r.tx.CardUnsent(card)
		if err != nil {
			return nil, err
		}
		if unsent && m.State == council.MeetingCancelled {
			if err := r.tx.LeaveCard(card.ID); err != nil {
				return nil, err
			}
		}
		byChat[card.ChatID] = append(byChat[card.ChatID], sentCard{card, unsent})
	}
	return byChat, nil
}

func (r *request) tellGuests(m council.Meeting, cards map[int64][]sentCard, count *toldCount) error {
	guests, err := r.tx.Guests(m.Number)
	if err != nil {
		return err
	}
	for _, guest := range guests {
		if guest.Told == 0 || guest.Told == m.Edition {
			continue
		}
		member, err := r.tx.Member(guest.MemberID)
		if err != nil {
			return err
		}
		if !written(member) {
			count.lost++
			continue
		}
		unsent := len(cards[member.TelegramID]) > 0 && cards[member.TelegramID][0].unsent
		told, err := r.tellGuest(m, member, guest, unsent)
		if err != nil {
			return err
		}
		if told {
			count.people++
		}
	}
	return nil
}

// tellGuest tells one guest of a change. Whoever makes it knows of it, and only the
// calendar of that one has to follow.
func (r *request) tellGuest(m council.Meeting, member council.Member, guest council.Guest, unsent bool) (bool, error) {
	reference := m.Reference().String()
	fileWaits, err := r.tx.DropAbout(member.TelegramID, reference, aboutMeetingFile, time.Now())
	if err != nil {
		return false, err
	}
	waits, err := r.tx.DropAbout(member.TelegramID, reference, aboutMeetingChange, time.Now())
	if err != nil {
		return false, err
	}
	guest.Known = guest.Tell(m.Edition, waits || unsent)
	if unsent && m.State == council.MeetingCancelled {
		guest.Known = council.Known{}
	}
	if err := r.tx.SaveGuest(m.Number, guest); err != nil {
		return false, err
	}
	if unsent {
		if m.State == council.MeetingCancelled {
			return false, nil
		}
		return true, r.queueCalendar(m, member)
	}
	heard, _, err := r.tx.MeetingEdition(m.Number, guest.Heard)
	if err != nil {
		return false, err
	}
	switch {
	case heard.Alike(m) && fileWaits, !heard.Alike(m) && member.ID == r.actor.ID && member.ID != m.CreatedBy:
		return false, r.queueCalendar(m, member)
	case heard.Alike(m) || member.ID == r.actor.ID:
		return false, nil
	}
	return true, r.queueChange(m, heard, member, guest)
}

// queueChange says in private what was and what is, with the calendar file.
func (r *request) queueChange(m, heard council.Meeting, member council.Member, guest council.Guest) error {
	speak := r.speaker(member)
	_, reason, err := r.tx.MeetingEdition(m.Number, m.Edition)
	if err != nil {
		return err
	}
	var rows [][]store.Button
	if m.Coming(r.now) {
		rows = append(rows, guestButtons(speak, m, guest))
	}
	return queueWithFiles(r.tx, store.Outgoing{
		ChatID: member.TelegramID, Kind: store.KindMessage, Priority: store.PriorityBroadcast,
		Payload: store.Payload{Text: r.changeText(speak, m, heard, member, reason), Buttons: rows, Files: []store.File{meetingCalendarFile(m, speak)},
			Subject: m.Reference().String(), About: aboutMeetingChange},
	})
}

func (r *request) changeText(speak locale.Speaker, m, heard council.Meeting, member council.Member, reason string) string {
	key := "changed"
	switch {
	case m.State == council.MeetingCancelled:
		key = "cancelled"
	case heard.State == council.MeetingCancelled:
		key = "again"
	}
	lines := []string{speak.Say("meeting.notice."+key, "Person", greetPerson(speak, member), "Meeting", meetingHead(m), "Time", r.meetingTime(speak, m))}
	if key != "cancelled" {
		lines = append(lines, r.differences(speak, heard, m)...)
	}
	if reason != "" {
		lines = append(lines, speak.Say("meeting.change.reason", "Reason", reason))
	}
	if key != "cancelled" && !heard.Starts.Equal(m.Starts) {
		lines = append(lines, speak.Say("meeting.notice.answer"))
	}
	return strings.Join(lines, "\n")
}

// tellGroups says in each group that was told, in a line below the card, what has changed.
func (r *request) tellGroups(m council.Meeting, cards map[int64][]sentCard, count *toldCount) error {
	ids, err := r.tx.GroupsToldOf(m.Number)
	if err != nil {
		return err
	}
	for _, id := range ids {
		group, reached, err := r.groupReached(id)
		if err != nil {
			return err
		}
		if !reached {
			count.lost++
			continue
		}
		var card sentCard
		for _, one := range cards[group.ChatID] {
			if one.ThreadID == group.ThreadID {
				card = one
			}
		}
		told, err := r.tellGroup(m, group, card)
		if err != nil {
			return err
		}
		if told {
			count.groups++
		}
	}
	return nil
}

func (r *request) tellGroup(m council.Meeting, group council.Group, card sentCard) (bool, error) {
	known, err := r.tx.GroupKnown(m.Number, group.ID)
	if err != nil || known.Told == 0 || known.Told == m.Edition {
		return false, err
	}
	waits, err := r.tx.DropAbout(group.ChatID, m.Reference().String(), aboutMeetingChange, time.Now())
	if err != nil {
		return false, err
	}
	known = known.Tell(m.Edition, waits || card.unsent)
	if card.unsent && m.State == council.MeetingCancelled {
		known = council.Known{}
	}
	if err := r.tx.SaveGroupKnown(m.Number, group.ID, known); err != nil || card.unsent {
		return known.Told != 0, err
	}
	heard, _, err := r.tx.MeetingEdition(m.Number, known.Heard)
	if err != nil || heard.Alike(m) {
		return false, err
	}
	payload := store.Payload{Text: r.meetingChangeLine(r.book.In(group.Language), m, heard), ReplyTo: card.MessageID, Subject: m.Reference().String(), About: aboutMeetingChange}
	return true, r.tx.Queue(store.Outgoing{
		ChatID: group.ChatID, ThreadID: group.ThreadID, Kind: store.KindMessage, Priority: store.PriorityBroadcast, Payload: payload,
	}, time.Now())
}

// meetingChangeLine is what has changed, for a group, in at most three lines.
func (r *request) meetingChangeLine(speak locale.Speaker, m, heard council.Meeting) string {
	reference := m.Reference().String()
	switch {
	case m.State == council.MeetingCancelled:
		return speak.Say("meeting.line.cancelled", "Reference", reference, "Time", r.meetingTime(speak, m))
	case heard.State == council.MeetingCancelled:
		return speak.Say("meeting.line.again", "Reference", reference, "Time", r.meetingTime(speak, m))
	}
	var parts []string
	if heard.Title != m.Title {
		parts = append(parts, speak.Say("meeting.line.title", "Title", shorten(plainLine(m.Title), cardTitleLimit)))
	}
	if !heard.Starts.Equal(m.Starts) || heard.Length != m.Length {
		parts = append(parts, speak.Say("meeting.line.time", "Time", r.meetingTime(speak, m)))
	}
	if heard.Place != m.Place {
		parts = append(parts, speak.Say("meeting.line.place", "Place", shorten(plainLine(m.Place), cardTitleLimit)))
	}
	lines := []string{reference + " · " + strings.Join(parts, " · ")}
	if !heard.Starts.Equal(m.Starts) {
		lines = append(lines, speak.Say("meeting.notice.answer"))
	}
	return strings.Join(lines, "\n")
}

// countTold counts those who would be told of a change by the one who asks.
func (r *request) countTold(m council.Meeting) (people, groups int, err error) {
	guests, err := r.tx.Guests(m.Number)
	if err != nil {
		return 0, 0, err
	}
	for _, guest := range guests {
		member, err := r.tx.Member(guest.MemberID)
		if err != nil {
			return 0, 0, err
		}
		if guest.Told != 0 && written(member) && member.ID != r.actor.ID {
			people++
		}
	}
	ids, err := r.tx.GroupsToldOf(m.Number)
	for _, id := range ids {
		_, reached, failed := r.groupReached(id)
		if failed != nil {
			return 0, 0, failed
		}
		if reached {
			groups++
		}
	}
	return people, groups, err
}

// toldText says to how many a change was said.
func (r *request) toldText(count toldCount) string {
	text := r.speak.Say("meeting.told_nobody")
	if count.people+count.groups > 0 {
		text = r.speak.Say("meeting.told", "Who", r.recipientCounts(count.groups, count.people))
	}
	if count.lost > 0 {
		text += " " + r.speak.Count("meeting.told_lost", count.lost)
	}
	return text
}
