package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// writePrivacy tells coordinators which requests about personal data have little time left.
func (n *notice) writePrivacy() error {
	items := slices.DeleteFunc(n.items(council.ToCoordinator), func(item council.Item) bool { return item.Privacy.Number == 0 })
	if len(items) == 0 {
		return nil
	}
	n.open("notice.report")
	n.headline(n.speak.Say("privacy.notice"))
	for _, item := range items {
		asked := item.Privacy
		n.add(privacyLine(n.speak, asked, n.now, n.city.Zone))
		if !asked.Open() {
			continue
		}
		n.offer(store.Button{Text: n.speak.Say("button.privacy_answer_one", "Reference", asked.Reference().String()), Data: data(pressPrivacy, privacyAnswer, asked.Number)})
	}
	return nil
}
