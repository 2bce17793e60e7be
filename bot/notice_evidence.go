package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// writeEvidence tells a coordinator, in one line, how much waits to be checked.
func (n *notice) writeEvidence() error {
	if !slices.ContainsFunc(n.items(council.ToCoordinator), func(item council.Item) bool { return item.Reminder.Step == council.StepCheckEvidence }) {
		return nil
	}
	waiting, err := n.tx.EvidenceToCheck()
	if err != nil {
		return err
	}
	n.open("notice.report")
	if len(waiting) == 0 {
		n.add(n.speak.Say("evidence.to_check_none"))
		return nil
	}
	n.add(n.speak.Count("evidence.to_check", len(waiting)))
	n.offer(store.Button{Text: n.speak.Say("button.evidence_see"), Data: data(pressEvidence, evidenceLook)})
	return nil
}

// pressLookToCheck opens the list of what waits to be checked as a message of its own.
func (r *request) pressLookToCheck(int64, pressArguments) error {
	if err := r.listToCheck(""); err != nil {
		return err
	}
	return r.toast("")
}
