package store

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/rembuk/rembuk/council"
)

func aQuestion(asker int64) council.Question {
	return council.Question{
		AskerID: asker, Named: true, ShownAs: "Fadli", FromGroup: 3, Origin: council.Place{ChatID: oldChat, ThreadID: 7, MessageID: 21},
		To: council.Addressee{GroupID: 4}, Text: "kapan rapat?", Edited: true, State: council.QuestionAnswered, Outcome: council.OutcomeAnswered,
		AskedAt: noon, Target: noon.AddDate(0, 0, 7), Workdays: 5, StoodFrom: noon.Add(time.Hour), Stood: 2, ReopenedAt: noon.Add(2 * time.Hour),
		NeedsUntil: noon.AddDate(0, 0, 9), Escalated: true, Version: 6,
		Answers: []council.Answer{
			{MemberID: 8, Text: "Senin", At: noon.Add(time.Hour), Delivered: true},
			{MemberID: 0, RecordedBy: 9, Text: "pukul 09.00", At: noon.Add(2 * time.Hour)},
		},
	}
}

func TestAQuestionIsKeptWhole(t *testing.T) {
	tx := writing(t)
	asker := people(t, tx, "Fadli")[0]
	question := aQuestion(asker.ID)
	question.Number = got(tx.ReserveQuestion())(t)
	kept := got(tx.CreateQuestion(question))(t)
	if difference := cmp.Diff(question, kept); difference != "" {
		t.Errorf("made:\n%s", difference)
	}
	if difference := cmp.Diff(question, got(tx.Question(question.Number))(t)); difference != "" {
		t.Errorf("read:\n%s", difference)
	}
	changed := question
	changed.Named, changed.ShownAs, changed.To, changed.Text, changed.Edited = false, "", council.Addressee{PositionID: 5}, "kapan?", false
	changed.State, changed.Outcome, changed.Target, changed.StoodFrom, changed.Stood = council.QuestionWaiting, "", noon, time.Time{}, 0
	changed.ReopenedAt, changed.NeedsUntil, changed.Escalated, changed.Version, changed.Answers = time.Time{}, time.Time{}, false, 7, question.Answers[:1]
	ok(t, tx.SaveQuestion(changed))
	if difference := cmp.Diff(changed, got(tx.QuestionAt(oldChat, 21))(t)); difference != "" {
		t.Errorf("changed:\n%s", difference)
	}
	if _, err := tx.QuestionAt(oldChat, 22); !errors.Is(err, ErrNotFound) {
		t.Errorf("a message that asks nothing: %v", err)
	}
}

func TestNumbersOfQuestionsAreNeverGivenTwice(t *testing.T) {
	tx := writing(t)
	asker := people(t, tx, "Fadli")[0]
	first, second := got(tx.ReserveQuestion())(t), got(tx.ReserveQuestion())(t)
	late := aQuestion(asker.ID)
	late.Number = second
	got(tx.CreateQuestion(late))(t)
	early := aQuestion(asker.ID)
	early.Number = first
	got(tx.CreateQuestion(early))(t)
	unnumbered := got(tx.CreateQuestion(aQuestion(asker.ID)))(t)
	if next := got(tx.ReserveQuestion())(t); first != 1 || second != 2 || unnumbered.Number != 3 || next != 4 {
		t.Errorf("numbers: %d, %d, %d, %d", first, second, unnumbered.Number, next)
	}
}

func TestQuestionsAreFound(t *testing.T) {
	tx := writing(t)
	asker := people(t, tx, "Fadli", "Nur")
	make := func(change func(*council.Question)) int64 {
		question := aQuestion(asker[0].ID)
		question.State, question.Answers = council.QuestionWaiting, nil
		change(&question)
		return got(tx.CreateQuestion(question))(t).Number
	}
	council1 := make(func(q *council.Question) { q.Target = noon.AddDate(0, 0, 3) })
	member := make(func(q *council.Question) {
		q.To, q.Target, q.AskedAt = council.Addressee{MemberID: asker[1].ID}, noon.AddDate(0, 0, 1), noon.AddDate(0, 0, -1)
	})
	position := make(func(q *council.Question) {
		q.To, q.State, q.Target, q.FromGroup = council.Addressee{PositionID: 6}, council.QuestionSent, noon.AddDate(0, 0, 2), 0
	})
	closed := make(func(q *council.Question) {
		q.State, q.AskerID, q.Target = council.QuestionClosed, asker[1].ID, noon
		q.Answers = []council.Answer{{MemberID: 1, Text: "ya", At: noon}}
	})
	for name, test := range map[string]struct {
		filter QuestionFilter
		want   []int64
	}{
		"all, the earliest target first": {QuestionFilter{}, []int64{closed, member, position, council1}},
		"open":                           {QuestionFilter{OpenOnly: true}, []int64{member, position, council1}},
		"of an asker":                    {QuestionFilter{AskerID: asker[1].ID}, []int64{closed}},
		"from a group":                   {QuestionFilter{FromGroup: 3}, []int64{closed, member, council1}},
		"to a group":                     {QuestionFilter{OpenOnly: true, ToGroups: []int64{4, 5}}, []int64{council1}},
		"to any of these":                {QuestionFilter{ToGroups: []int64{9}, ToMember: asker[1].ID, Positions: []int64{6, 7}}, []int64{member, position}},
		"in a state":                     {QuestionFilter{State: council.QuestionSent}, []int64{position}},
		"asked in a span":                {QuestionFilter{AskedSince: noon.AddDate(0, 0, -1), AskedUntil: noon}, []int64{member}},
		"with an answer nobody heard":    {QuestionFilter{Unheard: true}, []int64{closed}},
		"nothing":                        {QuestionFilter{ToMember: 99}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var found []int64
			for _, question := range got(tx.Questions(test.filter, 0, -1))(t) {
				found = append(found, question.Number)
			}
			if difference := cmp.Diff(test.want, found); difference != "" {
				t.Error(difference)
			}
			if count := got(tx.CountQuestions(test.filter))(t); count != len(test.want) {
				t.Errorf("counted %d", count)
			}
		})
	}
	if page := got(tx.Questions(QuestionFilter{}, 1, 2))(t); len(page) != 2 || page[0].Number != member {
		t.Errorf("the second page: %+v", page)
	}
}

func TestQuestionsFollowASupergroupAndAPersonWhoAppears(t *testing.T) {
	tx := writing(t)
	asker := people(t, tx, "Fadli")[0]
	mentioned := got(tx.Mentioned("lukas_contoh"))(t)
	question := aQuestion(asker.ID)
	question.To = council.Addressee{MemberID: mentioned.ID}
	number := got(tx.CreateQuestion(question))(t).Number
	draft := got(tx.CreateQuestionDraft(aDraft(asker.ID), noon))(t)
	ok(t, tx.Migrate(oldChat, newChat))
	if moved := got(tx.Question(number))(t).Origin; moved != (council.Place{ChatID: newChat, ThreadID: 7}) {
		t.Errorf("the message that asked: %+v", moved)
	}
	if moved := got(tx.QuestionDraft(draft.ID))(t).Place; moved.ChatID != newChat || moved.MessageID != 0 {
		t.Errorf("the message that holds the draft: %+v", moved)
	}
	known := got(tx.Seen(77, "Lukas Rante", "", "id", noon))(t)
	person := got(tx.Seen(77, "Lukas Rante", "lukas_contoh", "id", noon))(t)
	if person.ID != known.ID || got(tx.Question(number))(t).To.MemberID != person.ID {
		t.Errorf("the question is put to %+v, the person is %d", got(tx.Question(number))(t).To, person.ID)
	}
}

func aDraft(member int64) QuestionDraft {
	return QuestionDraft{
		Kind: "answer", Number: 5, MemberID: member, FromGroup: 3, Place: council.Place{ChatID: oldChat, ThreadID: 2, MessageID: 31}, Album: "a1",
		To: council.Addressee{GroupID: 4}, Text: "Senin", Files: []Attachment{{Kind: "photo", FileID: "f", UniqueID: "u", MemberID: member}},
	}
}

func TestDraftsWaitUntilTheyAreConfirmed(t *testing.T) {
	tx := writing(t)
	member := people(t, tx, "Lukas")[0]
	draft := got(tx.CreateQuestionDraft(aDraft(member.ID), noon))(t)
	for name, found := range map[string]QuestionDraft{
		"by id": got(tx.QuestionDraft(draft.ID))(t), "by message": got(tx.QuestionDraftAt(oldChat, 31))(t), "by album": got(tx.QuestionDraftOf(oldChat, member.ID, "a1"))(t),
	} {
		if difference := cmp.Diff(draft, found); difference != "" {
			t.Errorf("%s:\n%s", name, difference)
		}
	}
	draft.Text, draft.Files, draft.To = "Selasa", append(draft.Files, Attachment{Kind: "photo", FileID: "g"}), council.Addressee{MemberID: 2}
	ok(t, tx.SaveQuestionDraft(draft))
	if difference := cmp.Diff(draft, got(tx.QuestionDraft(draft.ID))(t)); difference != "" {
		t.Errorf("changed:\n%s", difference)
	}
	ok(t, tx.QuestionDraftSent(draft.ID, "sent"))
	if sent := got(tx.QuestionDraftAt(oldChat, 31))(t); sent.Kind != "sent" || sent.Text != "" || len(sent.Files) != 0 {
		t.Errorf("of an answer that has left is kept: %+v", sent)
	}
	other := got(tx.CreateQuestionDraft(aDraft(member.ID), noon))(t)
	ok(t, tx.DropQuestionDraft(other.ID))
	if _, err := tx.QuestionDraft(other.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("a dropped draft: %v", err)
	}
	later := got(tx.CreateQuestionDraft(aDraft(member.ID), noon.Add(questionDraftKept+time.Second)))(t)
	if _, err := tx.QuestionDraft(draft.ID); !errors.Is(err, ErrNotFound) || later.ID == 0 {
		t.Errorf("a month later: %v", err)
	}
}

func TestAnswersThatWaitForAChatAreFound(t *testing.T) {
	tx := writing(t)
	say := func(chat int64, subject, about string) {
		ok(t, tx.Queue(Outgoing{ChatID: chat, Kind: KindMessage, Payload: Payload{Text: "x", Subject: subject, About: about}}, noon))
	}
	say(5, "Q-1", "question answer:0")
	say(5, "Q-2", "question")
	say(6, "Q-3", "question answer:1")
	ok(t, tx.Queue(Outgoing{ChatID: 5, Kind: KindMessage, Payload: Payload{Text: "x", Subject: "Q-4", About: "question answer:0", EditOnly: true}}, noon))
	if waiting := got(tx.Unheard(5, "question answer"))(t); len(waiting) != 1 || waiting[0].Subject != "Q-1" || waiting[0].About != "question answer:0" {
		t.Errorf("waiting: %v", waiting)
	}
}

// TestTheNameOfAnAskerIsForgottenAfterClosing: a name that was shown goes once the
// question is closed and has rested, and not a day before.
func TestTheNameOfAnAskerIsForgottenAfterClosing(t *testing.T) {
	tx := writing(t)
	asker := people(t, tx, "Fadli")[0]
	kept := func(state council.QuestionState, happened time.Time) int64 {
		question := aQuestion(asker.ID)
		question.State = state
		made := got(tx.CreateQuestion(question))(t)
		ok(t, tx.Record(council.Event{At: noon, Subject: made.Reference(), Kind: council.EventAsked, MemberID: asker.ID}, ""))
		ok(t, tx.Record(council.Event{At: happened, Subject: made.Reference(), Kind: council.EventClosed, MemberID: asker.ID}, ""))
		return made.Number
	}
	later := noon.AddDate(0, 0, 30)
	rested, fresh, open := kept(council.QuestionClosed, noon), kept(council.QuestionClosed, later), kept(council.QuestionAnswered, noon)
	ok(t, tx.PruneAskerNames(noon))
	if name := got(tx.Question(rested))(t).ShownAs; name != "Fadli" {
		t.Errorf("too early: the name is %q", name)
	}
	ok(t, tx.PruneAskerNames(later))
	for number, want := range map[int64]string{rested: "", fresh: "Fadli", open: "Fadli"} {
		if question := got(tx.Question(number))(t); question.ShownAs != want || question.Text == "" {
			t.Errorf("Q-%d is shown under %q, want %q", number, question.ShownAs, want)
		}
	}
}
