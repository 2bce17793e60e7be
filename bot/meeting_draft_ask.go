package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/reading"
	"github.com/rembuk/rembuk/store"
)

// askMeeting asks for one field of a draft, and says what was not understood of it; at
// the preview, and where a field is to be chosen, it shows that again.
func (r *request) askMeeting(draft meetingDraft, field string) error {
	switch field {
	case fieldPreview:
		return r.previewMeeting(draft)
	case fieldChange:
		return r.askWhichField(draft)
	}
	draft.Loose = ""
	switch field {
	case fieldTime:
		return r.askMeetingTime(draft)
	case fieldInvited:
		return r.askInvited(draft, 0)
	case fieldRepeat:
		return r.askRepeat(draft)
	}
	text := r.speak.Say("meeting_draft.ask." + field)
	if field == fieldTitle && tooLongField(draft.Title, council.MeetingTitleLimit) {
		text = r.speak.Say("refused.meeting_title_long", "Most", council.MeetingTitleLimit)
	}
	if field == fieldPlace && tooLongField(draft.Place, council.MeetingPlaceLimit) {
		text = r.speak.Say("refused.meeting_place_long", "Most", council.MeetingPlaceLimit)
	}
	return r.showMeetingDraft(draft, field, text, r.formRow(draft, field))
}

// formRow leaves a field empty where that is possible, goes back to the preview, or gives
// the draft up.
func (r *request) formRow(draft meetingDraft, field string) []store.Button {
	var row []store.Button
	switch field {
	case fieldPlace, fieldChair, fieldScribe, fieldSeats:
		row = append(row, button(r.speak, "meeting_skip_"+field, pressInvite, inviteSkip, draft.Key, field))
	}
	if r.missingOf(draft) == fieldPreview {
		return append(row, button(r.speak, "back", pressInvite, inviteBack, draft.Key))
	}
	return append(row, button(r.speak, "cancel_form", pressInvite, inviteDrop, draft.Key))
}

// askMeetingTime asks when a meeting is, or for what is missing of that.
func (r *request) askMeetingTime(draft meetingDraft) error {
	var rows [][]store.Button
	offer := func(moments ...time.Time) {
		for _, moment := range moments {
			local := moment.In(r.city.Zone)
			if moment.After(r.now) {
				label := r.speak.Day(local) + " " + r.speak.Hour(local)
				rows = append(rows, []store.Button{{Text: label, Data: data(pressInvite, inviteAt, draft.Key, moment.Unix())}})
			}
		}
	}
	text := r.speak.Say("meeting_draft.ask.time")
	day, err := council.ParseDay(draft.Day)
	switch {
	case draft.Phrase != "" && len(draft.Offered) > 0:
		text = r.speak.Say("meeting_draft.ask.time_choose", "Phrase", draft.Phrase)
		offer(draft.Offered...)
	case draft.Phrase != "":
		text = r.speak.Say("meeting_draft.ask.time_unread", "Phrase", draft.Phrase)
	case draft.Day != "" && err == nil:
		text = r.speak.Say("meeting_draft.ask.hour", "Day", r.dayText(r.speak, day))
		offer(day.At(9, 0, r.city.Zone), day.At(10, 0, r.city.Zone), day.At(13, 30, r.city.Zone))
	case !lastsWell(draft.Length):
		text = r.speak.Say("refused.meeting_length")
	case !draft.Starts.IsZero() && !draft.Starts.After(r.now):
		text = r.speak.Say("refused.meeting_past")
	}
	return r.showMeetingDraft(draft, fieldTime, text, append(rows, r.formRow(draft, fieldTime))...)
}

// askInvited asks whom a meeting is for. page is of the single groups; 0 offers kinds and
// roles.
func (r *request) askInvited(draft meetingDraft, page int) error {
	lines := []string{r.speak.Say("meeting_draft.ask.to")}
	if len(draft.Unread) > 0 {
		lines = append(lines, r.speak.Say("announcement.ask.unread", "Names", strings.Join(draft.Unread, ", ")))
	}
	if !draft.nobody() {
		names, err := r.invitedNames(draft.meeting())
		if err != nil {
			return err
		}
		lines = append(lines, r.speak.Say("meeting_draft.invited", "Names", names))
	}
	rows, err := r.addresseeRows(addresseeChoice{pressInvite, draft.Key, draft.To}, page)
	if err != nil {
		return err
	}
	last := []store.Button{button(r.speak, "cancel_form", pressInvite, inviteDrop, draft.Key)}
	if !draft.nobody() {
		last = append([]store.Button{button(r.speak, "announcement_go_on", pressInvite, inviteGoOn, draft.Key)}, last...)
	}
	return r.showMeetingDraft(draft, fieldInvited, strings.Join(lines, "\n"), append(rows, last)...)
}

// Repetitions that are offered.
const (
	repeatNever = "never"
	repeatWeek  = "week"
	repeatMonth = "month"
)

func (r *request) askRepeat(draft meetingDraft) error {
	var rows [][]store.Button
	for _, name := range []string{repeatWeek, repeatMonth, repeatNever} {
		label := r.speak.Say("meeting_draft.never")
		if rule := repetition(name, draft.Starts.In(r.city.Zone)); rule != nil {
			label = ruleWords(r.speak, *rule)
		}
		rows = append(rows, []store.Button{{Text: label, Data: data(pressInvite, inviteRepeat, draft.Key, name)}})
	}
	return r.showMeetingDraft(draft, fieldRepeat, r.speak.Say("meeting_draft.ask.repeat"), append(rows, r.formRow(draft, fieldRepeat))...)
}

// repetition is an offered rule that begins with a meeting's time; nil for none.
func repetition(name string, starts time.Time) *council.Recurrence {
	rule := council.Recurrence{Every: 1, Weekday: starts.Weekday(), Day: starts.Day(), Hour: starts.Hour(), Minute: starts.Minute()}
	switch name {
	case repeatWeek:
		rule.Unit = council.EveryWeek
	case repeatMonth:
		rule.Unit = council.EveryMonth
	default:
		return nil
	}
	return &rule
}

func (r *request) pressRepeat(draft meetingDraft, arguments pressArguments) error {
	draft.Recurrence = repetition(arguments.text(2), draft.Starts.In(r.city.Zone))
	return r.goOnMeeting(draft)
}

func (r *request) pressInvited(draft meetingDraft, _ pressArguments) error {
	return r.askInvited(draft, 0)
}

func (r *request) pressInvitedGroups(draft meetingDraft, arguments pressArguments) error {
	return r.askInvited(draft, max(1, int(arguments.number(2))))
}

// pressToggleInvited adds groups or roles, or takes them away if they are chosen already.
func (r *request) pressToggleInvited(draft meetingDraft, arguments pressArguments) error {
	to, known := addresseesOf(arguments.text(2))
	if !known {
		return errNoSuchField
	}
	draft.To, draft.Unread = toggled(draft.To, to), nil
	return r.askInvited(draft, int(arguments.number(3)))
}

// pressMeetingAt takes a moment that was offered.
func (r *request) pressMeetingAt(draft meetingDraft, arguments pressArguments) error {
	draft.Starts = time.Unix(arguments.number(2), 0).UTC()
	draft.Phrase, draft.Offered, draft.Day = "", nil, ""
	return r.goOnMeeting(draft)
}

// pressSkipField leaves a field empty.
func (r *request) pressSkipField(draft meetingDraft, arguments pressArguments) error {
	field := arguments.text(2)
	switch field {
	case fieldPlace:
		draft.Place = ""
	case fieldChair:
		draft.Chair = council.Seat{}
	case fieldScribe:
		draft.Scribe = council.Seat{}
	case fieldSeats:
		draft.Seats = 0
	default:
		return errNoSuchField
	}
	if !slices.Contains(draft.Skipped, field) {
		draft.Skipped = append(draft.Skipped, field)
	}
	return r.goOnMeeting(draft)
}

// answerMeetingDraft takes words in private while a draft waits: the answer to what was
// asked, or below a preview what is to be changed.
func (r *request) answerMeetingDraft(dialog store.Dialog) error {
	if err := r.may(council.ActionMeeting, council.Scope{}); err != nil {
		return err
	}
	draft, field, err := r.meetingDraftKept()
	if err != nil {
		return err
	}
	words := strings.TrimSpace(printable(r.text))
	if words == "" {
		return r.askMeeting(draft, field) // a sticker, or a picture without words
	}
	switch field {
	case fieldChange, fieldPreview:
		return r.changeInWords(draft)
	case fieldTitle:
		if draft.Title == "" {
			return r.goOnRead(draft)
		}
	}
	text, entities := body(r.message)
	if err := r.setField(&draft, field, text, entities); err != nil {
		return err
	}
	return r.goOnMeeting(draft)
}

// goOnRead reads what was written like the line of a command: who is asked for the title
// may say all.
func (r *request) goOnRead(draft meetingDraft) error {
	text, entities := body(r.message)
	before := draft.Evaluation
	if err := r.readMeeting(text, entities, &draft); err != nil {
		return err
	}
	if err := r.presentNamed(&draft, before); err != nil {
		return err
	}
	return r.goOnMeeting(draft)
}

// setField gives a field what was written for it.
func (r *request) setField(draft *meetingDraft, field, words string, entities []models.MessageEntity) error {
	marked, people, err := r.markMentions(words, entities)
	if err != nil {
		return err
	}
	marked = strings.TrimSpace(printable(marked))
	reader := meetingReader{request: r, draft: draft, people: people}
	switch field {
	case fieldTitle:
		draft.Title = plainLine(reader.restored(marked))
	case fieldPlace:
		draft.Place = plainLine(reader.restored(marked))
	case fieldTime:
		return r.setTimeInWords(draft, words)
	case fieldInvited:
		return reader.setInvited(marked)
	case fieldChair, fieldScribe:
		if err := reader.seat(clause{}, field, withoutSeatLabel(marked)); err != nil || len(reader.plain) == 0 {
			return err
		}
		return council.Refuse("meeting_name_long", "Most", strconv.Itoa(council.MeetingNameLimit))
	case fieldSeats:
		return r.setSeats(draft, words)
	case fieldRepeat:
		return r.setRepeat(draft, words)
	}
	return nil
}

// withoutSeatLabel leaves out "dipimpin" and "notulis" in the answer to who does it.
func withoutSeatLabel(words string) string {
	if field, rest, _ := meetingLabel(words); field == fieldChair || field == fieldScribe {
		return rest
	}
	return words
}

// setInvited takes names in the place of those that were chosen before; if none of them
// is known, those stay.
func (m *meetingReader) setInvited(words string) error {
	before := *m.draft
	m.draft.To, m.draft.People, m.draft.Unread = council.Addressees{}, nil, nil
	if _, err := m.invited(strings.ReplaceAll(words, "\n", ","), true); err != nil {
		return err
	}
	if m.draft.nobody() {
		m.draft.To, m.draft.People = before.To, before.People
	}
	return nil
}

// setTimeInWords takes the answer to when a meeting is.
func (r *request) setTimeInWords(draft *meetingDraft, words string) error {
	_, when := r.takeMeetingTime(printable(words), draft.Day)
	if !when.said && when.repeats == nil && when.length == 0 {
		if hours, ok := reading.ReadHours(words); ok && draft.Day == "" && !draft.Starts.IsZero() && len(hours) == 1 {
			when = r.hoursOn(draft.Starts, hours[0])
		} else {
			when.phrase = shorten(plainLine(words), phraseLimit)
		}
	}
	if when.day == "" && draft.Day != "" && when.starts.IsZero() && when.phrase != "" {
		when.day = draft.Day
	}
	draft.setTime(when)
	return nil
}

// hoursOn are hours of the day that is set already.
func (r *request) hoursOn(starts time.Time, hours reading.Hours) meetingWhen {
	from := council.DayOf(starts, r.city.Zone).At(hours.From/60, hours.From%60, r.city.Zone)
	length := time.Duration(hours.Until-hours.From) * time.Minute
	if length < 0 {
		length += 24 * time.Hour
	}
	return meetingWhen{said: true, starts: from.UTC(), length: length}
}

func (r *request) setSeats(draft *meetingDraft, words string) error {
	number := reading.FindNumber(words)
	if number.Outcome != reading.Found || number.Value != float64(int(number.Value)) || number.Value < 1 || number.Value > council.MeetingSeatsLimit {
		return council.Refuse("meeting_seats")
	}
	draft.Seats = int(number.Value)
	return nil
}

// setRepeat takes the answer to when a meeting comes again.
func (r *request) setRepeat(draft *meetingDraft, words string) error {
	if found, ok := reading.FindRecurrence(words); ok {
		draft.Recurrence = ruleFrom(*r.ruleOf(found, reminderHour), found, draft.Starts.In(r.city.Zone))
		return nil
	}
	if _, never := meaningOfWord("no_repeat", strings.Fields(words)); never {
		draft.Recurrence = nil
		return nil
	}
	return council.Refuse("meeting_repeat")
}
