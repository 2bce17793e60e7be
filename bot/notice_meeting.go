package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// writeMeetings reminds a person of meetings, asks whether they were held, offers the next
// one of those that repeat, and tells of a month without coordination.
func (n *notice) writeMeetings() error {
	for _, part := range []struct {
		key   string
		steps []council.Step
		write func(council.Item, bool) error
	}{
		{"soon", []council.Step{council.StepMeetingSoon}, n.writeInvited},
		{"coming", []council.Step{council.StepMeetingDay}, n.writeInvited},
		{"held", []council.Step{council.StepMeetingEnd, council.StepMeetingAgain}, n.writeHeld},
		{"next", []council.Step{council.StepMeetingNext}, n.writeNext},
		{"month", []council.Step{council.StepMeetingMonth}, n.writeMonth},
		{"minutes_none", []council.Step{council.StepMinutesAsk}, n.writeMinutesAsk},
		{"minutes", []council.Step{council.StepMinutesWait}, n.writeMinutesWait},
		{"minutes_late", []council.Step{council.StepMinutesLate}, n.writeMinutesLate},
	} {
		items := n.meetings(part.steps)
		for i, item := range items {
			if i == 0 {
				n.open("notice.report")
				n.headline(n.speak.Say("meeting_notice." + part.key))
			}
			if err := part.write(item, len(items) > 1); err != nil {
				return err
			}
		}
	}
	return nil
}

// meetings gives the items of these steps, each meeting once. What is said an hour before a
// meeting stands for what was to be said the day before.
func (n *notice) meetings(steps []council.Step) (items []council.Item) {
	for _, item := range n.Items {
		among := func(others []council.Item, step council.Step) bool {
			return slices.ContainsFunc(others, func(other council.Item) bool {
				return other.Meeting.Number == item.Meeting.Number && (step == "" || other.Reminder.Step == step)
			})
		}
		overtaken := item.Reminder.Step == council.StepMeetingDay && among(n.Items, council.StepMeetingSoon)
		if item.Meeting.Number != 0 && slices.Contains(steps, item.Reminder.Step) && !overtaken && !among(items, "") {
			items = append(items, item)
		}
	}
	return items
}

// meetingLines say what, when and where: what is over is not as near as it was.
func (n *notice) meetingLines(m council.Meeting) []string {
	when := n.asRequest().meetingTime(n.speak, m)
	if m.Coming(n.now) {
		when += " (" + n.speak.Left(n.city.days(n.now, m.Starts)) + ")"
	}
	return []string{meetingHead(m), joinParts(when, shorten(plainLine(m.Place), cardTitleLimit))}
}

// writeInvited reminds a guest, and asks for an answer where there is none yet.
func (n *notice) writeInvited(item council.Item, several bool) error {
	m, r := item.Meeting, n.asRequest()
	if !m.Coming(n.now) {
		n.add(meetingHead(m) + " · " + n.speak.Say("meeting.state."+string(m.State)))
		return nil
	}
	guest, err := r.guest(m, n.member.ID)
	if err != nil {
		return err
	}
	answer, err := r.guestAnswer(n.speak, guest)
	if err != nil {
		return err
	}
	n.add(append(n.meetingLines(m), answer)...)
	if guest.Response == council.ResponseNone {
		n.offer(named(guestButtons(n.speak, m, guest), m, several)...)
	}
	return nil
}

// named adds the reference to buttons where there are those of several meetings.
func named(row []store.Button, m council.Meeting, several bool) []store.Button {
	for i := range row {
		if several {
			row[i].Text += " " + m.Reference().String()
		}
	}
	return row
}

// writeHeld asks whether a meeting was held.
func (n *notice) writeHeld(item council.Item, several bool) error {
	m := item.Meeting
	if m.State != council.MeetingPlanned {
		n.add(meetingHead(m) + " · " + n.speak.Say("meeting.state."+string(m.State)))
		if n.asRequest().reopens(m) {
			n.offer(named([]store.Button{button(n.speak, "undo", pressMeetingPlan, planReopen, m.Number)}, m, several)...)
		}
		return nil
	}
	n.add(n.meetingLines(m)...)
	n.offer(named([]store.Button{button(n.speak, "meeting_held", pressMeetingPlan, planHeld, m.Number),
		button(n.speak, "meeting_missed", pressMeetingPlan, planMissed, m.Number)}, m, several)...)
	return nil
}

// writeNext offers the next one of the meetings that repeat; once it is settled, it says how.
func (n *notice) writeNext(item council.Item, several bool) error {
	m, on := item.Meeting, item.Reminder.Anchor
	next, err := n.tx.MeetingAfter(m.Number)
	switch {
	case err == nil:
		n.add(append(n.meetingLines(next), n.speak.Say("meeting_series.invited", "Reference", next.Reference().String()))...)
		return nil
	case notFoundIsNil(err) != nil:
		return err
	case m.Recurrence == nil:
		n.add(meetingHead(m) + " · " + n.speak.Say("meeting_series.ended"))
		resumes, err := n.asRequest().resumes(m)
		if resumes {
			n.offer(named([]store.Button{button(n.speak, "undo", pressMeetingPlan, planResume, m.Number)}, m, several)...)
		}
		return err
	}
	proposed := m
	proposed.Starts, proposed.State = m.Recurrence.TakesPlace(on, n.city.Timing.Calendar), council.MeetingPlanned
	lines := n.meetingLines(proposed)
	if name, off := n.city.Timing.Calendar.DayOff(on); off && !proposed.Starts.Equal(on) {
		lines = append(lines, n.speak.Say("meeting_series.moved", "Day", n.speak.Day(on.In(n.city.Zone)), "Name", name))
	}
	skipped, known, err := n.tx.LastHappening(m.Reference(), council.EventSkipped)
	if err != nil {
		return err
	}
	at := on.Unix()
	row := []store.Button{button(n.speak, "meeting_invite", pressMeetingPlan, planInvite, m.Number, at), button(n.speak, "meeting_move", pressMeetingPlan, planMove, m.Number, at)}
	if known && skipped.Detail[detailDate] == council.DayOf(on, n.city.Zone).String() {
		n.add(append(lines, n.speak.Say("meeting_series.skipped"))...)
		n.offer(named(row, m, several)...)
		return nil
	}
	skip := "meeting_skip"
	if m.Recurrence.Unit == council.EveryMonth {
		skip = "meeting_skip_month"
	}
	n.add(lines...)
	n.offer(named(row, m, several)...)
	n.offer(named([]store.Button{button(n.speak, skip, pressMeetingPlan, planSkip, m.Number, at), button(n.speak, "meeting_series_end", pressMeetingPlan, planEnd, m.Number)}, m, several)...)
	return nil
}

// writeMonth tells that a month has no coordination yet, or which it has by now.
func (n *notice) writeMonth(item council.Item, _ bool) error {
	month := council.MonthOf(item.Reminder.Anchor, n.city.Zone)
	name := n.speak.Month(month.Year, month.Month)
	found, covered, err := n.tx.CoordinationOf(item.Meeting, month, n.city.Zone)
	switch {
	case err != nil:
		return err
	case covered:
		n.add(n.meetingLines(found)...)
	default:
		n.add(n.speak.Say("meeting_notice.no_month", "Month", name))
	}
	return nil
}

// writeGroupMeetings reminds a group of the meetings to which it is invited: counts, and
// buttons to answer.
func (n *notice) writeGroupMeetings() error {
	items := n.meetings([]council.Step{council.StepMeetingDay})
	items = slices.DeleteFunc(items, func(item council.Item) bool { return !item.Meeting.Coming(n.now) })
	for i, item := range items {
		if i == 0 {
			n.open("notice.group")
			n.headline(n.speak.Say("meeting_notice.coming"))
		}
		turnout, err := n.asRequest().turnout(item.Meeting)
		if err != nil {
			return err
		}
		presents, answerers, err := n.asRequest().presentationNotice(n.speak, item.Meeting, n.group)
		if err != nil {
			return err
		}
		n.add(append(append(n.meetingLines(item.Meeting), presents...), turnoutText(n.speak, item.Meeting, turnout))...)
		n.offer(named(answerButtons(n.speak, item.Meeting), item.Meeting, len(items) > 1)...)
		if len(answerers) > 0 {
			n.offer(answerers...)
		}
	}
	return nil
}
