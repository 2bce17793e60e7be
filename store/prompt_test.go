package store

import (
	"errors"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
)

// prompt keeps a prompt to a group and a person, in its first round.
func prompt(t testing.TB, tx *Tx, creator, memberID, groupID int64) council.Prompt {
	t.Helper()
	made := got(tx.CreatePrompt(council.Prompt{Text: "Siap?", Kind: council.AnswerChoice, Choices: []string{"a", "b"}, State: council.PromptWaiting,
		Targets: []council.Target{{MemberID: memberID}, {GroupID: groupID}}, CreatedBy: creator, CreatedAt: noon}))(t)
	opened := made.Open([]council.Asked{{GroupID: groupID}, {MemberID: memberID}}, council.Deadline{At: noon.Add(time.Hour), Zone: "UTC"}, noon, council.Calendar{})
	ok(t, tx.SavePrompt(opened))
	return opened
}

func TestAPromptIsReadAsItWasMade(t *testing.T) {
	tx := writing(t)
	person := people(t, tx, "Sitti")[0]
	for name, wanted := range map[string]council.Prompt{
		"once": {Text: "Setuju?", Kind: council.AnswerYesNo, Targets: []council.Target{{MemberID: person.ID}}, ShowTexts: true},
		"repeating": {Text: "Berapa?", Kind: council.AnswerNumber, Targets: []council.Target{{PositionID: 3}, {Role: council.RoleLeader}, {GroupID: 4}},
			Recurrence: &council.Recurrence{Unit: council.EveryWeek, Every: 1, Weekday: 1, Hour: 9}, Next: noon, Length: council.RoundLength{Days: 2, Minute: 960}},
		"of a task": {Text: "Sampai mana?", Kind: council.AnswerText, TaskNumber: 12},
		"choices":   {Text: "Yang mana?", Kind: council.AnswerChoice, Choices: []string{"a / b", "c"}, Targets: []council.Target{{GroupID: 4}}},
	} {
		t.Run(name, func(t *testing.T) {
			wanted.State, wanted.CreatedBy, wanted.CreatedAt = council.PromptWaiting, person.ID, noon
			made := got(tx.CreatePrompt(wanted))(t)
			wanted.Number, wanted.Version = made.Number, 1
			for _, kept := range []council.Prompt{made, got(tx.Prompt(made.Number))(t)} {
				if difference := cmp.Diff(wanted, kept); difference != "" {
					t.Errorf("kept:\n%s", difference)
				}
			}
			opened := wanted.Open([]council.Asked{{MemberID: person.ID, GroupID: 4}}, council.Deadline{At: noon.Add(time.Hour), Zone: "Asia/Makassar"}, noon, council.Calendar{})
			ok(t, tx.SavePrompt(opened))
			if difference := cmp.Diff(opened, got(tx.Prompt(made.Number))(t)); difference != "" {
				t.Errorf("opened:\n%s", difference)
			}
			withdrawn := got(opened.Withdraw(noon))(t)
			ok(t, tx.SavePrompt(withdrawn))
			if difference := cmp.Diff(withdrawn, got(tx.Prompt(made.Number))(t)); difference != "" {
				t.Errorf("withdrawn:\n%s", difference)
			}
		})
	}
	if _, err := tx.Prompt(99); !errors.Is(err, ErrNotFound) {
		t.Errorf("a prompt that is not there: %v", err)
	}
}

func TestWhoIsSilent(t *testing.T) {
	tx := writing(t)
	group := group(t, tx, -44, 0, council.KindWorkingGroup, council.Living)
	members := people(t, tx, "Sitti", "Baso", "Yuliana", "Lukas", "Fadli")
	for _, member := range members[:3] {
		ok(t, tx.SeenIn(member.ID, group.ChatID))
	}
	ok(t, tx.GrantRole(members[3].ID, council.RoleCouncil, "granted"))
	p := prompt(t, tx, members[0].ID, members[3].ID, group.ID)
	silent := func() (names []string) {
		for _, member := range got(tx.SilentMembers(p))(t) {
			names = append(names, member.Name)
		}
		return names
	}
	expect := func(when string, want ...string) {
		t.Helper()
		if names := silent(); !slices.Equal(names, want) {
			t.Errorf("%s are silent %v, not %v", when, names, want)
		}
	}
	expect("at first", "Baso", "Lukas", "Yuliana")
	ok(t, tx.SaveAnswer(p.Number, 1, council.PromptAnswer{MemberID: members[1].ID, Aside: "nanti", At: noon}, AnsweredBy{}))
	expect("after words that do not count", "Baso", "Lukas", "Yuliana")
	ok(t, tx.SaveAnswer(p.Number, 1, council.PromptAnswer{MemberID: members[1].ID, Value: "0", At: noon}, AnsweredBy{}))
	expect("after an answer", "Lukas", "Yuliana")
	ok(t, tx.Left(members[2].ID, group.ChatID))
	expect("after leaving", "Lukas")
	if waiting := got(tx.PromptsWaitingFor(members[3].ID))(t); len(waiting) != 1 || waiting[0].Number != p.Number {
		t.Errorf("waiting for Lukas: %+v", waiting)
	}
	ok(t, tx.RevokeRole(members[3].ID, council.RoleCouncil))
	expect("without any role")
	ok(t, tx.SeenIn(members[2].ID, group.ChatID))
	ok(t, tx.UnlinkGroup(group, noon))
	expect("in a group that is linked no more")
}

func TestAnswersFollowPeopleAndGroups(t *testing.T) {
	tx := writing(t)
	pokja := group(t, tx, oldChat, 0, council.KindWorkingGroup, council.Living)
	mentioned := got(tx.Mentioned("lukas_contoh"))(t)
	p := prompt(t, tx, people(t, tx, "Sitti")[0].ID, mentioned.ID, pokja.ID)
	by := AnsweredBy{ChatID: oldChat, MessageID: 7}
	ok(t, tx.SaveAnswer(p.Number, 1, council.PromptAnswer{MemberID: mentioned.ID, GroupID: pokja.ID, Value: "1", At: noon}, by))
	person := people(t, tx, "Lukas")[0]
	person = got(tx.Seen(person.TelegramID, "Lukas", "lukas_contoh", "id", noon))(t)
	if number, round, err := tx.AnsweredWith(person.ID, by); err != nil || number != p.Number || round != 1 {
		t.Errorf("the answer of a mention that became a person: P-%d, round %d, %v", number, round, err)
	}
	if asked := got(tx.Prompt(p.Number))(t).Round.Asked; !slices.Contains(asked, council.Asked{MemberID: person.ID}) {
		t.Errorf("asked: %+v", asked)
	}
	now := group(t, tx, newChat, 0, council.KindWorkingGroup, council.Living)
	ok(t, tx.Migrate(oldChat, newChat))
	moved := got(tx.Prompt(p.Number))(t)
	if !moved.AsksGroup(now.ID) || !slices.Contains(moved.Targets, council.Target{GroupID: now.ID}) {
		t.Errorf("after the group became a supergroup that was linked anew: %+v", moved)
	}
	if answer := got(tx.PromptAnswer(p.Number, 1, person.ID))(t); answer.GroupID != now.ID || answer.Value != "1" {
		t.Errorf("the answer given there: %+v", answer)
	}
	if _, _, err := tx.AnsweredWith(person.ID, AnsweredBy{ChatID: newChat, MessageID: 7}); !errors.Is(err, ErrNotFound) {
		t.Errorf("a message of the former chat is known in the new one: %v", err)
	}
}

// TestKeptAnswersEqualARecount: whatever is answered, answered again and taken as
// words only, what the database adds up to is what each one answered last.
func TestKeptAnswersEqualARecount(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rembuk.db")
	s := got(Open(t.Context(), path))(t)
	defer func() { ok(t, s.Close()) }()
	rapid.Check(t, func(r *rapid.T) {
		err := s.Update(t.Context(), func(tx *Tx) error {
			members := people(t, tx, "A", "B", "C", "D")
			p := prompt(t, tx, members[0].ID, members[1].ID, 9)
			last := map[int64]string{}
			for range rapid.IntRange(0, 30).Draw(r, "answers") {
				member := members[rapid.IntRange(0, 3).Draw(r, "member")]
				answer, err := tx.PromptAnswer(p.Number, 1, member.ID)
				if err != nil && !errors.Is(err, ErrNotFound) {
					return err
				}
				answer.MemberID, answer.At = member.ID, noon
				if value := rapid.IntRange(-1, 1).Draw(r, "value"); value < 0 {
					answer.Aside = "kata"
				} else {
					answer.Value = strconv.Itoa(value)
					last[member.ID] = answer.Value
				}
				if err := tx.SaveAnswer(p.Number, 1, answer, AnsweredBy{}); err != nil {
					return err
				}
			}
			recount := []int{0, 0}
			for _, value := range last {
				place, err := strconv.Atoi(value)
				if err != nil {
					return err
				}
				recount[place]++
			}
			answers, err := tx.PromptAnswers(p.Number, 1)
			if tally := council.TallyAnswers(p, answers); tally.Answers != len(last) || !slices.Equal(tally.Options, recount) {
				r.Fatalf("kept %+v, recounted %v", tally, recount)
			}
			return err
		})
		if err != nil {
			r.Fatal(err)
		}
	})
}
