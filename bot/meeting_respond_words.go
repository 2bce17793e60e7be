package bot

import (
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// guestWords is an answer to an invitation as somebody wrote it.
type guestWords struct {
	response council.Response
	rest     string // who comes instead, or why somebody does not come
}

// answerPhrase is how many words an answer begins with at most: "tidak bisa ikut hadir".
const answerPhrase = 5

// readGuestAnswer reads "hadir", "izin, dinas luar" or "diwakilkan Bu Rahma"; false for
// other words. Who asks to be excused and says in the same breath to come, comes.
func readGuestAnswer(text string) (guestWords, bool) {
	words := strings.Fields(plainLine(text))
	for len(words) > 1 && isFiller(words[0]) {
		words = words[1:]
	}
	for count := min(len(words), answerPhrase); count > 0; count-- {
		meaning, known := locale.Meaning("meeting_answer", strings.Join(words[:count], " "))
		if !known || locale.FoldWord(words[count-1]) == "" { // signs alone belong to what follows
			continue
		}
		answer := guestWords{council.Response(meaning), guestRest(words[count:])}
		if answer.response == council.ResponseAway {
			if other, spoken := readGuestAnswer(answer.rest); spoken {
				return other, true
			}
			answer.rest = reasonIn(answer.rest)
		}
		return answer, true
	}
	return guestWords{}, false
}

func isFiller(word string) bool {
	_, filler := locale.Meaning("meeting_answer_filler", word)
	return filler
}

// reasonIn is why somebody does not come, without whom it is said to: "pak, dinas luar".
func reasonIn(rest string) string {
	for {
		first, after, found := strings.Cut(rest, " ")
		spoken := strings.TrimRight(first, ",.;:")
		if !isFiller(spoken) || found && spoken == first {
			return rest
		}
		rest = guestRest(strings.Fields(after))
	}
}

// guestRest is what stands behind an answer, without the words that lead to it.
func guestRest(words []string) string {
	for len(words) > 0 {
		if _, leads := locale.Meaning("meeting_answer_lead", words[0]); !leads && strings.Trim(words[0], ",.;:-–—()") != "" {
			break
		}
		words = words[1:]
	}
	return strings.Trim(strings.Join(words, " "), " ,.;:-–—()")
}

// rsvp is /hadir: the own answer to the invitation that is named, that is replied to, or
// that is the only one there is.
func (r *request) rsvp() error {
	number, rest := r.meetingNamed()
	if number == 0 {
		invited, err := r.invitations()
		switch {
		case err != nil:
			return err
		case len(invited) == 0 && r.actor.IsStranger():
			return council.Refuse("stranger")
		case len(invited) == 0:
			return r.reply(r.speak.Say("meeting.no_invitation"))
		case len(invited) > 1:
			return r.askWhichInvitation(invited)
		}
		number = invited[0].Number
	}
	m, err := r.findMeeting(number)
	if err != nil {
		return err
	}
	if rest == "" {
		return r.showOwnAnswer(m)
	}
	answer, spoken := readGuestAnswer(rest)
	if !spoken {
		if _, err := r.mayRespond(m); err != nil {
			return err
		}
		return r.offerAnswers(m)
	}
	return r.respondInWords(m, answer)
}

// invitations are the coming meetings to which the one who asks is invited.
func (r *request) invitations() ([]council.Meeting, error) {
	coming, err := r.tx.ComingMeetings(r.now, meetingsRead)
	var invited []council.Meeting
	for _, m := range coming {
		if r.mayMeeting(council.ActionRespond, m) == nil && r.shownHere(m) {
			invited = append(invited, m)
		}
	}
	return invited, err
}

// askWhichInvitation offers the meetings to answer for.
func (r *request) askWhichInvitation(invited []council.Meeting) error {
	var rows [][]store.Button
	for _, m := range invited[:min(len(invited), meetingsListed)] {
		rows = append(rows, []store.Button{{Text: meetingHead(m), Data: data(pressMeeting, meetingAsk, m.Number)}})
	}
	return r.reply(r.speak.Say("meeting.which_invitation"), rows...)
}

// respondInWords keeps an answer that was read. Who comes instead is asked where nobody
// was named.
func (r *request) respondInWords(m council.Meeting, answer guestWords) error {
	switch answer.response {
	case council.ResponseRepresented:
		if answer.rest == "" {
			if _, err := r.mayRespond(m); err != nil {
				return err
			}
			return r.askGuest(m, guestBy)
		}
		seat, err := r.representativeNamed(answer.rest)
		if err != nil {
			return err
		}
		return r.answered(m, answer.response, seat, "")
	case council.ResponseAway:
		return r.answered(m, answer.response, council.Seat{}, answer.rest)
	}
	return r.answered(m, answer.response, council.Seat{}, "")
}

// representativeNamed reads who comes instead: somebody who is mentioned, the one member
// who is called so, or any name.
func (r *request) representativeNamed(words string) (council.Seat, error) {
	_, mentioned, err := r.takeMentions(body(r.message))
	if err != nil {
		return council.Seat{}, err
	}
	if len(mentioned) > 0 {
		return council.Seat{MemberID: mentioned[0]}, nil
	}
	called, err := r.membersCalled(words)
	if err != nil {
		return council.Seat{}, err
	}
	if len(called) == 1 {
		return council.Seat{MemberID: called[0]}, nil
	}
	name := plainLine(printable(words))
	if utf8.RuneCountInString(name) > council.MeetingNameLimit {
		return council.Seat{}, council.Refuse("meeting_name_long", "Most", idText(council.MeetingNameLimit))
	}
	return council.Seat{Name: name}, nil
}

// meetingReplies maps kinds of messages about a meeting to what takes a reply to one.
func meetingReplies() map[string]func(*request, council.Meeting) error {
	byStep := func(step string) func(*request, council.Meeting) error {
		return func(r *request, m council.Meeting) error { return r.takeGuestWords(m, step) }
	}
	return map[string]func(*request, council.Meeting) error{guestBy: byStep(guestBy), guestWhy: byStep(guestWhy)}
}

// replyToMeeting takes a reply to a message about a meeting: an answer to the invitation
// in words. Other words are people's talk in a group; in private it is said what is meant.
func (r *request) replyToMeeting() error {
	m, err := r.findMeeting(r.about.Number)
	if err != nil {
		return err
	}
	if take, known := meetingReplies()[r.aboutAs]; known {
		return take(r, m)
	}
	if taken, err := r.noteReply(m); taken || err != nil {
		return err
	}
	answer, spoken := readGuestAnswer(r.text)
	if spoken {
		return r.respondInWords(m, answer)
	}
	if !r.private {
		return nil
	}
	if err := r.mayMeeting(council.ActionSeeMeeting, m); err != nil {
		return err
	}
	return r.offerAnswers(m)
}

// offerAnswers asks what is meant by words that answer an invitation, with the answers on
// buttons for who may still give one.
func (r *request) offerAnswers(m council.Meeting) error {
	var rows [][]store.Button
	guest, err := r.mayRespond(m)
	var refusal *council.Refusal
	switch {
	case err == nil:
		rows = append(rows, guestButtons(r.speak, m, guest))
	case !errors.As(err, &refusal):
		return err
	}
	reference := m.Reference().String()
	return r.replyAbout(reference, aboutMeeting, r.speak.Say("meeting.answer_unread", "Reference", reference), rows...)
}
