package store

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestADialogIsOnePerPersonAndChat(t *testing.T) {
	tx := writing(t)
	first := Dialog{ChatID: -1, MemberID: 5, Kind: "task", Step: "title", Data: `{"title":"Rekap"}`}
	others := []Dialog{{ChatID: -1, MemberID: 6, Kind: "task", Step: "date", Data: "{}"}, {ChatID: 5, MemberID: 5, Kind: "idea", Step: "text", Data: "{}"}}
	for _, dialog := range append(others, first) {
		ok(t, tx.SetDialog(dialog, noon))
	}
	first.Kind, first.Step, first.Data = "evaluation", "date", "{}"
	ok(t, tx.SetDialog(first, noon))
	for _, want := range append(others, first) {
		if difference := cmp.Diff(want, got(tx.Dialog(want.ChatID, want.MemberID))(t)); difference != "" {
			t.Error(difference)
		}
	}
	for _, was := range []bool{true, false} {
		if ended := got(tx.EndDialog(-1, 5))(t); ended != was {
			t.Errorf("there was one: %v", ended)
		}
	}
	if _, err := tx.Dialog(-1, 5); !errors.Is(err, ErrNotFound) {
		t.Errorf("after its end: %v", err)
	}
	got(tx.Dialog(-1, 6))(t)
}
