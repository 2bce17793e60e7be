package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// Forget forgets a member of whom nothing has been heard for long, as if asked to.
func (b *Bot) Forget(tx *store.Tx, member council.Member) error {
	r, err := b.unasked(tx)
	if err != nil {
		return err
	}
	return r.forgetMember(member, "")
}

// retentionText says for how long what somebody gave is kept after the person was last
// heard of.
func (b *Bot) retentionText(speak locale.Speaker) string {
	return speak.Count("retention.months", b.Retention)
}
