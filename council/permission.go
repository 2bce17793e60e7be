package council

import "slices"

// Action is something a person may try to do, by command, reply or button.
type Action string

// Actions. The commands and buttons that mean them stand behind each.
const (
	ActionIdea         Action = "idea"          // /ide
	ActionSupport      Action = "support"       // /dukung
	ActionAsk          Action = "ask"           // /tanya
	ActionOwnReminders Action = "own_reminders" // /ingatkan, /pengingat, /cuti, snoozing
	ActionOwnData      Action = "own_data"      // /privasi, /data_saya, /hapus_data
	ActionOwnProfile   Action = "own_profile"   // /profil, /bahasa in private
	ActionStatusOwn    Action = "status_own"    // /status, /tugas: what is the person's own
	ActionUndo         Action = "undo"          // /urungkan: a change of one's own
	ActionSeeHolidays  Action = "see_holidays"  // /libur
	ActionNews         Action = "news"          // /pengumuman, [Sudah dibaca]

	ActionSeeTask     Action = "see_task"     // /status T-12, /tugas in a group, [Riwayat]
	ActionSearch      Action = "search"       // /cari; what is found is filtered by ActionSeeTask
	ActionDigest      Action = "digest"       // /rekap
	ActionStatusGroup Action = "status_group" // /status lingkungan
	ActionComment     Action = "comment"      // a reply to the card
	ActionTake        Action = "take"         // /ambil, [Ambil]
	ActionReport      Action = "report"       // /progres
	ActionObstruct    Action = "obstruct"     // /kendala
	ActionSubmit      Action = "submit"       // /selesai
	ActionEvidence    Action = "evidence"     // /bukti, a file for a task

	ActionAcknowledge Action = "acknowledge" // [Siap]

	ActionCreateTask Action = "create_task" // /tugas_baru
	ActionCorrect    Action = "correct"     // editing the command that made a task
	ActionAssign     Action = "assign"      // /disposisi
	ActionReschedule Action = "reschedule"  // /tenggat T-12, [Ubah tenggat]
	ActionCancel     Action = "cancel"      // [Batalkan]
	ActionShare      Action = "share"       // /disposisi … bersama Pokja …
	ActionWait       Action = "wait"        // /tunggu

	ActionAnswer       Action = "answer"        // /jawab
	ActionInviteAnswer Action = "invite_answer" // [Kirim + undangan]
	ActionScoreIdea    Action = "score_idea"    // [Nilai]
	ActionScoreFor     Action = "score_for"     // /telaah I-1 atas nama …
	ActionDecideIdea   Action = "decide_idea"   // /putuskan
	ActionMergeIdea    Action = "merge_idea"    // /satukan
	ActionReviewIdea   Action = "review_idea"   // /telaah: opening a review

	ActionSeeEvaluation Action = "see_evaluation" // /evaluasi, /status E-1

	ActionSeeMeeting Action = "see_meeting" // /rapat, /tindak_lanjut
	ActionRespond    Action = "respond"     // /hadir, [Hadir], proposing a topic
	ActionMinutes    Action = "minutes"     // /notulen, /keputusan, the attendance of others, the agenda
	ActionMeeting    Action = "meeting"     // /rapat_baru, moving and cancelling

	ActionInvolvement Action = "involvement" // /keterlibatan

	ActionDirect Action = "direct" // one tap after an escalation

	ActionCheck          Action = "check"          // [Sesuai], [Perlu diperbaiki]
	ActionReopen         Action = "reopen"         // an ended task
	ActionEvaluation     Action = "evaluation"     // /evaluasi_baru, /tenggat E-1
	ActionRecommendation Action = "recommendation" // /rekomendasi
	ActionPrompt         Action = "prompt"         // /pemantik
	ActionPoll           Action = "poll"           // /jajak
	ActionAnnouncement   Action = "announcement"   // /umumkan
	ActionLinkGroup      Action = "link_group"     // /hubungkan, and undoing it
	ActionSetRole        Action = "set_role"       // /peran
	ActionHandover       Action = "handover"       // /serah_terima
	ActionSettings       Action = "settings"       // /pengaturan, /libur, /bahasa of a group
	ActionStatusCity     Action = "status_city"    // /status of the whole city
	ActionExport         Action = "export"         // /ekspor, /jejak
	ActionPrivacy        Action = "privacy"        // what people ask about their own data, what they agreed to
)

// Scope says where the thing stands that somebody wants to act on.
type Scope struct {
	// GroupID is the group of the thing: where a task's card stands or is to
	// stand, the group a question was put to. 0 if there is none.
	GroupID int64
	// Partners are the other groups to which the thing belongs in the same way.
	Partners []int64
	// Assigned: the actor is an assignee, or the task is assigned to a group
	// in which the actor is seen. For a search: there is at least one such task.
	// For a meeting: the actor is invited; for its minutes: leads it or writes them.
	// For one's own data: something is kept of the actor.
	Assigned bool
}

// rule decides one row of the table; it is asked only about people who hold a role.
type rule func(Actor, Scope) (bool, string)

// rules is the table "Who may do what" of product.md, row by row.
var rules = map[Action]rule{
	ActionIdea: everyMember, ActionSupport: everyMember, ActionAsk: everyMember,
	ActionOwnReminders: everyMember, ActionOwnData: everyMember, ActionOwnProfile: everyMember,
	ActionStatusOwn: everyMember, ActionUndo: everyMember, ActionSeeHolidays: everyMember, ActionNews: everyMember,

	ActionSeeTask: takingPart, ActionSearch: takingPart, ActionDigest: takingPart,
	ActionStatusGroup: takingPart, ActionComment: takingPart, ActionTake: takingPart,
	ActionReport: takingPart, ActionObstruct: takingPart, ActionSubmit: takingPart,
	ActionEvidence: takingPart,

	ActionAcknowledge: assigneeOnly,

	ActionCreateTask: managing, ActionCorrect: managing, ActionAssign: managing,
	ActionReschedule: managing, ActionCancel: managing,
	ActionShare: managing, ActionWait: managing,

	ActionAnswer: answering, ActionInviteAnswer: invitingWithAnswer, ActionScoreIdea: deliberating, ActionDecideIdea: deliberating,

	ActionSeeEvaluation: staffOnly,
	ActionSeeMeeting:    staffOrInvited,
	ActionRespond:       invitedOnly,
	ActionMinutes:       writingOnly,
	ActionInvolvement:   overseeing,
	ActionDirect:        leading,

	ActionMeeting: coordinatorOnly,

	ActionMergeIdea: coordinatorOnly, ActionReviewIdea: coordinatorOnly, ActionScoreFor: coordinatorOnly,
	ActionCheck: coordinatorOnly, ActionReopen: coordinatorOnly, ActionEvaluation: coordinatorOnly,
	ActionRecommendation: coordinatorOnly, ActionPrompt: coordinatorOnly, ActionPoll: coordinatorOnly,
	ActionAnnouncement: coordinatorOnly, ActionLinkGroup: coordinatorOnly, ActionSetRole: coordinatorOnly, ActionHandover: coordinatorOnly,
	ActionSettings: coordinatorOnly, ActionStatusCity: coordinatorOnly, ActionExport: coordinatorOnly, ActionPrivacy: coordinatorOnly,
}

// openOutside is what people outside every group may do about what is theirs: who was
// invited to a meeting by name may answer and see that meeting, and of whom something is
// kept may see it and decide about it.
var openOutside = map[Action]bool{ActionRespond: true, ActionSeeMeeting: true, ActionOwnData: true}

// May tells whether the actor may do this here, and the named reason: the right
// that allows it ("coordinator", "leader", "council", "own_group", "assigned",
// "member", "on_behalf", "staff", "invited") or what stands against it ("stranger",
// "not_assigned", "other_group", "not_assignee", "not_for_community",
// "council_only", "leader_only", "coordinator_only", "not_invited", "not_scribe",
// "unknown_action"). Whether the state of the thing allows it is for the thing to say.
func May(actor Actor, action Action, where Scope) (bool, string) {
	if actor.IsStranger() && !(where.Assigned && openOutside[action]) {
		return false, "stranger"
	}
	decide, known := rules[action]
	if !known {
		return false, "unknown_action"
	}
	return decide(actor, where)
}

func everyMember(Actor, Scope) (bool, string) { return true, "member" }

// takingPart is the row of those who see and do the work of a group.
func takingPart(actor Actor, where Scope) (bool, string) {
	if role, found := everywhere(actor); found {
		return true, string(role)
	}
	if actor.worksInOne(where) {
		return true, "own_group"
	}
	if where.Assigned {
		return true, "assigned"
	}
	if actor.Has(RoleWorkingGroup) {
		return false, "other_group"
	}
	return false, "not_assigned"
}

// assigneeOnly: nobody can promise for somebody else, not even a coordinator.
func assigneeOnly(_ Actor, where Scope) (bool, string) {
	if where.Assigned {
		return true, "assigned"
	}
	return false, "not_assignee"
}

// managing is the row of those who give out work. Being assigned does not help:
// an assignee of another group's task may do it, not cancel it.
func managing(actor Actor, where Scope) (bool, string) {
	if role, found := everywhere(actor); found {
		return true, string(role)
	}
	if actor.worksInOne(where) {
		return true, "own_group"
	}
	if actor.Has(RoleWorkingGroup) {
		return false, "other_group"
	}
	return false, "not_for_community"
}

// answering: a working group answers what was put to it.
func answering(actor Actor, where Scope) (bool, string) {
	if may, reason := deliberating(actor, where); may {
		return true, reason
	}
	return managing(actor, where)
}

// invitingWithAnswer: whoever answers may invite with it, but not a member of a community
// who was asked alone.
func invitingWithAnswer(actor Actor, where Scope) (bool, string) {
	if where.Assigned {
		return staffOnly(actor, where)
	}
	return answering(actor, where)
}

// deliberating belongs to council and leaders; a coordinator records on their behalf.
func deliberating(actor Actor, _ Scope) (bool, string) {
	switch {
	case actor.Has(RoleLeader):
		return true, string(RoleLeader)
	case actor.Has(RoleCouncil):
		return true, string(RoleCouncil)
	case actor.Coordinates():
		return true, "on_behalf"
	}
	return false, "council_only"
}

// staffOnly: working groups, council and leaders are told how an evaluation
// stands by its reminders, so they may ask as well.
func staffOnly(actor Actor, _ Scope) (bool, string) {
	if role, found := everywhere(actor); found {
		return true, string(role)
	}
	if actor.Has(RoleWorkingGroup) {
		return true, "staff"
	}
	return false, "not_for_community"
}

// staffOrInvited: staff see every meeting, communities those to which they are invited.
func staffOrInvited(actor Actor, where Scope) (bool, string) {
	if where.Assigned {
		return true, "invited"
	}
	if may, reason := staffOnly(actor, where); may {
		return true, reason
	}
	return false, "not_invited"
}

// invitedOnly: nobody can promise to come for somebody else.
func invitedOnly(_ Actor, where Scope) (bool, string) {
	if where.Assigned {
		return true, "invited"
	}
	return false, "not_invited"
}

// writingOnly: whoever leads a meeting or takes its minutes, and coordinators.
func writingOnly(actor Actor, where Scope) (bool, string) {
	if where.Assigned {
		return true, "assigned"
	}
	if actor.Coordinates() {
		return true, string(RoleCoordinator)
	}
	return false, "not_scribe"
}

// overseeing: who looks after all groups sees them side by side.
func overseeing(actor Actor, _ Scope) (bool, string) {
	if role, found := everywhere(actor); found {
		return true, string(role)
	}
	return false, "council_only"
}

func leading(actor Actor, _ Scope) (bool, string) {
	if actor.Coordinates() || actor.Has(RoleLeader) {
		role, _ := everywhere(actor)
		return true, string(role)
	}
	return false, "leader_only"
}

func coordinatorOnly(actor Actor, _ Scope) (bool, string) {
	if actor.Coordinates() {
		return true, string(RoleCoordinator)
	}
	return false, "coordinator_only"
}

// everywhere names the highest role of the actor that is bound to no group.
func everywhere(actor Actor) (Role, bool) {
	for _, role := range []Role{RoleCoordinator, RoleLeader, RoleCouncil} {
		if actor.Has(role) {
			return role, true
		}
	}
	return "", false
}

// worksInOne tells whether the actor works in one of the groups of the thing.
func (a Actor) worksInOne(where Scope) bool {
	return a.worksIn(where.GroupID) || slices.ContainsFunc(where.Partners, a.worksIn)
}

// worksIn tells whether this is a group in which the actor has a working
// group's rights: a working group's or the secretariat's in which the person is
// seen, or any in which the person is seen who was given the role by /peran.
func (a Actor) worksIn(groupID int64) bool {
	for _, group := range a.Groups {
		if group.ID == groupID {
			return group.Kind.Role() == RoleWorkingGroup || a.granted(RoleWorkingGroup)
		}
	}
	return false
}

func (a Actor) granted(role Role) bool {
	for _, granted := range a.Granted {
		if granted == role {
			return true
		}
	}
	return false
}
