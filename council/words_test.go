package council

import (
	"errors"
	"testing"
)

// TestNobodyNamesWhatIsOnlyUndone: a request H-3 is no line of minutes, and a notice G-3 is
// nobody who was at a meeting.
func TestNobodyNamesWhatIsOnlyUndone(t *testing.T) {
	for _, letter := range []byte{MinuteLetter, AttendeeLetter} {
		kept := Reference{letter, 3}
		if typed, ok := ParseReference(kept.String()); !ok || typed == kept {
			t.Errorf("typed, %s names %v", kept, typed)
		}
		if read, ok := ParseKept(kept.String()); !ok || read != kept {
			t.Errorf("kept as %s, it is read as %v", kept, read)
		}
	}
	if read, ok := ParseKept("H-3"); !ok || read != PrivacyReference(3) {
		t.Errorf("a request is read as %v", read)
	}
	if _, ok := ParseKept("(T-3)"); ok {
		t.Error("what String did not write is read")
	}
}

func TestReferencesAreReadTolerantly(t *testing.T) {
	tests := []struct{ name, word, want string }{
		{"as written", "T-12", "T-12"}, {"small, without a hyphen", "t12", "T-12"}, {"padded", "T-012", "T-12"},
		{"at the end of a sentence", "(e-1).", "E-1"}, {"of another room", "Q-5", "Q-5"},
		{"zero", "T-0", ""}, {"no number", "T-", ""}, {"no letter", "12", ""}, {"an indicator", "ENV-08", ""},
		{"two hyphens", "T--1", ""}, {"a sign", "T-+1", ""}, {"too long", "T-1234567890123", ""}, {"empty", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			reference, found := ParseReference(test.word)
			if reference.String() != test.want || found != (test.want != "") || reference.IsZero() == found {
				t.Fatalf("got %q %v", reference, found)
			}
		})
	}
}

func TestTheNextMilestone(t *testing.T) {
	evaluation := firstEvaluation()
	tests := []struct {
		name, now string
		kind      MilestoneKind
	}{
		{"not the internal one, though it comes first", "2026-06-01 08:00", MilestoneUpload},
		{"after the upload", "2026-06-11 01:00", MilestonePresentation},
		{"in its very moment", "2026-06-11 09:00", MilestonePresentation},
		{"when all is past", "2026-06-11 09:01", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			next, found := evaluation.Next(at(test.now))
			if next.Kind != test.kind || found != (test.kind != "") {
				t.Fatalf("got %q %v", next.Kind, found)
			}
		})
	}
}

func TestOverdue(t *testing.T) {
	tests := []struct {
		name    string
		state   TaskState
		now     string
		overdue bool
	}{
		{"in its very moment", TaskNew, "2026-06-11 16:00", false},
		{"a minute later", TaskNew, "2026-06-11 16:01", true},
		{"blocked", TaskBlocked, "2026-06-12 08:00", true},
		{"handed in", TaskSubmitted, "2026-06-12 08:00", false},
		{"done", TaskDone, "2026-06-12 08:00", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			task := Task{State: test.state, Deadline: deadlineAt("2026-06-11 16:00")}
			if task.Overdue(at(test.now)) != test.overdue {
				t.Fatalf("want %v", test.overdue)
			}
			if task.Deadline = (Deadline{}); task.Overdue(at(test.now)) {
				t.Fatal("overdue without a date")
			}
		})
	}
}

func TestNamesOfPeople(t *testing.T) {
	if FoldUsername(" @Baso_Contoh ") != "baso_contoh" {
		t.Error("usernames are compared without case and sign")
	}
	if label := (Member{Username: "baso_contoh"}).Label(); label != "@baso_contoh" {
		t.Errorf("without a name: %s", label)
	}
	if label := (Member{Name: "Baso", Username: "baso_contoh"}).Label(); label != "Baso" {
		t.Errorf("with a name: %s", label)
	}
	actor := Actor{Groups: []Group{ownGroup}}
	if !actor.In(ownGroup.ID) || actor.In(otherGroup.ID) {
		t.Error("seen in one group, not in the other")
	}
	if (Group{Kind: "choir"}).Kind.Role() != "" {
		t.Error("a kind nobody knows gives no role")
	}
}

func TestARefusalIsAnErrorWithoutWords(t *testing.T) {
	var err error = Refuse("task_done", "reference", "T-12", "left over")
	var refusal *Refusal
	if !errors.As(err, &refusal) || err.Error() != "refused: task_done" || len(refusal.Details) != 1 || refusal.Details["reference"] != "T-12" {
		t.Fatalf("got %v %v", err, refusal)
	}
}
