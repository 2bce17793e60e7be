package store

import (
	"database/sql"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
)

const questionColumns = `number, asker_id, named, shown_as, from_group, chat_id, thread_id, message_id, to_group, to_member, to_position, text, edited,
	state, outcome, asked_at, target_at, workdays, stood_from, stood, reopened_at, needs_until, escalated, version`

func scanQuestion(row scanner) (council.Question, error) {
	var q council.Question
	var asked, target int64
	var stood, reopened, needs sql.NullInt64
	err := row.Scan(&q.Number, &q.AskerID, &q.Named, &q.ShownAs, &q.FromGroup, &q.Origin.ChatID, &q.Origin.ThreadID, &q.Origin.MessageID,
		&q.To.GroupID, &q.To.MemberID, &q.To.PositionID, &q.Text, &q.Edited, &q.State, &q.Outcome, &asked, &target, &q.Workdays,
		&stood, &q.Stood, &reopened, &needs, &q.Escalated, &q.Version)
	q.AskedAt, q.Target = moment(asked), moment(target)
	q.StoodFrom, q.ReopenedAt, q.NeedsUntil = optionalMoment(stood), optionalMoment(reopened), optionalMoment(needs)
	return q, err
}

// ReserveQuestion gives a number that no question has had or will be given. One
// that is never asked leaves a gap.
func (tx *Tx) ReserveQuestion() (int64, error) {
	if err := tx.run(`INSERT INTO sqlite_sequence (name, seq) SELECT 'question', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'question')`); err != nil {
		return 0, err
	}
	return one(tx, scalar[int64], `UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'question' RETURNING seq`)
}

// CreateQuestion keeps a new question under the number that was reserved for it; one
// without a number gets the next.
func (tx *Tx) CreateQuestion(q council.Question) (council.Question, error) {
	var err error
	q.Number, err = tx.insert(`INSERT INTO question (`+questionColumns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		nullID(q.Number), q.AskerID, q.Named, q.ShownAs, q.FromGroup, q.Origin.ChatID, q.Origin.ThreadID, q.Origin.MessageID, q.To.GroupID, q.To.MemberID, q.To.PositionID,
		q.Text, q.Edited, q.State, q.Outcome, milliseconds(q.AskedAt), milliseconds(q.Target), q.Workdays, optional(q.StoodFrom), q.Stood,
		optional(q.ReopenedAt), optional(q.NeedsUntil), q.Escalated, q.Version)
	if err != nil {
		return q, err
	}
	return q, tx.keepAnswers(q)
}

// SaveQuestion keeps a question as a change has left it.
func (tx *Tx) SaveQuestion(q council.Question) error {
	if err := tx.run(`UPDATE question SET named = ?, shown_as = ?, to_group = ?, to_member = ?, to_position = ?, text = ?, edited = ?, state = ?, outcome = ?,
		target_at = ?, stood_from = ?, stood = ?, reopened_at = ?, needs_until = ?, escalated = ?, version = ? WHERE number = ?`,
		q.Named, q.ShownAs, q.To.GroupID, q.To.MemberID, q.To.PositionID, q.Text, q.Edited, q.State, q.Outcome, milliseconds(q.Target),
		optional(q.StoodFrom), q.Stood, optional(q.ReopenedAt), optional(q.NeedsUntil), q.Escalated, q.Version, q.Number); err != nil {
		return err
	}
	return tx.keepAnswers(q)
}

// keepAnswers makes the answers of a question the ones that it has.
func (tx *Tx) keepAnswers(q council.Question) error {
	if err := tx.run(`UPDATE question SET answered_at = ? WHERE number = ?`, optional(q.StoppedWaiting()), q.Number); err != nil {
		return err
	}
	if err := tx.run(`DELETE FROM answer WHERE question_number = ?`, q.Number); err != nil {
		return err
	}
	for _, answer := range q.Answers {
		if err := tx.run(`INSERT INTO answer (question_number, member_id, recorded_by, text, at, delivered) VALUES (?, ?, ?, ?, ?, ?)`,
			q.Number, answer.MemberID, answer.RecordedBy, answer.Text, milliseconds(answer.At), answer.Delivered); err != nil {
			return err
		}
	}
	return nil
}

// Question finds a question; ErrNotFound if there is none with this number.
func (tx *Tx) Question(number int64) (council.Question, error) {
	return tx.questionWhere(`number = ?`, number)
}

// QuestionAt finds the question that was asked by a message; ErrNotFound if none was.
func (tx *Tx) QuestionAt(chatID int64, messageID int) (council.Question, error) {
	return tx.questionWhere(`chat_id = ? AND message_id = ? AND message_id <> 0`, chatID, messageID)
}

func (tx *Tx) questionWhere(condition string, arguments ...any) (council.Question, error) {
	q, err := one(tx, scanQuestion, `SELECT `+questionColumns+` FROM question WHERE `+condition, arguments...)
	if err != nil {
		return q, err
	}
	q.Answers, err = tx.answers(q.Number)
	return q, err
}

func (tx *Tx) answers(number int64) ([]council.Answer, error) {
	return all(tx, scanQuestionAnswer, `SELECT `+questionAnswerColumns+` FROM answer WHERE question_number = ? ORDER BY id`, number)
}

const questionAnswerColumns = `member_id, recorded_by, text, at, delivered`

func scanQuestionAnswer(row scanner) (council.Answer, error) {
	var a council.Answer
	var at int64
	err := row.Scan(&a.MemberID, &a.RecordedBy, &a.Text, &at, &a.Delivered)
	a.At = moment(at)
	return a, err
}

// QuestionFilter says which questions are meant; what is zero does not count.
type QuestionFilter struct {
	OpenOnly   bool
	AskerID    int64
	ToGroups   []int64 // put to one of these groups
	ToMember   int64   // put to this member
	Positions  []int64 // put to one of these positions
	State      council.QuestionState
	Unheard    bool // an answer has not gone out to the asker
	FromGroup  int64
	AskedSince time.Time
	AskedUntil time.Time // not included
}

func (f QuestionFilter) where() (string, []any) {
	conditions, arguments := []string{`1`}, []any(nil)
	add := func(condition string, values ...any) {
		conditions, arguments = append(conditions, condition), append(arguments, values...)
	}
	if f.OpenOnly {
		add(`state IN ('sent', 'waiting', 'clarifying')`)
	}
	if f.State != "" {
		add(`state = ?`, f.State)
	}
	if f.Unheard {
		add(`EXISTS (SELECT 1 FROM answer WHERE question_number = number AND delivered = 0)`)
	}
	if f.AskerID != 0 {
		add(`asker_id = ?`, f.AskerID)
	}
	if f.FromGroup != 0 {
		add(`from_group = ?`, f.FromGroup)
	}
	if !f.AskedSince.IsZero() {
		add(`asked_at >= ?`, milliseconds(f.AskedSince))
	}
	if !f.AskedUntil.IsZero() {
		add(`asked_at < ?`, milliseconds(f.AskedUntil))
	}
	var to []string
	among := func(column string, ids []int64) {
		if len(ids) > 0 {
			to = append(to, column+` IN (`+marks(len(ids))+`)`)
			for _, id := range ids {
				arguments = append(arguments, id)
			}
		}
	}
	among(`to_group`, f.ToGroups)
	among(`to_position`, f.Positions)
	if f.ToMember != 0 {
		to, arguments = append(to, `to_member = ?`), append(arguments, f.ToMember)
	}
	if len(to) > 0 {
		conditions = append(conditions, `(`+strings.Join(to, ` OR `)+`)`)
	}
	return strings.Join(conditions, ` AND `), arguments
}

// Questions lists questions, those with the earliest target first, from one place
// in the list on and at most so many; a negative number is all of them.
func (tx *Tx) Questions(filter QuestionFilter, from, most int) ([]council.Question, error) {
	where, arguments := filter.where()
	questions, err := all(tx, scanQuestion, `SELECT `+questionColumns+` FROM question WHERE `+where+` ORDER BY target_at, number LIMIT ? OFFSET ?`,
		append(arguments, most, from)...)
	if err != nil || len(questions) == 0 {
		return questions, err
	}
	return tx.withAnswers(questions)
}

// withAnswers gives questions their answers, which are read all at once.
func (tx *Tx) withAnswers(questions []council.Question) ([]council.Question, error) {
	type given struct {
		number int64
		council.Answer
	}
	place, numbers := make(map[int64]int, len(questions)), make([]int64, len(questions))
	for i, question := range questions {
		place[question.Number], numbers[i] = i, question.Number
	}
	answers, err := all(tx, func(row scanner) (g given, err error) {
		g.Answer, err = scanQuestionAnswer(scanning(func(columns ...any) error { return row.Scan(append([]any{&g.number}, columns...)...) }))
		return g, err
	}, `SELECT question_number, `+questionAnswerColumns+` FROM answer WHERE question_number IN (SELECT value FROM json_each(?)) ORDER BY id`, idList(numbers))
	for _, answer := range answers {
		at := place[answer.number]
		questions[at].Answers = append(questions[at].Answers, answer.Answer)
	}
	return questions, err
}

// CountQuestions counts questions.
func (tx *Tx) CountQuestions(filter QuestionFilter) (int, error) {
	where, arguments := filter.where()
	return one(tx, scalar[int], `SELECT count(*) FROM question WHERE `+where, arguments...)
}

// PruneAskerNames forgets under which name an asker was shown once a question is
// closed and nothing has happened to it since the moment. What stands in chats stays.
func (tx *Tx) PruneAskerNames(before time.Time) error {
	return tx.run(`UPDATE question SET shown_as = '' WHERE shown_as <> '' AND state = 'closed'
		AND NOT EXISTS (SELECT 1 FROM event WHERE event.subject = 'Q-' || question.number AND event.at >= ?)`, milliseconds(before))
}
