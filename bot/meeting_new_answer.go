package bot

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// meetingOfAnswer is the meeting to which an answer invites: it has a word of inviting, a
// day and an hour. The asking group is invited, or whoever asked by name in private; who
// answers in the own name leads it. false where no meeting can be meant, or made.
func (r *request) meetingOfAnswer(q council.Question, draft store.QuestionDraft, onBehalf bool) (council.Meeting, bool, error) {
	addressed, err := r.isAddressed(q)
	if err != nil {
		return council.Meeting{}, false, err
	}
	allowed, _ := council.May(r.actor, council.ActionInviteAnswer, council.Scope{GroupID: q.To.GroupID, Assigned: addressed})
	invited := council.Meeting{Question: q.Number, Length: council.MeetingLength}
	switch {
	case !allowed:
		return invited, false, nil
	case q.FromGroup != 0:
		invited.To.Groups = []int64{q.FromGroup}
	case q.Named:
		invited.People = []int64{q.AskerID}
	default:
		return invited, false, nil // who asked without a name is not to be named by an invitation
	}
	if !onBehalf {
		invited.Chair.MemberID = r.actor.ID
	}
	asWritten := *r
	asWritten.written = draft.WrittenAt // "besok" is what it was then, whenever the answer is sent
	m, meant := asWritten.readInvitation(draft.Text, invited)
	if !meant || council.CheckMeeting(m, r.now) != nil {
		return m, false, nil
	}
	list, err := r.guestsOf(m)
	return m, err == nil && len(list.groups)+len(list.invited) > 0, err
}

// readInvitation reads "Forum kami undang lokakarya rencana aksi Selasa 20 Oktober jam 9 di
// Aula Bappelitbangda. Lima perwakilan komunitas." into a meeting.
func (r *request) readInvitation(text string, m council.Meeting) (council.Meeting, bool) {
	rest, when := r.takeMeetingTime(printable(text), "")
	if when.starts.IsZero() {
		return m, false
	}
	m.Starts = when.starts
	if when.length != 0 {
		m.Length = when.length
	}
	sentences := sentencesOf(rest)
	inviting := slices.IndexFunc(sentences, func(sentence string) bool { return len(afterInviting(sentence)) > 0 })
	if inviting < 0 {
		return m, false
	}
	m.Title, m.Place = titleAndPlace(afterInviting(sentences[inviting]))
	if m.Title == "" {
		m.Title = r.speak.Say("meeting_draft.of_question", "Reference", council.Reference{Letter: council.QuestionLetter, Number: m.Question}.String())
	}
	for _, sentence := range sentences {
		for _, part := range clausesOf(sentence) {
			if count, _, found := seatsIn(part.text); found {
				m.Seats = count
			}
			if label, place, _ := meetingLabel(part.text); label == fieldPlace && m.Place == "" {
				m.Place = place
			}
		}
	}
	return m, true
}

// sentencesOf divides a text where a sentence ends.
func sentencesOf(text string) []string {
	var sentences []string
	start := 0
	for at, letter := range text {
		if letter == '\n' || strings.ContainsRune(".!?", letter) && (at+1 == len(text) || text[at+1] == ' ' || text[at+1] == '\n') {
			sentences = append(sentences, text[start:at])
			start = at + 1
		}
	}
	return append(sentences, text[start:])
}

// afterInviting are the words behind the one that invites, with timeMark as a word of its
// own; none where nobody is invited.
func afterInviting(sentence string) []string {
	words := strings.Fields(strings.ReplaceAll(sentence, timeMark, " "+timeMark+" "))
	for i, word := range words {
		if _, invites := locale.Meaning("inviting", word); invites {
			return append(words[i+1:], timeMark)
		}
	}
	return nil
}

// titleAndPlace parts the words behind "undang": the occasion, up to the time or the
// place; and the place, up to the time or a comma. Whom the words name before "ke" or
// "untuk" is no part of the occasion.
func titleAndPlace(words []string) (title, place string) {
	var occasion, where []string
	target := &occasion
	for _, word := range words {
		_, leads := locale.Meaning("place_in_sentence", word)
		_, to := locale.Meaning("invited_to", word)
		switch {
		case word == timeMark:
			target = nil
			if len(occasion) == 0 {
				target = &occasion
			}
		case leads && len(where) == 0:
			target = &where
		case to && target != &where && len(occasion) <= wordsOfInvited:
			occasion, target = nil, &occasion
		case target != nil:
			*target = append(*target, word)
			if target == &where && strings.HasSuffix(word, ",") {
				target = nil
			}
		}
	}
	trim := func(words []string) string { return strings.TrimFunc(strings.Join(words, " "), notInName) }
	return trim(occasion), trim(where)
}

// wordsOfInvited is how many words name the invited at most, as in "Forum Danau ke".
const wordsOfInvited = 4

func notInName(letter rune) bool {
	return letter == 0 || unicode.IsSpace(letter) || strings.ContainsRune(",;:.–-", letter)
}

// offerInvitation asks below the preview of an answer whether the meeting is made to which
// it invites, and what stands against its time; nothing where there is none.
func (r *request) offerInvitation(q council.Question, draft store.QuestionDraft, onBehalf bool) (text string, row []store.Button, err error) {
	m, meant, err := r.meetingOfAnswer(q, draft, onBehalf)
	if err != nil || !meant {
		return "", nil, err
	}
	clashes, err := r.clashLinesHere(m)
	if err != nil {
		return "", nil, err
	}
	what := joinParts(m.Title, shorten(m.Place, cardTitleLimit))
	lines := append([]string{r.speak.Say("meeting_draft.with_answer", "Time", r.meetingTime(r.speak, m), "What", what)}, clashes...)
	return strings.Join(lines, "\n"), []store.Button{
		button(r.speak, "question_send_invite", pressQuestion, questionInvite, draft.ID),
		button(r.speak, "question_send_only", pressQuestion, questionSend, draft.ID),
		button(r.speak, "question_change", pressQuestion, questionChange, draft.ID),
	}, nil
}

// pressSendInvite sends an answer, and makes the meeting to which it invites.
func (r *request) pressSendInvite(id int64, rest pressArguments) error {
	draft, q, onBehalf, found, err := r.ownAnswer(id)
	if err != nil || !found {
		return err
	}
	if _, err := q.Reply(r.answerOf(q, draft, onBehalf), r.city.Timing.Calendar); err != nil {
		return r.pressSend(id, rest) // it has moved on: that says so
	}
	m, meant, err := r.meetingOfAnswer(q, draft, onBehalf)
	if err != nil {
		return err
	}
	if !meant {
		why := ""
		if !m.Starts.IsZero() && !m.Starts.After(r.now) {
			why = r.speak.Say("refused.meeting_past") // while it waited
		}
		return errors.Join(r.showDraft(q, draft), r.toast(why))
	}
	if m, err = r.makeMeeting(m, draft.Place.ChatID, 0); err != nil {
		return err
	}
	if err := r.pressSend(id, rest); err != nil {
		return err
	}
	return r.tellOfInvitation(q, m)
}

// tellOfInvitation says where the answer was written that the meeting is made, and tells
// the coordinators, who look after it from now on.
func (r *request) tellOfInvitation(q council.Question, m council.Meeting) error {
	text, err := r.madeText(m)
	if err != nil {
		return err
	}
	var rows [][]store.Button
	if r.actor.Coordinates() {
		rows = append(rows, []store.Button{button(r.speak, "undo", pressMeeting, meetingUndo, m.Number, m.Version)})
	}
	if err := r.replyAbout(m.Reference().String(), aboutMeetingMade, text, rows...); err != nil {
		return err
	}
	others, err := r.others(coordinators(r.tx))
	if err != nil {
		return err
	}
	_, err = r.tellEach(others, m.Reference().String(), aboutMeeting, func(speak locale.Speaker, _ council.Member) (string, [][]store.Button, error) {
		return speak.Say("meeting_draft.by_answer", "Question", q.Reference().String(), "Meeting", meetingHead(m), "Time", r.meetingTime(speak, m)),
			[][]store.Button{{button(speak, "meeting_page", pressMeeting, meetingOpen, m.Number)}}, nil
	})
	return err
}

// answersButton is [Daftar hadir] below an answer that invited to a meeting, as long as
// that is to come.
func (r *request) answersButton(speak locale.Speaker, q council.Question) ([]store.Button, error) {
	m, err := r.tx.MeetingOfQuestion(q.Number)
	if err != nil || !m.Coming(r.now) {
		return nil, notFoundIsNil(err)
	}
	return []store.Button{button(speak, "meeting_answers", pressMeeting, meetingAnswers, m.Number)}, nil
}
