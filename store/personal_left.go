package store

// Kept counts what is kept of a person that goes when the person is forgotten, and what
// stays without the person.
type Kept struct {
	Ideas, Supports, Questions, Answers, Comments, Reminders, Files, Drafts int
	DecidedIdeas, Verified, Done                                            int // which stay
}

// KeptOf counts what is kept of a member.
func (tx *Tx) KeptOf(memberID int64) (kept Kept, err error) {
	for _, count := range []struct {
		into  *int
		query string
	}{
		{&kept.Ideas, `SELECT count(*) FROM idea WHERE submitter_id` + whose + ` AND state <> 'withdrawn' AND` + undecided},
		{&kept.Supports, `SELECT count(*) FROM idea_support WHERE member_id` + whose},
		{&kept.Questions, `SELECT count(*) FROM question WHERE asker_id` + whose},
		{&kept.Answers, `SELECT (SELECT count(*) FROM answer WHERE member_id` + whose + `) + (SELECT count(*) FROM prompt_answer WHERE member_id` + whose + `)`},
		{&kept.Comments, `SELECT count(*) FROM words WHERE member_id` + whose + ` AND id NOT IN (SELECT words_id FROM event WHERE words_id <> 0 AND kind IN ` + inOffice + `)`},
		{&kept.Reminders, `SELECT count(*) FROM own_reminder WHERE next_at IS NOT NULL AND member_id` + whose},
		{&kept.Files, `SELECT (SELECT count(*) FROM attachment WHERE member_id` + whose + givenFiles + `) + (SELECT count(*) FROM evidence WHERE withdrawn = 0 AND member_id` + whose + unchecked + `)`},
		{&kept.Drafts, `SELECT (SELECT count(*) FROM idea_draft WHERE member_id` + whose + `) + (SELECT count(*) FROM question_draft WHERE text <> '' AND member_id` + whose + `)`},
		{&kept.DecidedIdeas, `SELECT count(*) FROM idea WHERE submitter_id` + whose + ` AND NOT` + undecided},
		{&kept.Verified, `SELECT count(*) FROM evidence WHERE state = 'verified' AND withdrawn = 0 AND member_id` + whose},
		{&kept.Done, `SELECT count(*) FROM task_assignee WHERE state = 'done' AND member_id` + whose},
	} {
		if *count.into, err = one(tx, scalar[int], count.query, memberID); err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// ShownWith lists the things that have a card and with which a member had to do: whose
// cards may show the member's name or words.
func (tx *Tx) ShownWith(memberID int64) ([]string, error) {
	return all(tx, scalar[string], `SELECT subject FROM (SELECT DISTINCT subject FROM card) WHERE subject IN (
		SELECT subject FROM event WHERE member_id`+whose+`
		UNION SELECT 'T-' || task_number FROM task_assignee WHERE member_id`+whose+`
		UNION SELECT 'Q-' || number FROM question WHERE to_member`+whose+`
		UNION SELECT 'P-' || prompt_number FROM prompt_asked WHERE member_id`+whose+`
		UNION SELECT 'M-' || number FROM meeting_guest WHERE member_id`+whose+`
		UNION SELECT 'M-' || number FROM meeting WHERE chair_id`+whose+` OR scribe_id`+whose+`
		UNION SELECT 'F-' || filing FROM evidence WHERE member_id`+whose+`) ORDER BY subject`, memberID)
}

// OpenLastWords tells whether something waits to be said to a person who is forgotten.
func (tx *Tx) OpenLastWords() (bool, error) {
	return one(tx, scalar[bool], `SELECT EXISTS (SELECT 1 FROM outbox WHERE ended_at IS NULL AND unique_key GLOB 'last word *')`)
}

// ForgetArrivals forgets from which private chat updates came that are handled.
func (tx *Tx) ForgetArrivals(chatID int64) error {
	return tx.run(`UPDATE inbox SET chat_id = 0 WHERE chat_id = ? AND state = 'handled'`, chatID)
}
