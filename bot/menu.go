package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	telegram "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// Scopes of menus, as the outbox keeps them: everybody's, or one chat's own.
const (
	scopePrivate = "all_private_chats"
	scopeGroups  = "all_group_chats"
	scopeChat    = "chat"
)

// menuIn gives what a menu shows in a language.
func menuIn(speak locale.Speaker, shown menu) []models.BotCommand {
	var list []models.BotCommand
	for _, name := range menuCommands(shown) {
		list = append(list, models.BotCommand{Command: commandWord(speak, name), Description: speak.Say("command." + name + ".menu")})
	}
	return list
}

// offerMenus queues the menus when they are not those that Telegram was last
// told: for everybody, and for the chats that have one of their own.
func (b *Bot) offerMenus(tx *store.Tx) error {
	fingerprint, err := b.menuFingerprint()
	if err != nil {
		return err
	}
	told, err := tx.Setting(store.SettingMenus)
	if err != nil || told == fingerprint {
		return err
	}
	for _, language := range locale.Languages {
		for scope, shown := range map[string]menu{scopePrivate: menuPrivate, scopeGroups: menuGroup} {
			if err := queueMenu(tx, 0, scope, language, shown); err != nil {
				return err
			}
		}
	}
	if err := offerOwnMenus(tx); err != nil {
		return err
	}
	return tx.SetSetting(store.SettingMenus, fingerprint)
}

// offerOwnMenus queues the menus of coordinators' private chats and of groups
// that speak another language than the one everybody's menu is in.
func offerOwnMenus(tx *store.Tx) error {
	members, err := coordinators(tx)
	if err != nil {
		return err
	}
	for _, member := range members {
		if member.Reach == council.ReachOpen {
			if err := queueChatMenu(tx, member.TelegramID, member.Language, menuCoordinator); err != nil {
				return err
			}
		}
	}
	groups, err := tx.Groups()
	if err != nil {
		return err
	}
	for _, group := range groups {
		shown := menuOfGroup(group)
		if (group.Language != locale.Indonesian || shown != menuGroup) && group.Reachable {
			if err := queueChatMenu(tx, group.ChatID, group.Language, shown); err != nil {
				return err
			}
		}
	}
	return offerCommunityMenus(tx, groups)
}

// offerCommunityMenus queues the menus of the private chats of people who are known
// from communities alone.
func offerCommunityMenus(tx *store.Tx, groups []council.Group) error {
	offered := make(map[int64]bool)
	for _, group := range groups {
		if group.Kind != council.KindCommunity {
			continue
		}
		members, err := tx.MembersOf(group.ChatID)
		if err != nil {
			return err
		}
		for _, member := range members {
			actor, err := tx.Actor(member)
			if err != nil {
				return err
			}
			if offered[member.ID] || member.Reach != council.ReachOpen || !onlyCommunity(actor) {
				continue
			}
			offered[member.ID] = true
			if err := queueChatMenu(tx, member.TelegramID, member.Language, menuCommunity); err != nil {
				return err
			}
		}
	}
	return nil
}

// menuOf is the menu of a person's private chat.
func menuOf(actor council.Actor) menu {
	switch {
	case actor.Coordinates():
		return menuCoordinator
	case onlyCommunity(actor):
		return menuCommunity
	}
	return menuPrivate
}

// menuOfGroup is the menu of a linked group.
func menuOfGroup(group council.Group) menu {
	if group.Kind == council.KindCommunity {
		return menuCommunity
	}
	return menuGroup
}

func (b *Bot) menuFingerprint() (string, error) {
	var all []any
	for _, language := range locale.Languages {
		for _, shown := range []menu{menuPrivate, menuGroup, menuCoordinator, menuCommunity} {
			all = append(all, language, shown, menuIn(b.book.In(language), shown))
		}
	}
	text, err := json.Marshal(all)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), nil
}

// queueChatMenu gives one chat a menu of its own.
func queueChatMenu(tx *store.Tx, chatID int64, language string, shown menu) error {
	return queueMenu(tx, chatID, scopeChat, language, shown)
}

func queueMenu(tx *store.Tx, chatID int64, scope, language string, shown menu) error {
	return tx.Queue(store.Outgoing{
		ChatID: chatID, Kind: store.KindCommands, Priority: store.PriorityReminder,
		Payload: store.Payload{Scope: scope, Language: language, About: string(shown)},
	}, time.Now())
}

// menuParameters are the library's with the scope already encoded: the
// library's scopes lose their type in plain JSON.
type menuParameters struct {
	telegram.SetMyCommandsParams
	Scope json.RawMessage `json:"scope"`
}

// sendMenu tells Telegram which commands to show.
func (b *Bot) sendMenu(ctx context.Context, out store.Outgoing) error {
	var scope models.BotCommandScope = &models.BotCommandScopeChat{ChatID: out.ChatID}
	switch out.Payload.Scope {
	case scopePrivate:
		scope = &models.BotCommandScopeAllPrivateChats{}
	case scopeGroups:
		scope = &models.BotCommandScopeAllGroupChats{}
	}
	encoded, err := scope.MarshalCustom()
	if err != nil {
		return fmt.Errorf("encode the scope of a menu: %w", err)
	}
	parameters := menuParameters{Scope: encoded}
	parameters.Commands = menuIn(b.book.In(out.Payload.Language), menu(out.Payload.About))
	if out.Payload.Scope != scopeChat && out.Payload.Language != locale.Indonesian {
		// The menu without a language is everybody's else.
		parameters.LanguageCode = out.Payload.Language
	}
	return b.send.call(ctx, "setMyCommands", parameters, nil)
}
