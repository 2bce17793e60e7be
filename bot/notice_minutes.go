package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// minutesLineOf says of which minutes a reminder is and since when they wait; settled, as
// they stand by now, for those that wait no more or were proposed anew.
func (n *notice) minutesLineOf(item council.Item) (lines []string, settled bool) {
	m := item.Meeting
	if m.Minutes.State != council.MinutesProposed || !item.Reminder.Anchor.Equal(m.Minutes.ProposedAt) {
		return []string{joinParts(meetingHead(m), n.speak.Say("minutes.state."+string(m.Minutes.State), "N", m.Minutes.Edition))}, true
	}
	since := n.speak.Day(m.Minutes.ProposedAt.In(n.city.Zone))
	return []string{meetingHead(m), n.speak.Say("meeting_notice.minutes_since", "N", m.Minutes.Edition, "Day", since)}, false
}

// writeMinutesAsk asks for the minutes of a meeting at which people were.
func (n *notice) writeMinutesAsk(item council.Item, several bool) error {
	m := item.Meeting
	state := n.speak.Say("meeting.state." + string(m.State))
	switch {
	case m.Minutes.State != council.MinutesNone:
		n.add(joinParts(meetingHead(m), n.speak.Say("minutes.state."+string(m.Minutes.State), "N", m.Minutes.Edition)))
		return nil
	case m.State == council.MeetingPlanned:
		n.add(n.meetingLines(m)...)
		n.offer(named([]store.Button{n.openMinutesButton(m), button(n.speak, "meeting_held", pressMeetingPlan, planHeld, m.Number)}, m, several)...)
		return nil
	case m.State != council.MeetingHeld:
		n.add(joinParts(meetingHead(m), state))
		return nil
	}
	row := []store.Button{n.openMinutesButton(m)}
	if n.asRequest().reopens(m) {
		row = append(row, button(n.speak, "undo", pressMeetingPlan, planReopen, m.Number))
	}
	n.add(joinParts(meetingHead(m), state))
	n.offer(named(row, m, several)...)
	return nil
}

// writeMinutesWait reminds whoever agrees of minutes that wait.
func (n *notice) writeMinutesWait(item council.Item, several bool) error {
	lines, settled := n.minutesLineOf(item)
	n.add(lines...)
	if !settled {
		n.offer(named(agreeRow(n.speak, item.Meeting), item.Meeting, several)...)
		n.offer(named([]store.Button{n.openMinutesButton(item.Meeting)}, item.Meeting, several)...)
	}
	return nil
}

// writeMinutesLate tells a coordinator of minutes that wait, and for whom.
func (n *notice) writeMinutesLate(item council.Item, several bool) error {
	m := item.Meeting
	lines, settled := n.minutesLineOf(item)
	if settled {
		n.add(lines...)
		return nil
	}
	chair, reached, err := n.tx.ChairReached(m)
	if err != nil {
		return err
	}
	if reached {
		lines = append(lines, n.speak.Say("meeting_notice.minutes_for", "Person", namePerson(n.speak, chair)))
	}
	n.add(lines...)
	n.offer(named([]store.Button{n.openMinutesButton(m), button(n.speak, "minutes_chair", pressMinutes, minutesChair, m.Number, 0)}, m, several)...)
	return nil
}

// openMinutesButton opens the page of the minutes, where they are agreed to as well.
func (n *notice) openMinutesButton(m council.Meeting) store.Button {
	return button(n.speak, "minutes_open", pressMinutes, minutesShow, m.Number, 1)
}
