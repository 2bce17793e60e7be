package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// What changes about a group, as events of settings call it.
const (
	groupTitle    = "group_title"
	groupLanguage = "group_language"
	groupGone     = "group_lost" // it cannot be written to any more
	groupBack     = "group_back"
	groupTopic    = "group_topic" // its topic is gone: it is served in the whole chat
)

// recordGroups records a change of every linked group of a chat, in a member's name; 0 is
// the bot's own.
func (b *Bot) recordGroups(tx *store.Tx, chatID, memberID int64, key string) error {
	groups, err := groupsIn(tx, chatID)
	if err != nil {
		return err
	}
	for _, group := range groups {
		if err := tx.Record(council.Event{At: b.Now(), MemberID: memberID, Kind: council.EventSetting,
			Detail: map[string]string{"key": key, "group": idText(group.ID)}}, ""); err != nil {
			return err
		}
	}
	return nil
}

// makeOwner makes a person a coordinator whom whoever installed the bot has named, and
// records that where it is new.
func (b *Bot) makeOwner(tx *store.Tx, member council.Member) error {
	actor, err := tx.Actor(member)
	if err != nil {
		return err
	}
	if err := tx.GrantRole(member.ID, council.RoleCoordinator, "owners"); err != nil || slices.Contains(actor.Granted, council.RoleCoordinator) {
		return err
	}
	return tx.Record(council.Event{At: b.Now(), MemberID: member.ID, Kind: council.EventRoleChanged,
		Detail: map[string]string{"role": string(council.RoleCoordinator), "source": "owners"}}, "")
}
