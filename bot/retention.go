package bot

import "github.com/rembuk/rembuk/locale"

// retentionText says for how long what somebody gave is kept after the person was last
// heard of.
func (b *Bot) retentionText(speak locale.Speaker) string {
	return speak.Count("retention.months", b.Retention)
}
