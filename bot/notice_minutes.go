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
