package council

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func absent(hours time.Duration) Absence {
	return Absence{ID: 7, From: at("2026-06-08 06:00").Add(-hours), Until: at("2026-06-08 06:00")}
}

func TestWhatAnAbsenceMeant(t *testing.T) {
	tests := []struct {
		name        string
		lasted      time.Duration
		tells, lost bool
	}{
		{"a short one", time.Hour - time.Second, false, false},
		{"an hour", time.Hour, true, false},
		{"as long as Telegram keeps messages", 24 * time.Hour, true, false},
		{"longer", 24*time.Hour + time.Second, true, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if absence := absent(test.lasted); absence.Tells() != test.tells || absence.Lost() != test.lost {
				t.Fatalf("tells %v, lost %v", absence.Tells(), absence.Lost())
			}
		})
	}
}

func TestWhoIsToldOfAnAbsence(t *testing.T) {
	gone := secretariat
	gone.Reachable = false
	here, second := secretariat, secretariat
	here.Reachable, second.Reachable, second.ID = true, true, 50
	told := func(audience Audience, groupID int64) Reminder {
		return Reminder{Subject: Reference{'B', 7}, Step: StepAbsence, Audience: audience, GroupID: groupID, Anchor: at("2026-06-08 06:00"), Due: at("2026-06-08 06:00")}
	}
	tests := []struct {
		name   string
		lasted time.Duration
		groups []Group
		want   []Reminder
	}{
		{"the secretariat", 2 * time.Hour, []Group{ownGroup, councilGroup, here}, []Reminder{told(ToGroup, here.ID)}},
		{"each of its groups", 30 * time.Hour, []Group{here, second}, []Reminder{told(ToGroup, here.ID), told(ToGroup, second.ID)}},
		{"nobody where it has none and nothing is lost", 2 * time.Hour, []Group{ownGroup}, nil},
		{"coordinators where messages are lost", 30 * time.Hour, []Group{ownGroup}, []Reminder{told(ToCoordinator, 0)}},
		{"and where the bot is in it no more", 30 * time.Hour, []Group{gone}, []Reminder{told(ToCoordinator, 0)}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if difference := cmp.Diff(test.want, absent(test.lasted).Plan(test.groups)); difference != "" {
				t.Fatal(difference)
			}
		})
	}
}

func TestDecidingAboutAnAbsence(t *testing.T) {
	tests := []struct {
		name, now string
		verdict   Verdict
		reason    string
		until     string
	}{
		{"in the night", "2026-06-08 06:00", Wait, "quiet_time", "2026-06-08 07:30"},
		{"by day", "2026-06-08 10:00", Say, "due", ""},
		{"a week later", "2026-06-15 06:00", Wait, "quiet_time", "2026-06-15 07:30"},
		{"and a minute", "2026-06-15 06:01", Drop, "lost_its_point", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			check(t, DecideAbsence(absent(3*time.Hour), at(test.now), timing2026()), test.verdict, test.reason, test.until)
		})
	}
}
