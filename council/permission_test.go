package council

import (
	"slices"
	"strings"
	"testing"
)

// Groups of the table below.
var (
	ownGroup     = Group{ID: 1, Kind: KindWorkingGroup, Dimension: Environment}
	otherGroup   = Group{ID: 2, Kind: KindWorkingGroup, Dimension: Economy}
	forum        = Group{ID: 3, Kind: KindCommunity}
	councilGroup = Group{ID: 4, Kind: KindCouncil}
	secretariat  = Group{ID: 5, Kind: KindSecretariat}
)

// people are the columns: who asks.
var people = map[string]Actor{
	"stranger":    {},
	"community":   {Groups: []Group{forum}},
	"working":     {Groups: []Group{ownGroup}},
	"council":     {Groups: []Group{councilGroup}},
	"leader":      {Granted: []Role{RoleLeader}},
	"coordinator": {Granted: []Role{RoleCoordinator}},
}

// scopes are tried for every person: the own group of the working group member,
// another one, no group at all, each assigned and not, and what several groups share.
var scopes = map[string]Scope{
	"own": {GroupID: 1}, "own assigned": {GroupID: 1, Assigned: true},
	"other": {GroupID: 2}, "other assigned": {GroupID: 2, Assigned: true},
	"none": {}, "none assigned": {Assigned: true},
	"shared with own": {GroupID: 2, Partners: []int64{6, 1}}, "shared with others": {GroupID: 2, Partners: []int64{6, 7}},
}

// permissionTable is "Who may do what" of product.md. A cell says in which
// scopes: yes, no, assigned, own (group), own|assigned.
const permissionTable = `
action          stranger  community  working       council   leader    coordinator
idea            no        yes        yes           yes       yes       yes
support         no        yes        yes           yes       yes       yes
ask             no        yes        yes           yes       yes       yes
own_reminders   no        yes        yes           yes       yes       yes
own_data        assigned  yes        yes           yes       yes       yes
own_profile     no        yes        yes           yes       yes       yes
status_own      no        yes        yes           yes       yes       yes
undo            no        yes        yes           yes       yes       yes
see_holidays    no        yes        yes           yes       yes       yes
news            no        yes        yes           yes       yes       yes
see_task        no        assigned   own|assigned  yes       yes       yes
search          no        assigned   own|assigned  yes       yes       yes
digest          no        assigned   own|assigned  yes       yes       yes
status_group    no        assigned   own|assigned  yes       yes       yes
comment         no        assigned   own|assigned  yes       yes       yes
take            no        assigned   own|assigned  yes       yes       yes
report          no        assigned   own|assigned  yes       yes       yes
obstruct        no        assigned   own|assigned  yes       yes       yes
submit          no        assigned   own|assigned  yes       yes       yes
evidence        no        assigned   own|assigned  yes       yes       yes
acknowledge     no        assigned   assigned      assigned  assigned  assigned
create_task     no        no         own           yes       yes       yes
correct         no        no         own           yes       yes       yes
assign          no        no         own           yes       yes       yes
reschedule      no        no         own           yes       yes       yes
cancel          no        no         own           yes       yes       yes
share           no        no         own           yes       yes       yes
wait            no        no         own           yes       yes       yes
answer          no        no         own           yes       yes       yes
invite_answer   no        no         own|assigned  yes       yes       yes
score_idea      no        no         no            yes       yes       yes
score_for       no        no         no            no        no        yes
decide_idea     no        no         no            yes       yes       yes
review_idea     no        no         no            no        no        yes
merge_idea      no        no         no            no        no        yes
see_evaluation  no        no         yes           yes       yes       yes
see_meeting     assigned      assigned   yes           yes       yes       yes
respond         assigned      assigned   assigned      assigned  assigned  assigned
minutes         no        assigned   assigned      assigned  assigned  yes
meeting         no        no         no            no        no        yes
involvement     no        no         no            yes       yes       yes
direct          no        no         no            no        yes       yes
check           no        no         no            no        no        yes
reopen          no        no         no            no        no        yes
evaluation      no        no         no            no        no        yes
recommendation  no        no         no            no        no        yes
prompt          no        no         no            no        no        yes
announcement    no        no         no            no        no        yes
poll            no        no         no            no        no        yes
link_group      no        no         no            no        no        yes
set_role        no        no         no            no        no        yes
handover        no        no         no            no        no        yes
settings        no        no         no            no        no        yes
status_city     no        no         no            no        no        yes
export          no        no         no            no        no        yes
privacy         no        no         no            no        no        yes`

func allowedBy(cell string, where Scope) bool {
	for part := range strings.SplitSeq(cell, "|") {
		if part == "yes" || part == "assigned" && where.Assigned || part == "own" && (where.GroupID == ownGroup.ID || slices.Contains(where.Partners, ownGroup.ID)) {
			return true
		}
	}
	return false
}

func TestEveryCellOfThePermissionTable(t *testing.T) {
	lines := strings.Split(strings.TrimSpace(permissionTable), "\n")
	header := strings.Fields(lines[0])
	tested := map[Action]bool{}
	for _, line := range lines[1:] {
		cells := strings.Fields(line)
		action := Action(cells[0])
		tested[action] = true
		for column := 1; column < len(header); column++ {
			for name, where := range scopes {
				t.Run(cells[0]+"/"+header[column]+"/"+name, func(t *testing.T) {
					got, reason := May(people[header[column]], action, where)
					if want := allowedBy(cells[column], where); got != want || reason == "" {
						t.Fatalf("got %v (%s), want %v", got, reason, want)
					}
				})
			}
		}
	}
	for action := range rules {
		if !tested[action] {
			t.Errorf("%s stands in no row of the table", action)
		}
	}
}

func TestNamedReasons(t *testing.T) {
	both := Actor{Granted: []Role{RoleCoordinator}, Groups: []Group{councilGroup}}
	grantedInForum := Actor{Granted: []Role{RoleWorkingGroup}, Groups: []Group{forum}}
	staff := Actor{Groups: []Group{secretariat}}
	mixed := Actor{Groups: []Group{forum, ownGroup}}
	tests := []struct {
		name   string
		actor  Actor
		action Action
		where  Scope
		may    bool
		reason string
	}{
		{"a stranger who is assigned", Actor{}, ActionAcknowledge, Scope{Assigned: true}, false, "stranger"},
		{"an action nobody knows", both, "fly", Scope{}, false, "unknown_action"},
		{"a coordinator cannot promise for others", both, ActionAcknowledge, Scope{GroupID: 1}, false, "not_assignee"},
		{"a coordinator records a decision", people["coordinator"], ActionDecideIdea, Scope{}, true, "on_behalf"},
		{"a coordinator in the council decides", both, ActionDecideIdea, Scope{}, true, "council"},
		{"the highest role is the reason", both, ActionSeeTask, Scope{}, true, "coordinator"},
		{"the secretariat works in its own group", staff, ActionCreateTask, Scope{GroupID: 5}, true, "own_group"},
		{"the secretariat does not check", staff, ActionCheck, Scope{GroupID: 5}, false, "coordinator_only"},
		{"the role by /peran counts where one is seen", grantedInForum, ActionCreateTask, Scope{GroupID: 3}, true, "own_group"},
		{"seen in the forum does not mean working there", mixed, ActionCreateTask, Scope{GroupID: 3}, false, "other_group"},
		{"a card without a group belongs to no working group", people["working"], ActionCreateTask, Scope{}, false, "other_group"},
		{"community does not give out work", people["community"], ActionCreateTask, Scope{GroupID: 3}, false, "not_for_community"},
		{"community sees only what it is assigned", people["community"], ActionSeeTask, Scope{GroupID: 3}, false, "not_assigned"},
		{"assigned in another group", people["working"], ActionSubmit, Scope{GroupID: 2, Assigned: true}, true, "assigned"},
		{"assigned in another group cannot cancel", people["working"], ActionCancel, Scope{GroupID: 2, Assigned: true}, false, "other_group"},
		{"the council does not direct", people["council"], ActionDirect, Scope{}, false, "leader_only"},
		{"a working group does not decide", people["working"], ActionDecideIdea, Scope{GroupID: 1}, false, "council_only"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			may, reason := May(test.actor, test.action, test.where)
			if may != test.may || reason != test.reason {
				t.Fatalf("got %v %s, want %v %s", may, reason, test.may, test.reason)
			}
		})
	}
}
