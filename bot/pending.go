package bot

import (
	"time"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// --- people ---
func (r *request) start() error                                             { return nil }
func (r *request) link() error                                              { return nil }
func (r *request) role() error                                              { return nil }
func (r *request) profile() error                                           { return nil }
func (r *request) language() error                                          { return nil }
func (r *request) opened() error                                            { return nil }
func (r *request) onMigration(*models.Message) error                        { return nil }
func (r *request) onComings(*models.Message) error                          { return nil }
func (r *request) whoAreYou(*models.Message) error                          { return nil }
func (r *request) onMembership(*models.ChatMemberUpdated) error             { return nil }
func (r *request) pressLink(pressArguments) error                           { return nil }
func (r *request) pressUnlink(pressArguments) error                         { return nil }
func (r *request) pressWho(pressArguments) error                            { return nil }
func (r *request) pressAddress(pressArguments) error                        { return nil }
func (r *request) pressLanguage(pressArguments) error                       { return nil }
func (r *request) pressRole(pressArguments) error                           { return nil }
func (r *request) pressZone(pressArguments) error                           { return nil }
func (r *request) answerAddress(store.Dialog) error                         { return nil }
func (r *request) answerCity(store.Dialog) error                            { return nil }
func (b *Bot) offerClaim(*store.Tx) error                                   { return nil }
func (b *Bot) unreachable(*store.Tx, int64, council.Reach, time.Time) error { return nil }

// --- evaluation and status ---
func (r *request) newEvaluation() error                          { return nil }
func (r *request) showEvaluations() error                        { return nil }
func (r *request) status() error                                 { return nil }
func (r *request) digest() error                                 { return nil }
func (r *request) pressEvaluation(pressArguments) error          { return nil }
func (r *request) pressDirect(pressArguments) error              { return nil }
func (r *request) answerEvaluation(store.Dialog) error           { return nil }
func (r *request) dueEvaluation(council.Reference, string) error { return nil }
