package store

import (
	"database/sql"
	"time"

	"github.com/rembuk/rembuk/council"
)

// OwnRecord is one thing that is kept of a person, as the person is shown it.
type OwnRecord struct {
	Section string // which kind of thing: "idea", "words", …
	At      time.Time
	Subject string // "T-12"; empty for what has no reference
	State   string
	Text    string
}

// ownRecords are the parts of what is shown to a person, in their order. Each query gives
// a moment, a reference, a state and a text, of a member ?1 and of mentions that turned
// out to be that member; nothing of anybody else.
var ownRecords = []struct{ section, query string }{
	{"role", `SELECT NULL, '', role, '' FROM role WHERE member_id` + whose},
	{"group", `SELECT NULL, '', '', title FROM linked_group WHERE linked = 1 AND chat_id IN (SELECT chat_id FROM membership WHERE member_id` + whose + `)`},
	{"position", `SELECT NULL, '', '', position.title || ', ' || first_day || ' – ' || last_day FROM holding JOIN position ON position.id = position_id WHERE member_id` + whose},
	{"consent", `SELECT given_at, subject, purpose, version || ' ' || language FROM consent WHERE member_id` + whose + `
		UNION ALL SELECT withdrawn_at, subject, 'withdrawn', version || ' ' || language FROM consent WHERE withdrawn_at IS NOT NULL AND member_id` + whose},
	{"request", `SELECT asked_at, 'H-' || number, kind, trim(words || char(10) || answer) FROM privacy_request WHERE member_id` + whose},
	{"idea", `SELECT created_at, 'I-' || number, state, title || char(10) || text || char(10) || problem || char(10) || benefit FROM idea WHERE submitter_id` + whose},
	{"support", `SELECT at, 'I-' || idea_number, CASE WHEN supports THEN 'supports' ELSE 'follows' END, '' FROM idea_support WHERE member_id` + whose},
	{"feedback", `SELECT at, 'I-' || idea_number, CASE WHEN helped THEN 'helps' ELSE 'helps_not' END, '' FROM idea_feedback WHERE member_id` + whose},
	{"score", `SELECT at, 'I-' || idea_number, '', criterion || ': ' || points FROM idea_score WHERE member_id` + whose},
	{"question", `SELECT asked_at, 'Q-' || number, state, text || CASE WHEN shown_as = '' THEN '' ELSE ' (' || shown_as || ')' END FROM question WHERE asker_id` + whose},
	{"answer", `SELECT at, 'Q-' || question_number, '', text FROM answer WHERE member_id` + whose},
	{"prompt", `SELECT at, 'P-' || prompt_number, '', trim(CASE WHEN words = '' THEN value ELSE words END || ' ' || aside) FROM prompt_answer WHERE member_id` + whose},
	{"task", `SELECT task.created_at, 'T-' || task.number, task_assignee.state, task.title FROM task_assignee JOIN task ON task.number = task_number WHERE member_id <> 0 AND member_id` + whose},
	{"made_task", `SELECT created_at, 'T-' || number, state, title FROM task WHERE created_by` + whose},
	{"evidence", `SELECT created_at, 'F-' || number, state, trim(name || ' ' || link || ' ' || words) FROM evidence WHERE withdrawn = 0 AND member_id` + whose},
	{"file", `SELECT added_at, subject, '', name FROM attachment WHERE member_id` + whose},
	{"words", `SELECT event.at, event.subject, '', words.text FROM event JOIN words ON words.id = event.words_id WHERE event.words_id <> 0 AND event.member_id` + whose},
	{"meeting", `SELECT meeting.starts_at, 'M-' || meeting.number, response, meeting.title || CASE WHEN meeting_guest.reason = '' THEN '' ELSE ': ' || meeting_guest.reason END
		FROM meeting_guest JOIN meeting ON meeting.number = meeting_guest.number WHERE member_id` + whose},
	{"attendance", `SELECT at, 'M-' || number, '', office FROM meeting_attendee WHERE until_edition = 0 AND member_id` + whose},
	{"topic", `SELECT at, 'M-' || number, '', text FROM meeting_topic WHERE proposed_by` + whose},
	{"reminder", `SELECT created_at, 'N-' || number, '', text FROM own_reminder WHERE member_id` + whose},
	{"due", `SELECT due_at, subject, '', '' FROM reminder WHERE state = 'waiting' AND member_id <> 0 AND member_id` + whose},
	{"leave", `SELECT NULL, '', '', first_day || ' – ' || last_day FROM leave WHERE member_id` + whose},
	{"quiet", `SELECT NULL, '', '', printf('%02d.%02d–%02d.%02d', from_minute / 60, from_minute % 60, to_minute / 60, to_minute % 60) FROM quiet_time WHERE member_id` + whose},
	{"draft", `SELECT created_at, 'I-' || nullif(idea_number, 0), '', text FROM idea_draft WHERE member_id` + whose + `
		UNION ALL SELECT changed_at, 'Q-' || number, '', text FROM question_draft WHERE text <> '' AND member_id` + whose + `
		UNION ALL SELECT updated_at, '', 'form', data FROM dialog WHERE member_id` + whose},
	{"read", `SELECT read_at, coalesce((SELECT 'G-' || official FROM official_notice WHERE announcement_number = announcement_reader.number), 'A-' || number), '', ''
		FROM announcement_reader WHERE member_id` + whose},
	{"notice", `SELECT said_at, '', '', '' FROM notice WHERE member_id` + whose},
	{"handover", `SELECT at, '', '', things FROM handover WHERE from_id` + whose + ` OR to_id` + whose},
}

// OwnRecords lists what is kept of a member, part by part, the oldest first in each.
func (tx *Tx) OwnRecords(memberID int64) ([]OwnRecord, error) {
	var records []OwnRecord
	for _, part := range ownRecords {
		list, err := all(tx, func(row scanner) (OwnRecord, error) {
			own := OwnRecord{Section: part.section}
			var at sql.NullInt64
			var subject sql.NullString
			err := row.Scan(&at, &subject, &own.State, &own.Text)
			own.At, own.Subject = optionalMoment(at), subject.String
			return own, err
		}, `SELECT * FROM (`+part.query+`) ORDER BY 1, 2`, memberID)
		if err != nil {
			return nil, err
		}
		records = append(records, list...)
	}
	return records, nil
}

// Trail lists what a member did and what was done about the member, the oldest first. Of
// the words with it there are the member's own.
func (tx *Tx) Trail(memberID int64) ([]Happening, error) {
	return all(tx, func(row scanner) (Happening, error) {
		var subject string
		h, err := scanHappening(scanning(func(columns ...any) error { return row.Scan(append(columns, &subject)...) }))
		if err == nil {
			h.Subject, _ = council.ParseReference(subject)
		}
		return h, err
	}, `SELECT event.id, event.at, event.member_id, event.kind, event.detail, event.words_id, '', '', '', '', event.subject FROM event
		WHERE member_id`+whose+` OR instr(detail, '"member":') > 0 AND CAST(json_extract(detail, '$.member') AS INTEGER)`+whose+`
			OR kind = 'reassigned' AND (',' || json_extract(detail, '$.members') || ',') LIKE '%,' || ?1 || ',%'
		ORDER BY event.id`, memberID)
}
