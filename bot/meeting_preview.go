package bot

import (
	"cmp"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// previewMeeting shows everything at once: what, when, where, who is invited and who
// cannot be reached, what stands against the time, and what it goes on with.
func (r *request) previewMeeting(draft meetingDraft) error {
	draft.Day, draft.Phrase, draft.Offered = "", "", nil
	m := draft.meeting()
	if !draft.Decided {
		previous, err := r.goesOnWith(m)
		if err != nil {
			return err
		}
		draft.Previous, m.Previous = previous, previous
	}
	lines, err := r.meetingPreview(m)
	if err != nil {
		return err
	}
	rows, err := r.previewRows(draft)
	if err != nil {
		return err
	}
	return r.showMeetingDraft(draft, fieldPreview, strings.Join(lines, "\n"), rows...)
}

// pastSearched is how many meetings are looked through for the one before.
const pastSearched = 100

func (r *request) goesOnWith(m council.Meeting) (int64, error) {
	past, err := r.tx.PastMeetings(r.now, pastSearched)
	if err != nil {
		return 0, err
	}
	previous, _ := m.GoesOnWith(past, r.now)
	return previous.Number, nil
}

// meetingPreview is a meeting before it is confirmed.
func (r *request) meetingPreview(m council.Meeting) ([]string, error) {
	lines := []string{r.speak.Say("meeting_draft.preview", "Title", m.Title)}
	facts, err := r.meetingFacts(r.speak, m)
	if err != nil {
		return nil, err
	}
	facts[0] = r.speak.Say("meeting_draft.left", "Time", facts[0], "Left", r.speak.Left(r.city.days(r.now, m.Starts)))
	lines = append(lines, facts...)
	presents, err := r.forEvaluationLine(r.speak, m)
	if err != nil {
		return nil, err
	}
	lines = append(lines, presents...)
	if m.Recurrence != nil {
		lines = append(lines, r.speak.Say("meeting_draft.repeats", "Rule", ruleWords(r.speak, *m.Recurrence)))
	}
	invited, err := r.invitedLines(m)
	if err != nil {
		return nil, err
	}
	lines = append(lines, invited...)
	if m.Previous != 0 {
		previous, err := r.tx.Meeting(m.Previous)
		if err != nil {
			return nil, err
		}
		lines = append(lines, r.speak.Say("meeting_draft.goes_on", "Reference", previous.Reference().String(),
			"Title", shorten(plainLine(previous.Title), cardTitleLimit), "Day", r.speak.Day(previous.Starts.In(r.city.Zone))))
	}
	clashes, err := r.clashLines(m)
	return append(lines, clashes...), err
}

// invitedLines say who is invited, how many groups and people these are, and who cannot
// be reached.
func (r *request) invitedLines(m council.Meeting) ([]string, error) {
	names, err := r.invitedNames(m)
	if err != nil {
		return nil, err
	}
	list, err := r.guestsOf(m)
	if err != nil {
		return nil, err
	}
	lines := []string{r.speak.Say("meeting_draft.invited_count", "Names", names,
		"Where", r.recipientCounts(len(list.groups)+len(list.lostGroups), len(list.invited)))}
	if m.Seats > 0 {
		lines = append(lines, r.speak.Count("meeting_draft.seats", m.Seats))
	}
	var lost []string
	for _, group := range list.lostGroups {
		lost = append(lost, r.groupName(group))
	}
	for _, invited := range list.invited {
		if invited.private && !written(invited.Member) && invited.groupID == 0 {
			lost = append(lost, namePerson(r.speak, invited.Member))
		}
	}
	if more := len(lost) - addresseesShown; more > 0 {
		lost = append(lost[:addresseesShown:addresseesShown], r.speak.Count("notice.more", more))
	}
	if len(lost) > 0 {
		lines = append(lines, r.speak.Say("announcement.unreached", "Names", strings.Join(lost, ", ")))
	}
	return lines, nil
}

// previewRows confirm a draft, change it or leave it, and take the meeting before as the
// one it goes on with, or not.
func (r *request) previewRows(draft meetingDraft) ([][]store.Button, error) {
	rows := [][]store.Button{{
		button(r.speak, "confirm", pressInvite, inviteConfirm, draft.Key), button(r.speak, "change", pressInvite, inviteChange, draft.Key),
		button(r.speak, "cancel_form", pressInvite, inviteDrop, draft.Key),
	}}
	previous, err := r.goesOnWith(draft.meeting())
	if err != nil || previous == 0 {
		return rows, err
	}
	label, take := "meeting_go_on", previous
	if draft.Previous != 0 {
		label, take, previous = "meeting_not_go_on", 0, draft.Previous
	}
	text := r.speak.Say("button."+label, "Reference", council.MeetingReference(previous).String())
	return append(rows, []store.Button{{Text: text, Data: data(pressInvite, invitePrevious, draft.Key, take)}}), nil
}

// pressPrevious takes the meeting that was proposed as the one before, or none.
func (r *request) pressPrevious(draft meetingDraft, arguments pressArguments) error {
	proposed, err := r.goesOnWith(draft.meeting())
	if err != nil {
		return err
	}
	draft.Previous, draft.Decided = 0, true
	if wished := arguments.number(2); wished == proposed {
		draft.Previous = wished
	}
	return r.previewMeeting(draft)
}

// meetingFields are what can be changed of a draft, in the order of its preview.
var meetingFields = []string{fieldTitle, fieldTime, fieldPlace, fieldInvited, fieldChair, fieldScribe, fieldSeats, fieldRepeat}

// pressChangeMeeting shows what can be changed.
func (r *request) pressChangeMeeting(draft meetingDraft, _ pressArguments) error {
	return r.askWhichField(draft)
}

// askWhichField asks what is to be changed, or of what loose words are.
func (r *request) askWhichField(draft meetingDraft) error {
	text := r.speak.Say("meeting_draft.ask.change")
	if draft.Loose != "" {
		text = r.speak.Say("meeting_draft.ask.loose", "Text", shorten(draft.Loose, phraseLimit))
	}
	var rows [][]store.Button
	for i, field := range meetingFields {
		one := button(r.speak, "meeting_field_"+field, pressInvite, inviteField, draft.Key, field)
		if i%2 == 0 {
			rows = append(rows, []store.Button{one})
		} else {
			rows[len(rows)-1] = append(rows[len(rows)-1], one)
		}
	}
	rows = append(rows, []store.Button{button(r.speak, "back", pressInvite, inviteBack, draft.Key)})
	return r.showMeetingDraft(draft, fieldChange, text, rows...)
}

// pressMeetingField asks for a field, or gives it the words that were written before.
func (r *request) pressMeetingField(draft meetingDraft, arguments pressArguments) error {
	field := arguments.text(2)
	if words := draft.Loose; words != "" {
		draft.Loose = ""
		if err := r.setField(&draft, field, words, nil); err != nil {
			return err
		}
		return r.goOnMeeting(draft)
	}
	for _, known := range meetingFields {
		if known == field {
			return r.askMeeting(draft, field)
		}
	}
	return errNoSuchField
}

// changeInWords takes what is written below a preview: what tells by itself what it is of
// is changed, and for the rest it is asked.
func (r *request) changeInWords(draft meetingDraft) error {
	text, entities := body(r.message)
	changed := draft
	changed.Title, changed.Place, changed.Unread, changed.Loose = "", "", nil, ""
	changed.To, changed.People = council.Addressees{}, nil
	reader, err := r.readClauses(text, entities, &changed)
	if err != nil {
		return err
	}
	loose := reader.loose()
	if err := reader.settle(); err != nil {
		return err
	}
	changed.Loose = cmp.Or(loose, changed.Title)
	changed.Title, changed.Place = draft.Title, cmp.Or(changed.Place, draft.Place)
	if !reader.chosen {
		named := changed.People // in a title or the like: besides the others
		changed.To, changed.People = draft.To, slices.Clone(draft.People)
		changed.invite(named...)
	}
	if err := r.presentNamed(&changed, draft.Evaluation); err != nil {
		return err
	}
	if changed.Loose == "" {
		return r.goOnMeeting(changed)
	}
	return r.askWhichField(changed)
}
