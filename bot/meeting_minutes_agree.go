package bot

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// minutesAsked is how many letters of minutes are written above the buttons of whoever
// is asked to agree; the document has all of them.
const minutesAsked = 2500

// pressMinutesOffer hands the minutes to whoever leads.
func (r *request) pressMinutesOffer(m council.Meeting, _ pressArguments) error {
	lines, err := r.standingMinutes(m)
	if err != nil {
		return err
	}
	if len(lines) == 0 && m.Minutes.State != council.MinutesNone {
		return council.Refuse("minutes_no_lines", "Reference", m.Reference().String())
	}
	if m.Minutes.State == council.MinutesProposed {
		return r.showMinutesPage(m, 1, r.speak.Say("press.renewed"))
	}
	if m, err = m.Propose(r.actor.ID, r.now); err != nil {
		return err
	}
	if err := errors.Join(r.tx.SaveMeeting(m), r.planMeeting(m)); err != nil {
		return err
	}
	if err := r.record(m.Reference(), council.EventSubmitted, "", "edition", idText(int64(m.Minutes.Edition))); err != nil {
		return err
	}
	asked, err := r.askToAgree(m)
	if err != nil {
		return err
	}
	toast := r.speak.Say("minutes.toast.offered", "Names", asked)
	if asked == "" {
		toast = r.speak.Say("minutes.toast.offered_unreached")
	}
	return r.showMinutesPage(m, 1, shorten(toast, alertLimit))
}

// askToAgree shows the minutes to whoever leads, or to the coordinators where nobody
// leads who can be asked. It gives the names of those who are asked: "" where none of them
// can be.
func (r *request) askToAgree(m council.Meeting) (string, error) {
	chair, reached, err := r.tx.ChairReached(m)
	if err != nil {
		return "", err
	}
	asked := []council.Member{chair}
	if !reached {
		if asked, err = coordinators(r.tx); err != nil {
			return "", err
		}
	}
	var names []string
	for _, member := range asked {
		told, err := r.askMemberToAgree(m, member, !reached)
		if err != nil {
			return "", err
		}
		if told {
			names = append(names, namePerson(r.speak, member))
		}
	}
	return strings.Join(names, ", "), nil
}

// askMemberToAgree sends the text and the document, with the two answers below the text.
func (r *request) askMemberToAgree(m council.Meeting, member council.Member, onBehalf bool) (told bool, err error) {
	speak := r.speaker(member)
	lines, err := r.numberedMinutes(m)
	if err != nil {
		return false, err
	}
	words, err := r.minutesLines(speak, lines, 0, minutesShown)
	if err != nil {
		return false, err
	}
	there, err := r.tx.Attendees(m.Number)
	if err != nil {
		return false, err
	}
	key := "minutes.agree_ask"
	if onBehalf {
		key = "minutes.agree_ask_on_behalf"
	}
	head := speak.Say(key, "Person", greetPerson(speak, member), "Reference", m.Reference().String(), "Title", agendaTitle(m.Title), "N", m.Minutes.Edition)
	text := shorten(strings.Join(append([]string{head, speak.Count("minutes.present", len(there))}, words...), "\n"), minutesAsked)
	rows := [][]store.Button{agreeRow(speak, m)}
	if onBehalf {
		rows = append(rows, []store.Button{button(speak, "minutes_chair", pressMinutes, minutesChair, m.Number, 0)})
	}
	reached, err := r.tell(member, m.Reference().String(), aboutMinutesAsk, text, rows...)
	if err != nil || !reached {
		return false, err
	}
	return true, r.tx.Queue(store.Outgoing{ChatID: member.TelegramID, Kind: store.KindMessage, Priority: store.PriorityAnswer,
		Payload: store.Payload{Subject: m.Reference().String(), About: aboutMeeting, Files: []store.File{minutesFile(m, m.Minutes.Edition, speak)}}}, time.Now())
}

// agreeRow are the two answers to the last proposal.
func agreeRow(speak locale.Speaker, m council.Meeting) []store.Button {
	return []store.Button{button(speak, "minutes_agree", pressMinutes, minutesAgree, m.Number, m.Minutes.Proposal),
		button(speak, "send_back", pressMinutes, minutesFix, m.Number, m.Minutes.Proposal)}
}

// mayAgree refuses who does not lead, where whoever does can be asked, and a proposal
// that is not the last one.
func (r *request) mayAgree(m council.Meeting, proposal int) (onBehalf bool, err error) {
	_, reached, err := r.tx.ChairReached(m)
	if err != nil {
		return false, err
	}
	may, onBehalf := m.MayAgree(r.actor, reached)
	switch {
	case !may:
		return false, council.Refuse("minutes_chair_only", "Reference", m.Reference().String())
	case m.Minutes.State == council.MinutesProposed && proposal != m.Minutes.Proposal:
		return false, council.Refuse("minutes_not_proposed", "Reference", m.Reference().String())
	}
	return onBehalf, nil
}

// pressMinutesAgree agrees to the proposal that the button stands below: the meeting was
// held, the edition is kept as it stands now, and everybody gets it.
func (r *request) pressMinutesAgree(m council.Meeting, rest pressArguments) error {
	onBehalf, err := r.mayAgree(m, int(rest.number(0)))
	if err != nil {
		return err
	}
	if _, err := m.Agree(r.actor.ID, r.now); err != nil {
		return err
	}
	if m, err = r.holdMeeting(m); err != nil {
		return err
	}
	if m, err = m.Agree(r.actor.ID, r.now); err != nil {
		return err
	}
	if err := r.tx.SaveMeeting(m); err != nil {
		return err
	}
	edition := council.MinutesEdition{Edition: m.Minutes.Edition, AgreedBy: r.actor.ID, OnBehalf: onBehalf, AgreedAt: r.now}
	detail := []string{"edition", idText(int64(edition.Edition))}
	if onBehalf {
		detail = append(detail, "on_behalf", idText(m.Chair.MemberID))
	}
	if err := r.record(m.Reference(), council.EventAgreed, "", detail...); err != nil {
		return err
	}
	if err := r.keepEdition(m, edition); err != nil {
		return err
	}
	sent, err := r.sendEdition(m, edition)
	if err != nil {
		return err
	}
	text, err := r.minutesCaption(r.speak, m, edition.Edition)
	if err != nil {
		return err
	}
	text += "\n" + r.speak.Say("minutes.sent", "Groups", sent.groups, "People", sent.people)
	open := []store.Button{button(r.speak, "minutes_open", pressMinutes, minutesShow, m.Number, 1)}
	return errors.Join(r.minutesInPlace(m, text, open), r.showMeeting(m), r.minutesSettled(m), r.toast(r.speak.Say("minutes.toast.agreed")))
}

// minutesSettled takes back what was to be said of minutes that waited, and shows those who
// were told of them that they wait no more.
func (r *request) minutesSettled(m council.Meeting) error {
	return errors.Join(r.planMeeting(m), r.refreshPressed(), r.refreshDigests(m.Reference()))
}

// pressMinutesFix asks what is to be corrected.
func (r *request) pressMinutesFix(m council.Meeting, rest pressArguments) error {
	proposal := int(rest.number(0))
	if _, err := r.mayAgree(m, proposal); err != nil {
		return err
	}
	if _, err := m.SendBack(); err != nil {
		return err
	}
	return r.askMinutes(minutesFix, minutesDraft{Number: m.Number, Proposal: proposal}, r.speak.Say("minutes.ask.fix", "Reference", m.Reference().String()))
}

// sendBackMinutes opens the minutes again, and tells whoever writes them why. Where they
// are corrected by then, or were proposed anew, only that is told.
func (r *request) sendBackMinutes(m council.Meeting, proposal int, why string) error {
	if _, err := r.mayAgree(m, m.Minutes.Proposal); err != nil {
		return err
	}
	if why == "" {
		return council.Refuse("minutes_why", "Reference", m.Reference().String())
	}
	if tooLongField(why, council.MinuteLimit) {
		return council.Refuse("minute_long", "Most", strconv.Itoa(council.MinuteLimit))
	}
	answer := "minutes.sent_on"
	if m.Minutes.State != council.MinutesDraft && proposal == m.Minutes.Proposal {
		answer = "minutes.sent_back"
		var err error
		if m, err = m.SendBack(); err != nil {
			return err
		}
		if err := r.tx.SaveMeeting(m); err != nil {
			return err
		}
	}
	if err := r.record(m.Reference(), council.EventSentBack, why, "edition", idText(int64(m.Minutes.Edition))); err != nil {
		return err
	}
	if err := errors.Join(r.tellSentBack(m, why), r.minutesSettled(m)); err != nil {
		return err
	}
	return r.replyAbout(m.Reference().String(), aboutMinutes, r.speak.Say(answer, "Reference", m.Reference().String()),
		[]store.Button{button(r.speak, "minutes_open", pressMinutes, minutesShow, m.Number, 1)})
}

// tellSentBack tells whoever takes the minutes and whoever proposed them; where neither
// can be reached, the coordinators.
func (r *request) tellSentBack(m council.Meeting, why string) error {
	var writers []council.Member
	for _, id := range []int64{m.Scribe.MemberID, m.Minutes.ProposedBy} {
		if id == 0 || id == r.actor.ID || len(writers) > 0 && writers[0].ID == id {
			continue
		}
		member, err := r.tx.Member(id)
		if err != nil {
			return err
		}
		writers = append(writers, member)
	}
	write := func(speak locale.Speaker, member council.Member) (string, [][]store.Button, error) {
		text := speak.Say("minutes.sent_back_notice", "Person", greetPerson(speak, member), "Reference", m.Reference().String(),
			"Title", agendaTitle(m.Title), "By", namePerson(speak, r.actor.Member), "Why", why)
		return text, [][]store.Button{{button(speak, "minutes_open", pressMinutes, minutesShow, m.Number, 1)}}, nil
	}
	told, err := r.tellEach(writers, m.Reference().String(), aboutMinutesAsk, write)
	if err != nil || len(told) > 0 {
		return err
	}
	others, err := r.others(coordinators(r.tx))
	if err != nil {
		return err
	}
	_, err = r.tellEach(others, m.Reference().String(), aboutMinutesAsk, write)
	return err
}
