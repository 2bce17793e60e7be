package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
)

// writeAbsence tells from when to when the bot was away, and what may have to be
// sent or pressed again.
func (n *notice) writeAbsence() error {
	for _, item := range n.Items {
		if item.Absence.ID == 0 {
			continue
		}
		key := "notice.report"
		if n.group.ID != 0 {
			key = "notice.group"
		}
		lines, err := n.absence(item.Absence)
		if err != nil {
			return err
		}
		n.open(key)
		n.add(lines...)
	}
	return nil
}

func (n *notice) absence(absence council.Absence) ([]string, error) {
	if absence.Cause == council.CauseCutOff {
		return n.cutOff(absence)
	}
	from, until := n.speak.Moment(absence.From, n.city.Zone), n.speak.Moment(absence.Until, n.city.Zone)
	if absence.Standstill() {
		lines := []string{n.speak.Say("notice.absence.still_"+string(absence.Cause), "From", from, "Until", until)}
		return append(lines, n.missed(absence.Missed)...), nil
	}
	lines := []string{n.speak.Say("notice.absence.from", "From", from, "Until", until)}
	if absence.Cause != "" {
		lines = append(lines, n.speak.Say("notice.absence.cause_"+string(absence.Cause)))
	}
	lines = append(lines, n.missed(absence.Missed)...)
	if !absence.Lost() {
		return append(lines, n.speak.Say("notice.absence.kept")), nil
	}
	return append(lines, n.speak.Say("notice.absence.lost", "Until", n.speak.Moment(absence.Until.Add(-council.KeptByTelegram), n.city.Zone))), nil
}

// missed says what fell into an absence, and what waited; nothing where nothing did.
func (n *notice) missed(missed council.Missed) (lines []string) {
	if missed.Reminders > 0 {
		lines = append(lines, n.speak.Count("notice.absence.reminders", missed.Reminders))
	}
	if len(missed.Subjects) > 0 {
		names := make([]string, len(missed.Subjects))
		for i, subject := range missed.Subjects {
			names[i] = subject.String()
		}
		lines = append(lines, n.speak.Say("notice.absence.about", "Things", strings.Join(names, ", ")))
	}
	if missed.Updates > 0 {
		lines = append(lines, n.speak.Count("notice.absence.updates", missed.Updates))
	}
	if missed.Messages > 0 {
		lines = append(lines, n.speak.Count("notice.absence.messages", missed.Messages))
	}
	return lines
}
