package bot

import (
	"cmp"
	"slices"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// guestsPage is how many answers a page of the list names.
const guestsPage = 20

// aboutAnswers marks a message with the list of answers, which is turned in its place.
const aboutAnswers = "meeting_answers"

// pressAnswers is [Daftar hadir]: the counts for everybody, and in private the own
// answer; the names for coordinators and for who leads or writes, in private alone.
func (r *request) pressAnswers(m council.Meeting, rest pressArguments) error {
	if err := r.mayMeeting(council.ActionSeeMeeting, m); err != nil {
		return err
	}
	names := r.mayMeeting(council.ActionMinutes, m) == nil
	switch {
	case r.private && names:
		return r.showAnswersPage(m, rest.number(0))
	case r.private && m.Coming(r.now) && r.mayMeeting(council.ActionRespond, m) == nil:
		return r.pressOwnAnswer(m, rest)
	case names && written(r.actor.Member):
		private := r.inPrivate()
		if err := private.replyAnswers(m); err != nil {
			return err
		}
		return r.toast(r.speak.Say("meeting.toast.names"))
	}
	text, err := r.answersForAll(m)
	if err != nil {
		return err
	}
	return r.alert(text)
}

// inPrivate is this request as if it had come from the private chat of the one who asks.
func (r *request) inPrivate() *request {
	private := *r
	private.chatID, private.thread, private.private, private.group = r.actor.TelegramID, 0, true, council.Group{}
	private.speak = r.speaker(r.actor.Member)
	return &private
}

// answersForAll are the counts, and the own answer of the one who asks and is invited.
func (r *request) answersForAll(m council.Meeting) (string, error) {
	guests, err := r.tx.Guests(m.Number)
	if err != nil {
		return "", err
	}
	counts := r.answerCounts(m, council.TurnoutOf(guests))
	if r.mayMeeting(council.ActionRespond, m) != nil {
		return counts, nil
	}
	own, err := r.guest(m, r.actor.ID)
	if err != nil {
		return "", err
	}
	answer, err := r.guestAnswer(r.speak, own)
	return joinedLines(counts, answer), err
}

func (r *request) answerCounts(m council.Meeting, turnout council.Turnout) string {
	return joinedLines(r.speak.Say("meeting.answers.head", "Reference", m.Reference().String()), turnoutText(r.speak, m, turnout),
		r.speak.Count("meeting.answers.silent", turnout.Silent))
}

func (r *request) replyAnswers(m council.Meeting) error {
	text, rows, err := r.answersPage(m, 0)
	if err != nil {
		return err
	}
	return r.queuePrivately(store.Payload{Text: text, Buttons: rows, Subject: m.Reference().String(), About: aboutAnswers})
}

// showAnswersPage turns the list in its message, or shows it below another.
func (r *request) showAnswersPage(m council.Meeting, page int64) error {
	_, about, err := r.tx.MessageAbout(r.chatID, r.pressed)
	if notFoundIsNil(err) != nil {
		return err
	}
	if about != aboutAnswers {
		if err := r.replyAnswers(m); err != nil {
			return err
		}
		return r.toast("")
	}
	text, rows, err := r.answersPage(m, page)
	if err != nil {
		return err
	}
	if err := r.editIndicators(m.Reference().String(), aboutAnswers, text, rows...); err != nil {
		return err
	}
	return r.toast("")
}

// answersPage names who comes, who sends somebody, who does not come and who has not
// answered, of those whom the bot knows.
func (r *request) answersPage(m council.Meeting, wanted int64) (string, [][]store.Button, error) {
	guests, err := r.tx.Guests(m.Number)
	if err != nil {
		return "", nil, err
	}
	lines := []string{r.answerCounts(m, council.TurnoutOf(guests))}
	order := []council.Response{council.ResponseComing, council.ResponseRepresented, council.ResponseAway, council.ResponseNone}
	slices.SortStableFunc(guests, func(a, b council.Guest) int {
		return cmp.Compare(slices.Index(order, a.Response), slices.Index(order, b.Response))
	})
	page, pages := announcementPageOf(wanted, len(guests), guestsPage)
	before := council.Response("?")
	for _, guest := range guests[page*guestsPage : min(len(guests), (page+1)*guestsPage)] {
		if guest.Response != before {
			lines = append(lines, r.speak.Say("meeting.answers."+answerKey(guest.Response)))
		}
		line, err := r.guestLine(guest)
		if err != nil {
			return "", nil, err
		}
		lines, before = append(lines, line), guest.Response
	}
	lines = append(lines, r.speak.Say("meeting.answers.known"))
	return joinedLines(lines...), r.answersRows(m, page, pages), nil
}

func answerKey(response council.Response) string {
	if response == council.ResponseNone {
		return "none"
	}
	return string(response)
}

// guestLine is one guest in the list, with who comes instead or why not.
func (r *request) guestLine(guest council.Guest) (string, error) {
	member, err := r.tx.Member(guest.MemberID)
	if err != nil {
		return "", err
	}
	name, err := r.seatName(r.speak, guest.Representative)
	if err != nil {
		return "", err
	}
	line := "– " + namePerson(r.speak, member)
	switch {
	case name != "":
		line += r.speak.Say("meeting.answers.by", "Name", name)
	case guest.Reason != "":
		line += ": " + shorten(guest.Reason, phraseLimit*2)
	}
	if guest.For == 0 {
		return line, nil
	}
	principal, err := r.tx.Member(guest.For)
	if err != nil {
		return "", err
	}
	return line + r.speak.Say("meeting.answers.for", "Name", namePerson(r.speak, principal)), nil
}

func (r *request) answersRows(m council.Meeting, page, pages int) [][]store.Button {
	var turns []store.Button
	if page > 0 {
		turns = append(turns, button(r.speak, "previous", pressMeeting, meetingAnswers, m.Number, page-1))
	}
	if page+1 < pages {
		turns = append(turns, button(r.speak, "next", pressMeeting, meetingAnswers, m.Number, page+1))
	}
	if len(turns) == 0 {
		return nil
	}
	return [][]store.Button{turns}
}

// queuePrivately answers in the private chat of the one who asks, wherever that was.
func (r *request) queuePrivately(payload store.Payload) error {
	return r.tx.Queue(store.Outgoing{ChatID: r.actor.TelegramID, Kind: store.KindMessage, Priority: store.PriorityAnswer, Payload: payload}, time.Now())
}
