package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// followUpLine is how the follow-ups of a meeting stand, in one line; "" where it has
// none.
func (r *request) followUpLine(speak locale.Speaker, m council.Meeting) (string, error) {
	return "", nil
}

// followUps is /tindak_lanjut M-4.
func (r *request) followUps() error { return nil }

// pressFollowUp makes a task a follow-up of a meeting.
func (r *request) pressFollowUp(m council.Meeting, number int64) error { return r.stale() }
