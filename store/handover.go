package store

import (
	"encoding/json"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

const handoverColumns = `number, coalesce((SELECT same_as FROM member WHERE id = from_id), from_id), coalesce((SELECT same_as FROM member WHERE id = to_id), to_id), by_id, state, things, at`

func scanHandover(row scanner) (council.Handover, error) {
	var h council.Handover
	var things string
	var at int64
	err := row.Scan(&h.Number, &h.From, &h.To, &h.By, &h.State, &things, &at)
	h.Things, h.At = strings.Fields(things), moment(at)
	return h, err
}

// CreateHandover keeps a handover and gives it its number.
func (tx *Tx) CreateHandover(h council.Handover) (council.Handover, error) {
	var err error
	h.Number, err = tx.insert(`INSERT INTO handover (from_id, to_id, by_id, state, things, at) VALUES (?, ?, ?, ?, ?, ?)`,
		h.From, h.To, h.By, h.State, strings.Join(h.Things, " "), milliseconds(h.At))
	return h, err
}

// SaveHandover keeps a change of a handover.
func (tx *Tx) SaveHandover(h council.Handover) error {
	return tx.run(`UPDATE handover SET to_id = ?, by_id = ?, state = ?, things = ?, at = ? WHERE number = ?`,
		h.To, h.By, h.State, strings.Join(h.Things, " "), milliseconds(h.At), h.Number)
}

// Handover finds a handover; ErrNotFound if there is none with this number.
func (tx *Tx) Handover(number int64) (council.Handover, error) {
	return one(tx, scanHandover, `SELECT `+handoverColumns+` FROM handover WHERE number = ?`, number)
}

// HandoversWaiting lists those of a member that are asked about, or looked at.
func (tx *Tx) HandoversWaiting(memberID int64) ([]council.Handover, error) {
	return all(tx, scanHandover, `SELECT `+handoverColumns+` FROM handover WHERE from_id`+whose+` AND state IN ('asked', 'shown') ORDER BY number`, memberID)
}

// HandoversSettledBy lists those that were asked about, or looked at, until one was done.
func (tx *Tx) HandoversSettledBy(done council.Handover) ([]council.Handover, error) {
	return all(tx, scanHandover, `SELECT `+handoverColumns+` FROM handover WHERE from_id`+whose+` AND state = 'settled' AND at = ?2 ORDER BY number`,
		done.From, milliseconds(done.At))
}

// HandoverSettling finds what settled one that was asked about, or looked at; ErrNotFound
// if it is there no more.
func (tx *Tx) HandoverSettling(settled council.Handover) (council.Handover, error) {
	return one(tx, scanHandover, `SELECT `+handoverColumns+` FROM handover WHERE from_id`+whose+` AND state = 'done' AND at = ?2 ORDER BY number DESC LIMIT 1`,
		settled.From, milliseconds(settled.At))
}

// HandedOver is a thing that was moved, as it was before.
type HandedOver struct {
	Thing   string          // its reference, "T-12"
	Version int64           // after it was moved; 0 where it has none
	Before  json.RawMessage // as it was
	After   json.RawMessage `json:",omitempty"` // where it has no version
}

// KeepHandedOver keeps how things were before a handover.
func (tx *Tx) KeepHandedOver(number int64, things []HandedOver) error {
	kept, err := json.Marshal(things)
	if err != nil {
		return err
	}
	return tx.run(`UPDATE handover SET snapshot = ? WHERE number = ?`, string(kept), number)
}

// HandedOver lists how things were before a handover; none when that was forgotten.
func (tx *Tx) HandedOver(number int64) (things []HandedOver, err error) {
	kept, err := one(tx, scalar[string], `SELECT snapshot FROM handover WHERE number = ?`, number)
	if err != nil || kept == "" {
		return nil, err
	}
	return things, json.Unmarshal([]byte(kept), &things)
}

// PruneHandovers forgets how things were before handovers made before a moment, and
// what was only looked at then.
func (tx *Tx) PruneHandovers(before time.Time) error {
	if err := tx.run(`UPDATE handover SET snapshot = '' WHERE snapshot <> '' AND at < ?`, milliseconds(before)); err != nil {
		return err
	}
	return tx.run(`DELETE FROM handover WHERE state IN ('shown', 'settled') AND at < ?`, milliseconds(before.AddDate(0, 0, -1)))
}

// SetRests records whether a member has handed everything over and is not written to
// unasked.
func (tx *Tx) SetRests(memberID int64, rests bool) error {
	return tx.run(`UPDATE member SET rests = ? WHERE id = ? AND rests <> ?`, rests, memberID, rests)
}

// Rise lets members be written to again who had handed everything over.
func (tx *Tx) Rise(memberIDs []int64) error {
	return tx.run(`UPDATE member SET rests = 0 WHERE rests = 1 AND id IN (SELECT value FROM json_each(?))`, idList(memberIDs))
}

// PromptsAskingByName lists the living prompts that are put to a member by name.
func (tx *Tx) PromptsAskingByName(memberID int64) ([]council.Prompt, error) {
	return tx.promptsNumbered(`SELECT number FROM prompt WHERE state IN ('open', 'waiting') AND (
		EXISTS (SELECT 1 FROM prompt_target WHERE prompt_number = prompt.number AND member_id = ?1)
		OR EXISTS (SELECT 1 FROM prompt_asked WHERE prompt_number = prompt.number AND prompt_asked.round = prompt.round AND member_id = ?1)) ORDER BY number`, memberID)
}

// SetPromptTargets makes those to whom a prompt is put the ones given.
func (tx *Tx) SetPromptTargets(p council.Prompt) error {
	if err := tx.run(`DELETE FROM prompt_target WHERE prompt_number = ?`, p.Number); err != nil {
		return err
	}
	for _, target := range p.Targets {
		if err := tx.run(`INSERT INTO prompt_target (prompt_number, member_id, group_id, role, position_id) VALUES (?, `+sameMember+`, ?, ?, ?) ON CONFLICT DO NOTHING`,
			p.Number, target.MemberID, target.MemberID, target.GroupID, target.Role, target.PositionID); err != nil {
			return err
		}
	}
	return nil
}

// QuestionsTo lists the open questions that are put to a member by name.
func (tx *Tx) QuestionsTo(memberID int64) ([]council.Question, error) {
	return numbered(tx, tx.Question, `SELECT number FROM question WHERE to_member = ? AND state IN ('sent', 'waiting', 'clarifying') ORDER BY number`, memberID)
}

// MeetingsWith lists the meetings that a member leads or writes for or is invited to by
// name, and that are not over: to come, or without minutes that are agreed.
func (tx *Tx) MeetingsWith(memberID int64) ([]council.Meeting, error) {
	return numbered(tx, tx.Meeting, `SELECT number FROM meeting WHERE state IN ('planned', 'held') AND minutes_state <> 'agreed' AND (
		coalesce((SELECT same_as FROM member WHERE id = chair_id), chair_id) = ?1
		OR coalesce((SELECT same_as FROM member WHERE id = scribe_id), scribe_id) = ?1
		OR EXISTS (SELECT 1 FROM meeting_guest WHERE meeting_guest.number = meeting.number AND member_id = ?1 AND by_name = 1)) ORDER BY number`, memberID)
}

func numbered[T any](tx *Tx, find func(int64) (T, error), query string, arguments ...any) ([]T, error) {
	numbers, err := all(tx, scalar[int64], query, arguments...)
	if err != nil {
		return nil, err
	}
	things := make([]T, len(numbers))
	for i, number := range numbers {
		if things[i], err = find(number); err != nil {
			return nil, err
		}
	}
	return things, nil
}

// GrantedRole is a role of a member, and from where it comes: owners, claim, granted or
// position; the empty Source: the member has it not.
type GrantedRole struct {
	Role   council.Role
	Source string
}

// GrantedRoles lists the roles that a member was given, but for what positions give.
func (tx *Tx) GrantedRoles(memberID int64) ([]GrantedRole, error) {
	return all(tx, func(row scanner) (GrantedRole, error) {
		var g GrantedRole
		err := row.Scan(&g.Role, &g.Source)
		return g, err
	}, `SELECT role, source FROM role WHERE member_id = ? AND source <> 'position' ORDER BY role`, memberID)
}

// OwnWaiting lists what waits to be said to one member alone, as for the end of a leave,
// but for what that member asked for.
func (tx *Tx) OwnWaiting(memberID int64) ([]council.Reminder, error) {
	return all(tx, scanReminder, `SELECT `+reminderColumns+` FROM reminder WHERE state = 'waiting' AND member_id = ? AND subject NOT LIKE 'N-%' ORDER BY id`, memberID)
}

// ForgetWaiting takes back reminders that wait.
func (tx *Tx) ForgetWaiting(reminders []council.Reminder) error {
	for _, reminder := range reminders {
		if err := tx.run(`DELETE FROM reminder WHERE id = ? AND state = 'waiting'`, reminder.ID); err != nil {
			return err
		}
	}
	return nil
}

// Colleagues lists, by name, some of the members who work for the programme: by a role
// or in a linked group that is no community's. One of them may be left out.
func (tx *Tx) Colleagues(except int64, offset, limit int) ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE id <> ?1 AND same_as IS NULL AND rests = 0 AND (name <> '' OR username <> '')
		AND (EXISTS (SELECT 1 FROM role WHERE role.member_id = member.id AND role <> 'community')
		OR EXISTS (SELECT 1 FROM membership JOIN linked_group USING (chat_id) WHERE membership.member_id = member.id AND linked = 1 AND kind <> 'community'))
		ORDER BY name, username, id LIMIT ?2 OFFSET ?3`, except, limit, offset)
}
