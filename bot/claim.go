package bot

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// claimPayload begins the payload of the link by which the first coordinator
// is found.
const claimPayload = "claim-"

// offerClaim logs a one-time link while there is no coordinator. Only a hash of
// its secret is kept, so that each start makes a new link and ends the old one.
func (b *Bot) offerClaim(tx *store.Tx) error {
	known, err := coordinators(tx)
	if err != nil {
		return err
	}
	if len(known) > 0 {
		return tx.SetSetting(store.SettingClaim, "")
	}
	secret := newSecret()
	if err := tx.SetSetting(store.SettingClaim, hashSecret(secret)); err != nil {
		return err
	}
	b.log.Info("there is no coordinator yet; whoever opens this link first becomes one",
		"link", "https://t.me/"+b.Username()+"?start="+claimPayload+secret)
	return nil
}

// newSecret makes 128 random bits that may stand in a link.
func newSecret() string {
	var bits [16]byte
	_, _ = rand.Read(bits[:]) // it never fails: the program ends instead
	return base64.RawURLEncoding.EncodeToString(bits[:])
}

func hashSecret(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// claim makes the person who holds the one-time link a coordinator.
func (r *request) claim(secret string) error {
	kept, err := r.tx.Setting(store.SettingClaim)
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare([]byte(kept), []byte(hashSecret(secret))) != 1 {
		return r.oncePerDay("claim", r.speak.Say("claim.used"))
	}
	if err := r.tx.SetSetting(store.SettingClaim, ""); err != nil {
		return err
	}
	if err := r.tx.GrantRole(r.actor.ID, council.RoleCoordinator, "claim"); err != nil {
		return err
	}
	if r.actor, err = r.learn(r.message.From, r.chatID); err != nil {
		return err
	}
	if err := r.record(council.Reference{}, council.EventRoleChanged, "", "role", string(council.RoleCoordinator), "source", "claim"); err != nil {
		return err
	}
	if err := queueChatMenu(r.tx, r.chatID, r.speak.Language, menuCoordinator); err != nil {
		return err
	}
	return r.greet(r.speak.Say("claim.done"))
}
