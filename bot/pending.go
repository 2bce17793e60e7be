package bot

import (
	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// --- evaluation and status ---
func (r *request) newEvaluation() error                          { return nil }
func (r *request) showEvaluations() error                        { return nil }
func (r *request) status() error                                 { return nil }
func (r *request) digest() error                                 { return nil }
func (r *request) pressEvaluation(pressArguments) error          { return nil }
func (r *request) pressDirect(pressArguments) error              { return nil }
func (r *request) answerEvaluation(store.Dialog) error           { return nil }
func (r *request) dueEvaluation(council.Reference, string) error { return nil }
func (r *request) undoEvaluation(council.Reference) error        { return council.Refuse("nothing_to_undo") }
