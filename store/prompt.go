package store

import (
	"database/sql"
	"encoding/json"
	"time"

	"github.com/rembuk/rembuk/council"
)

const promptColumns = `number, text, kind, choices, show_texts, task_number, recurrence, next_at, length_days, length_minute, state, round,
	created_by, created_at, version`

func scanPrompt(row scanner) (council.Prompt, error) {
	var p council.Prompt
	var choices, recurrence string
	var next sql.NullInt64
	var created int64
	err := row.Scan(&p.Number, &p.Text, &p.Kind, &choices, &p.ShowTexts, &p.TaskNumber, &recurrence, &next, &p.Length.Days, &p.Length.Minute,
		&p.State, &p.Round.Number, &p.CreatedBy, &created, &p.Version)
	if err != nil {
		return p, err
	}
	p.Next, p.CreatedAt = optionalMoment(next), moment(created)
	if choices != "" {
		if err := json.Unmarshal([]byte(choices), &p.Choices); err != nil {
			return p, err
		}
	}
	if recurrence != "" {
		err = json.Unmarshal([]byte(recurrence), &p.Recurrence)
	}
	return p, err
}

// CreatePrompt keeps a new prompt with those it is put to, and gives it its number.
func (tx *Tx) CreatePrompt(p council.Prompt) (council.Prompt, error) {
	recurrence, err := recurrenceText(p.Recurrence)
	if err != nil {
		return p, err
	}
	choices, err := choicesText(p.Choices)
	if err != nil {
		return p, err
	}
	p.Version = 1
	p.Number, err = tx.insert(`INSERT INTO prompt (text, kind, choices, show_texts, task_number, recurrence, next_at, length_days, length_minute,
		state, round, created_by, created_at, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		p.Text, p.Kind, choices, p.ShowTexts, p.TaskNumber, recurrence, optional(p.Next), p.Length.Days, p.Length.Minute,
		p.State, p.Round.Number, p.CreatedBy, milliseconds(p.CreatedAt), p.Version)
	if err != nil {
		return p, err
	}
	for _, target := range p.Targets {
		if err := tx.run(`INSERT INTO prompt_target (prompt_number, member_id, group_id, role, position_id) VALUES (?, `+sameMember+`, ?, ?, ?) ON CONFLICT DO NOTHING`,
			p.Number, target.MemberID, target.MemberID, target.GroupID, target.Role, target.PositionID); err != nil {
			return p, err
		}
	}
	return p, nil
}

func choicesText(choices []string) (string, error) {
	if len(choices) == 0 {
		return "", nil
	}
	text, err := json.Marshal(choices)
	return string(text), err
}

// SavePrompt keeps a prompt as a change has left it, with its present round. Whom
// it is put to, and how it is answered, stay as they were made.
func (tx *Tx) SavePrompt(p council.Prompt) error {
	if err := tx.run(`UPDATE prompt SET next_at = ?, state = ?, round = ?, version = ? WHERE number = ?`,
		optional(p.Next), p.State, p.Round.Number, p.Version, p.Number); err != nil {
		return err
	}
	if p.Round.Number == 0 {
		return nil
	}
	if err := tx.run(`INSERT INTO prompt_round (prompt_number, round, opened_at, deadline_at, deadline_zone, closed_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (prompt_number, round) DO UPDATE SET deadline_at = excluded.deadline_at, deadline_zone = excluded.deadline_zone, closed_at = excluded.closed_at`,
		p.Number, p.Round.Number, milliseconds(p.Round.OpenedAt), optional(p.Round.Deadline.At), p.Round.Deadline.Zone, optional(p.Round.ClosedAt)); err != nil {
		return err
	}
	return tx.keepAsked(p)
}

// keepAsked makes those who are asked in the present round the ones given.
func (tx *Tx) keepAsked(p council.Prompt) error {
	if err := tx.run(`DELETE FROM prompt_asked WHERE prompt_number = ? AND round = ?`, p.Number, p.Round.Number); err != nil {
		return err
	}
	for _, asked := range p.Round.Asked {
		if err := tx.run(`INSERT INTO prompt_asked (prompt_number, round, member_id, group_id) VALUES (?, ?, `+sameMember+`, ?) ON CONFLICT DO NOTHING`,
			p.Number, p.Round.Number, asked.MemberID, asked.MemberID, asked.GroupID); err != nil {
			return err
		}
	}
	return nil
}

// Prompt finds a prompt with its present round.
func (tx *Tx) Prompt(number int64) (council.Prompt, error) {
	p, err := one(tx, scanPrompt, `SELECT `+promptColumns+` FROM prompt WHERE number = ?`, number)
	if err != nil {
		return p, err
	}
	p.Targets, err = all(tx, func(row scanner) (council.Target, error) {
		var t council.Target
		err := row.Scan(&t.MemberID, &t.GroupID, &t.Role, &t.PositionID)
		return t, err
	}, `SELECT member_id, group_id, role, position_id FROM prompt_target WHERE prompt_number = ?`, number)
	if err != nil || p.Round.Number == 0 {
		return p, err
	}
	p.Round, err = tx.Round(number, p.Round.Number)
	return p, err
}

// Round finds one round of a prompt, the present or an earlier one.
func (tx *Tx) Round(prompt int64, number int) (council.Round, error) {
	round, err := one(tx, func(row scanner) (council.Round, error) {
		round := council.Round{Number: number}
		var opened int64
		var deadline, closed sql.NullInt64
		err := row.Scan(&opened, &deadline, &round.Deadline.Zone, &closed)
		round.OpenedAt, round.Deadline.At, round.ClosedAt = moment(opened), optionalMoment(deadline), optionalMoment(closed)
		return round, err
	}, `SELECT opened_at, deadline_at, deadline_zone, closed_at FROM prompt_round WHERE prompt_number = ? AND round = ?`, prompt, number)
	if err != nil {
		return round, err
	}
	round.Asked, err = all(tx, func(row scanner) (council.Asked, error) {
		var asked council.Asked
		err := row.Scan(&asked.MemberID, &asked.GroupID)
		return asked, err
	}, `SELECT member_id, group_id FROM prompt_asked WHERE prompt_number = ? AND round = ? ORDER BY member_id, group_id`, prompt, number)
	return round, err
}

// LivingPrompts lists the numbers of the prompts that take answers or wait for a
// round, the newest first, at most so many.
func (tx *Tx) LivingPrompts(limit int) ([]int64, error) {
	return all(tx, scalar[int64], `SELECT number FROM prompt WHERE state IN ('open', 'waiting') ORDER BY number DESC LIMIT ?`, limit)
}

// PromptsWaitingFor lists the open prompts that a person was asked in person and
// has not answered.
func (tx *Tx) PromptsWaitingFor(memberID int64) ([]council.Prompt, error) {
	return tx.promptsNumbered(`SELECT number FROM prompt JOIN prompt_asked ON prompt_number = number AND prompt_asked.round = prompt.round
		WHERE state = 'open' AND member_id = ?1 AND NOT EXISTS (SELECT 1 FROM prompt_answer WHERE prompt_answer.prompt_number = prompt.number
			AND prompt_answer.round = prompt.round AND prompt_answer.member_id = ?1 AND value <> '') ORDER BY number`, memberID)
}

func (tx *Tx) promptsNumbered(query string, arguments ...any) ([]council.Prompt, error) {
	numbers, err := all(tx, scalar[int64], query, arguments...)
	if err != nil {
		return nil, err
	}
	prompts := make([]council.Prompt, len(numbers))
	for i, number := range numbers {
		if prompts[i], err = tx.Prompt(number); err != nil {
			return nil, err
		}
	}
	return prompts, nil
}

// AnsweredBy is a message that gave an answer.
type AnsweredBy struct {
	ChatID    int64
	MessageID int // 0: a press
}

// SaveAnswer keeps what somebody answered in a round, in the place of what was there.
func (tx *Tx) SaveAnswer(prompt int64, round int, a council.PromptAnswer, by AnsweredBy) error {
	return tx.run(`INSERT OR REPLACE INTO prompt_answer (prompt_number, round, member_id, group_id, value, words, aside, at, chat_id, message_id)
		VALUES (?, ?, `+sameMember+`, ?, ?, ?, ?, ?, ?, ?)`,
		prompt, round, a.MemberID, a.MemberID, a.GroupID, a.Value, a.Words, a.Aside, milliseconds(a.At), by.ChatID, by.MessageID)
}

const promptAnswerColumns = `member_id, group_id, value, words, aside, at`

func scanPromptAnswer(row scanner) (council.PromptAnswer, error) {
	var a council.PromptAnswer
	var at int64
	err := row.Scan(&a.MemberID, &a.GroupID, &a.Value, &a.Words, &a.Aside, &at)
	a.At = moment(at)
	return a, err
}

// PromptAnswer finds what somebody answered in a round; ErrNotFound if nothing.
func (tx *Tx) PromptAnswer(prompt int64, round int, memberID int64) (council.PromptAnswer, error) {
	return one(tx, scanPromptAnswer, `SELECT `+promptAnswerColumns+` FROM prompt_answer WHERE prompt_number = ? AND round = ? AND member_id = ?`, prompt, round, memberID)
}

// PromptAnswers lists the answers of a round in the order in which they were given.
func (tx *Tx) PromptAnswers(prompt int64, round int) ([]council.PromptAnswer, error) {
	return all(tx, scanPromptAnswer, `SELECT `+promptAnswerColumns+` FROM prompt_answer WHERE prompt_number = ? AND round = ? ORDER BY at, member_id`, prompt, round)
}

// AnsweredWith finds the round that a message of somebody has answered; ErrNotFound
// if none, or another message has taken its place.
func (tx *Tx) AnsweredWith(memberID int64, by AnsweredBy) (prompt int64, round int, err error) {
	_, err = one(tx, func(row scanner) (int, error) { return 0, row.Scan(&prompt, &round) },
		`SELECT prompt_number, round FROM prompt_answer WHERE member_id = ? AND chat_id = ? AND message_id = ? AND message_id <> 0`,
		memberID, by.ChatID, by.MessageID)
	return prompt, round, err
}

// PromptedMembers lists the people whom the bot knows among those asked in the
// present round: in person, or by being seen in a group that is asked, except who
// asks. Whoever holds no role and is in no linked group any more is left out.
func (tx *Tx) PromptedMembers(p council.Prompt) ([]council.Member, error) {
	return all(tx, scanMember, `SELECT `+memberColumns+` FROM member WHERE same_as IS NULL AND
		(EXISTS (SELECT 1 FROM prompt_asked WHERE prompt_number = ?1 AND round = ?2 AND prompt_asked.member_id = member.id)
		OR member.id <> ?3 AND rests = 0 AND EXISTS (SELECT 1 FROM prompt_asked JOIN linked_group ON linked_group.id = prompt_asked.group_id AND linked = 1
			JOIN membership ON membership.chat_id = linked_group.chat_id
			WHERE prompt_number = ?1 AND round = ?2 AND prompt_asked.member_id = 0 AND membership.member_id = member.id))
		AND (EXISTS (SELECT 1 FROM role WHERE role.member_id = member.id)
		OR EXISTS (SELECT 1 FROM membership JOIN linked_group USING (chat_id) WHERE membership.member_id = member.id AND linked = 1))
		ORDER BY member.name, member.id`, p.Number, p.Round.Number, p.CreatedBy)
}

// SilentMembers lists those of PromptedMembers who have not answered.
func (tx *Tx) SilentMembers(p council.Prompt) ([]council.Member, error) {
	members, err := tx.PromptedMembers(p)
	if err != nil {
		return nil, err
	}
	answered, err := all(tx, scalar[int64], `SELECT member_id FROM prompt_answer WHERE prompt_number = ? AND round = ? AND value <> ''`, p.Number, p.Round.Number)
	if err != nil {
		return nil, err
	}
	gone := make(map[int64]bool, len(answered))
	for _, id := range answered {
		gone[id] = true
	}
	var silent []council.Member
	for _, member := range members {
		if !gone[member.ID] {
			silent = append(silent, member)
		}
	}
	return silent, nil
}

// PromptReminded tells when the silent of a round were reminded; ErrNotFound if
// they were not.
func (tx *Tx) PromptReminded(p council.Prompt) (time.Time, error) {
	ms, err := one(tx, scalar[int64], `SELECT ended_at FROM reminder WHERE subject = ? AND milestone_id = ? AND step = ? AND state = 'said' AND reason = 'due' ORDER BY ended_at LIMIT 1`,
		p.Reference().String(), p.Round.Number, council.StepUnanswered)
	return moment(ms), err
}
