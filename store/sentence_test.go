package store

import (
	"errors"
	"testing"
)

func TestOwnSentences(t *testing.T) {
	tx := writing(t)
	if _, known := tx.Edition(); !known {
		t.Fatal("the settings have no number before anything has changed")
	}
	ok(t, tx.SetOwnSentence(OwnSentence{Key: "date.left", Language: "en", One: "a day", Other: "{{.N}} days"}))
	if _, known := tx.Edition(); known {
		t.Error("what was read before still counts as true")
	}
	ok(t, tx.SetOwnSentence(OwnSentence{Key: "date.left", Language: "id", Other: "tinggal {{.N}}"}))
	ok(t, tx.SetOwnSentence(OwnSentence{Key: "date.left", Language: "en", One: "one day", Other: "{{.N}} more"}))
	kept := got(tx.OwnSentences())(t)
	if want := (OwnSentence{Key: "date.left", Language: "en", One: "one day", Other: "{{.N}} more"}); len(kept) != 2 || kept[0] != want {
		t.Errorf("kept %+v", kept)
	}
	ok(t, tx.SetOwnSentence(OwnSentence{Key: "date.left", Language: "en"}))
	if kept = got(tx.OwnSentences())(t); len(kept) != 1 || kept[0].Language != "id" {
		t.Errorf("as usual again, there is %+v", kept)
	}
}

func TestReadyAnswers(t *testing.T) {
	tx := writing(t)
	first := got(tx.SaveReadyAnswer(ReadyAnswer{Name: "Jam layanan", Words: "08.00"}))(t)
	second := got(tx.SaveReadyAnswer(ReadyAnswer{Name: "Alamat", Words: "Jalan Pelabuhan"}))(t)
	ok(t, tx.DropReadyAnswer(second.Number))
	if third := got(tx.SaveReadyAnswer(ReadyAnswer{Name: "Laman", Words: "x"}))(t); third.Number == second.Number {
		t.Error("a number is given again")
	}
	got(tx.SaveReadyAnswer(second))(t) // undone
	first.Words = "08.00 sampai 15.00"
	got(tx.SaveReadyAnswer(first))(t)
	kept := got(tx.ReadyAnswers())(t)
	if len(kept) != 3 || kept[0] != second || kept[1] != first {
		t.Errorf("kept %+v", kept)
	}
	if _, err := tx.ReadyAnswer(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("an answer that is not there gives %v", err)
	}
}
