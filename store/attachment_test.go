package store

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTheSameFileIsAttachedOnceToAThing(t *testing.T) {
	tx := writing(t)
	photo := Attachment{Subject: "T-1", Kind: "photo", FileID: "AgAC", UniqueID: "u1", MemberID: 3}
	report := Attachment{Subject: "T-1", Kind: "document", FileID: "BQAC", UniqueID: "u2", Name: "laporan tonase.xlsx", MemberID: 3}
	again := photo
	again.FileID, again.MemberID = "other id of the same file", 4
	elsewhere := photo
	elsewhere.Subject = "T-12"
	for _, attachment := range []Attachment{photo, report, again, elsewhere} {
		ok(t, tx.Attach(attachment, noon))
	}
	if difference := cmp.Diff([]Attachment{photo, report}, got(tx.Attachments("T-1"))(t)); difference != "" {
		t.Error(difference)
	}
	if difference := cmp.Diff([]Attachment{elsewhere}, got(tx.Attachments("T-12"))(t)); difference != "" {
		t.Error(difference)
	}
	for subject, want := range map[string]int{"T-1": 2, "T-12": 1, "T-2": 0} {
		if count := got(tx.CountAttachments(subject))(t); count != want {
			t.Errorf("%s has %d files, want %d", subject, count, want)
		}
	}
}
