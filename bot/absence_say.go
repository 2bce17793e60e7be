package bot

import "github.com/rembuk/rembuk/council"

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
		n.open(key)
		n.add(n.absence(item.Absence)...)
	}
	return nil
}

func (n *notice) absence(absence council.Absence) []string {
	moment := n.speak.Moment
	lines := []string{n.speak.Say("notice.absence.from", "From", moment(absence.From, n.city.Zone), "Until", moment(absence.Until, n.city.Zone))}
	if !absence.Lost() {
		return append(lines, n.speak.Say("notice.absence.kept"))
	}
	return append(lines, n.speak.Say("notice.absence.lost", "Until", moment(absence.Until.Add(-council.KeptByTelegram), n.city.Zone)))
}
