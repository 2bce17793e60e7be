package bot

import (
	"github.com/rembuk/rembuk/council"
)

// openPrivacyRequest gives what the person asks about their own data a number and a
// clock. What is done at once is ended at once, with endPrivacyRequest.
func (r *request) openPrivacyRequest(kind council.PrivacyKind) (council.PrivacyRequest, error) {
	return r.openPrivacyWords(kind, "")
}

func (r *request) openPrivacyWords(kind council.PrivacyKind, words string) (council.PrivacyRequest, error) {
	opened, err := r.tx.CreatePrivacyRequest(council.AskPrivacy(r.actor.ID, kind, words, r.now))
	if err != nil {
		return opened, err
	}
	if err := r.record(opened.Reference(), council.EventPrivacyAsked, "", "kind", string(kind)); err != nil {
		return opened, err
	}
	return opened, r.tx.PlanReminders(opened.Reference(), council.PlanPrivacy(opened), nil)
}

// endPrivacyRequest ends a request that was done; the person who acts is who did it.
func (r *request) endPrivacyRequest(asked council.PrivacyRequest, how council.PrivacyEnd) error {
	return r.endPrivacyWords(asked, how, "")
}

func (r *request) endPrivacyWords(asked council.PrivacyRequest, how council.PrivacyEnd, answer string) error {
	ended, err := asked.End(how, answer, r.actor.ID, r.now)
	if err != nil {
		return err
	}
	if err := r.tx.EndPrivacyRequest(ended); err != nil {
		return err
	}
	if err := r.record(ended.Reference(), council.EventPrivacyEnded, "", "kind", string(ended.Kind), "how", string(how)); err != nil {
		return err
	}
	return r.tx.PlanReminders(ended.Reference(), council.PlanPrivacy(ended), nil)
}

// endOwnPrivacyRequests ends whatever the person who acts has asked about their own data
// and waits for.
func (r *request) endOwnPrivacyRequests() error {
	asked, err := r.tx.PrivacyRequestsOf(r.actor.ID)
	if err != nil {
		return err
	}
	for _, one := range asked {
		if !one.Open() {
			continue
		}
		if err := r.endPrivacyRequest(one, council.PrivacyDone); err != nil {
			return err
		}
	}
	return nil
}
