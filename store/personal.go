package store

// personal says of one table what its columns hold. Every column stands in exactly one
// of the lists, its names with blanks between them; a test holds them to the schema.
type personal struct {
	table    string
	plain    string // nothing about anybody
	person   string // the number of a member, which says who it is as long as the member has a name
	place    string // "chat" or "chat/message": of a private chat the number is the person's in Telegram
	identity string // who somebody is
	words    string // what somebody gave as a person
	record   string // what was made in office, for the city: it stays, without the person
	own      string // which rows are a person's own, so that their words are
	thing    string // the reference of the thing to which those words belong, where there is one
	remark   bool   // they are said about that thing: it is about something else

	erase   []string // ?1 is the member
	private []string // ?1 is the member's number in Telegram
	blank   []string // ?1 is what stands in the place of erased words, ?2 the member
}

// What stands in the conditions and statements of the catalogue: whose rows are meant,
// those of mentions that turned out to be the person included, and which words are kept.
const (
	whose     = ` IN (SELECT id FROM member WHERE id = ?1 OR same_as = ?1)`
	whoseRest = ` IN (SELECT id FROM member WHERE id = ?2 OR same_as = ?2)` // in blank

	// inOffice are the happenings whose words are reasons of what was decided for the city.
	inOffice = `('decided', 'sent_back', 'cancelled', 'postponed', 'closed', 'deadline_changed', 'moved', 'indicators_changed', 'merged', 'unmerged',
		'trial_moved', 'trial_stopped', 'trial_started', 'adopted', 'accepted', 'recalled', 'announced', 'direction', 'reviewed', 'missed', 'ended', 'skipped',
		'reopened', 'released', 'review_extended')`

	// undecided picks those ideas about which nothing was decided, neither by themselves nor as part of another.
	undecided = ` NOT EXISTS (WITH RECURSIVE above (number, into_number, decision) AS (
		SELECT root.number, root.merged_into, root.decision FROM idea AS root WHERE root.number = idea.number
		UNION SELECT more.number, more.merged_into, more.decision FROM idea AS more JOIN above ON more.number = above.into_number)
		SELECT 1 FROM above WHERE above.decision <> '')`

	unchecked = ` AND state <> 'verified'`
)

// catalogue is what is kept of people, table by table, in the order in which it is
// erased. Places are erased for all tables alike.
var catalogue = []personal{
	{table: "goose_db_version", plain: "id version_id is_applied tstamp"},
	{table: "absence", plain: "id from_at until_at cause open subjects reminders updates messages"},
	{table: "holiday", plain: "date name joint_leave"},
	{table: "chat", plain: "joined_at leave_at", place: "chat_id", record: "title"},
	{table: "linked_group", plain: "id thread_id kind dimension language reachable linked", place: "chat_id", record: "title"},
	{table: "joined_group", plain: "before_id now_id"},
	{table: "activity", plain: "groups last_at"},
	{table: "idea_tally", plain: "state dimension from_group count"},
	{table: "setting", plain: "key", record: "value", erase: []string{
		`DELETE FROM setting WHERE key IN (SELECT 'address_asked:' || id FROM member WHERE id` + whose + `)`}},

	{table: "inbox", plain: "update_id received_at state kind reason", place: "chat_id", words: "raw", private: []string{
		`UPDATE inbox SET raw = '', state = 'handled' WHERE state = 'waiting' AND json_valid(raw) AND EXISTS (SELECT 1 FROM json_tree(inbox.raw)
			WHERE fullkey IN ('$.message.from.id', '$.edited_message.from.id', '$.callback_query.from.id', '$.my_chat_member.from.id') AND value = ?1)`,
		`UPDATE inbox SET raw = '' WHERE state = 'set_aside' AND json_valid(raw) AND EXISTS (SELECT 1 FROM json_tree(inbox.raw) WHERE key = 'id' AND value = ?1)`}},
	{table: "outbox", plain: "id thread_id kind priority unique_key not_before state attempts created_at ended_at reason card_id", place: "chat_id", words: "payload",
		erase: []string{
			`UPDATE outbox SET state = 'never', reason = 'erased', ended_at = created_at, payload = '' WHERE ended_at IS NULL AND kind = 'fetch' AND payload ->> '$.fetch.member'` + whose},
		private: []string{
			`UPDATE outbox SET state = 'never', reason = 'erased', ended_at = created_at, payload = '' WHERE ended_at IS NULL AND chat_id = ?1`,
			`UPDATE outbox SET unique_key = NULL WHERE chat_id = ?1`}},
	{table: "card", plain: "id subject kind thread_id message_id", place: "chat_id", private: []string{`DELETE FROM card WHERE chat_id = ?1`}},
	{table: "message", plain: "message_id subject kind", place: "chat_id", private: []string{`DELETE FROM message WHERE chat_id = ?1`}},
	{table: "dialog", plain: "kind step updated_at", person: "member_id", place: "chat_id", words: "data", own: "member_id" + whose, erase: []string{
		`DELETE FROM dialog WHERE member_id` + whose}},
	{table: "guidance", plain: "role offered_at", person: "member_id", erase: []string{`DELETE FROM guidance WHERE member_id` + whose}},
	{table: "refusal", plain: "said_at", person: "member_id", place: "chat_id", words: "text", own: "member_id" + whose, erase: []string{
		`DELETE FROM refusal WHERE member_id` + whose}},
	{table: "undo", plain: "subject version changed_at told", person: "member_id", words: "snapshot", erase: []string{
		`DELETE FROM undo WHERE member_id` + whose}},

	{table: "role", plain: "role source", person: "member_id", erase: []string{`DELETE FROM role WHERE member_id` + whose}},
	{table: "membership", person: "member_id", place: "chat_id", erase: []string{`DELETE FROM membership WHERE member_id` + whose}},
	{table: "position", plain: "id kind group_id", record: "title"},
	{table: "holding", plain: "id position_id deputy style first_day last_day", person: "member_id", erase: []string{`DELETE FROM holding WHERE member_id` + whose}},
	{table: "leave", plain: "id", person: "member_id", words: "first_day last_day", erase: []string{`DELETE FROM leave WHERE member_id` + whose}},
	{table: "quiet_time", plain: "id group_id", person: "member_id", words: "from_minute to_minute", erase: []string{`DELETE FROM quiet_time WHERE member_id` + whose}},
	{table: "notice", plain: "id said_at", person: "member_id", erase: []string{`DELETE FROM notice WHERE member_id` + whose}},
	{table: "digest", plain: "id said_at late page face", person: "member_id", erase: []string{`DELETE FROM digest WHERE member_id` + whose}},
	{table: "digest_item", plain: "digest_id place subject milestone_id step audience anchor_at"},
	{table: "reminder", plain: "id subject milestone_id step audience group_id deadline_at due_at state reason ended_at", person: "member_id", erase: []string{
		`DELETE FROM reminder WHERE member_id` + whose,
		`DELETE FROM reminder WHERE subject IN (SELECT 'N-' || number FROM own_reminder WHERE member_id` + whose + `)`}},
	{table: "own_reminder", plain: "number group_id about recurrence next_at created_at version command_version", person: "member_id",
		place: "command_chat_id/command_message_id", words: "text", thing: `'N-' || number`, own: "member_id" + whose, erase: []string{`DELETE FROM own_reminder WHERE member_id` + whose}},

	{table: "event", plain: "id at subject kind words_id", person: "member_id", record: "detail"},
	{table: "words", plain: "id", person: "member_id", words: "text", thing: `(SELECT subject FROM event WHERE words_id = words.id)`, remark: true, own: "member_id" + whose + ` AND id NOT IN (SELECT words_id FROM event WHERE words_id <> 0 AND kind IN ` + inOffice + `)`,
		erase: []string{`DELETE FROM words WHERE member_id` + whose + ` AND id NOT IN (SELECT words_id FROM event WHERE words_id <> 0 AND kind IN ` + inOffice + `)`}},
	{table: "attachment", plain: "id subject kind added_at", person: "member_id", words: "file_id unique_id name", thing: "subject", own: "member_id" + whose + givenFiles, erase: []string{
		`DELETE FROM attachment WHERE member_id` + whose + givenFiles}},

	{table: "task", plain: "number group_id evaluation_id created_at deadline_at deadline_zone deadline_asked state ended_at recurrence version tied", person: "created_by",
		place: "command_chat_id/command_message_id", record: "title full_text folded"},
	{table: "task_sieve", plain: "place texts"}, // sums, which triggers let go with the text
	{table: "task_assignee", plain: "task_number group_id state progress acknowledged assigned_at active_at snoozed_until ended", person: "member_id"},
	{table: "task_partner", plain: "task_number group_id"},
	{table: "task_wait", plain: "task_number awaited_number"},
	{table: "evaluation", plain: "number state created_at version", person: "created_by", record: "name rhythm"},
	{table: "milestone", plain: "id evaluation_number kind at zone"},
	{table: "indicator", plain: "id evaluation dimension weight retired", record: "code subdimension name unit target owner examples"},
	{table: "indicator_task", plain: "task_number indicator_id"},
	{table: "indicator_draft", plain: "number evaluation state created_at", record: "content"},
	{table: "evidence", plain: "number indicator_id thread_id kind size personal state checked_at version replaced_by withdrawn created_at filing task_number takes_place",
		person: "member_id checked_by", place: "chat_id/message_id", words: "file_id unique_id name link words hash album", record: "reason", thing: `'F-' || number`, own: "member_id" + whose + unchecked,
		erase: []string{
			`UPDATE evidence SET withdrawn = 1, file_id = '', unique_id = '', name = '', link = '', words = '', hash = '', size = 0, album = '', reason = ''
				WHERE member_id` + whose + unchecked,
			`UPDATE evidence SET file_id = '', unique_id = '', words = '', album = '' WHERE member_id` + whose + ` AND (hash <> '' OR kind IN ('link', 'location'))`}},
	{table: "recommendation", plain: "number evaluation due_at due_zone state created_at ended_at version", person: "owner_id created_by", record: "text office measure reason"},
	{table: "recommendation_link", plain: "number subject at"},

	{table: "question", plain: "number named from_group thread_id to_group to_position edited state outcome asked_at target_at workdays stood_from stood reopened_at needs_until escalated version answered_at",
		person: "asker_id to_member", place: "chat_id/message_id", identity: "shown_as", words: "text", thing: `'Q-' || number`, own: "asker_id" + whose, blank: []string{
			`UPDATE question SET text = ?1, named = 0, shown_as = '' WHERE asker_id` + whoseRest},
	},
	{table: "answer", plain: "id question_number at delivered", person: "member_id recorded_by", words: "text", thing: `'Q-' || question_number`, remark: true, own: "member_id" + whose, blank: []string{
		`UPDATE answer SET text = ?1 WHERE member_id` + whoseRest}},
	{table: "question_draft", plain: "id kind number from_group thread_id album to_group to_position changed_at", person: "member_id to_member", place: "chat_id/message_id",
		words: "text files", thing: `'Q-' || number`, own: "member_id" + whose, erase: []string{`DELETE FROM question_draft WHERE member_id` + whose}},
	{table: "prompt", plain: "number kind show_texts task_number recurrence next_at length_days length_minute state round created_at version", person: "created_by", record: "text choices"},
	{table: "prompt_target", plain: "prompt_number group_id role position_id", person: "member_id", erase: []string{`DELETE FROM prompt_target WHERE member_id` + whose}},
	{table: "prompt_round", plain: "prompt_number round opened_at deadline_at deadline_zone closed_at"},
	{table: "prompt_asked", plain: "prompt_number round group_id", person: "member_id", erase: []string{`DELETE FROM prompt_asked WHERE member_id` + whose}},
	{table: "prompt_answer", plain: "prompt_number round group_id at", person: "member_id", place: "chat_id/message_id", words: "value words aside", thing: `'P-' || prompt_number`, remark: true, own: "member_id" + whose,
		erase: []string{`DELETE FROM prompt_answer WHERE member_id` + whose}},
	{table: "poll", plain: "number several named deadline_at zone state created_at closed_at version", person: "created_by", record: "question options"},
	{table: "poll_copy", plain: "id poll_number group_id kind thread_id message_id telegram_id state missing votes voters final", place: "chat_id"},
	{table: "poll_stray", plain: "telegram_id votes voters final"},
	{table: "announcement", plain: "number created_at send_at sent_at state edition version shown_at command_version", person: "created_by",
		place: "command_chat_id/command_message_id", record: "text"},
	{table: "announcement_addressee", plain: "number kind name group_id"},
	{table: "announcement_copy", plain: "number group_id card_id state arrived_at", person: "member_id", erase: []string{`DELETE FROM announcement_copy WHERE member_id` + whose}},
	{table: "announcement_reader", plain: "number group_id read_at", person: "member_id", erase: []string{`DELETE FROM announcement_reader WHERE member_id` + whose}},

	{table: "idea", plain: `number named from_group thread_id dimension needs_budget complaint held state created_at state_since review_by decide_by stood_from resumes
		review_opened review_until quorum decision decided_at merged_into merged_at merged_from trial_at version rubric decision_told`, person: "submitter_id decided_by on_behalf",
		place: "chat_id/message_id", words: "title text problem benefit folded", record: "reason", thing: `'I-' || number`, own: "submitter_id" + whose + " AND" + undecided,
		erase: []string{
			`DELETE FROM idea_term WHERE idea_number IN (SELECT number FROM idea WHERE submitter_id` + whose + ` AND` + undecided + `)`,
			`UPDATE idea SET named = 0 WHERE submitter_id` + whose},
		blank: []string{
			`UPDATE idea SET title = ?1, text = ?1, problem = '', benefit = '', folded = '' WHERE submitter_id` + whoseRest + ` AND` + undecided}},
	{table: "idea_term", plain: "share idea_number", words: "term"},
	{table: "idea_sieve", plain: "place texts"},
	{table: "idea_support", plain: "idea_number at", person: "member_id", words: "supports", erase: []string{`DELETE FROM idea_support WHERE member_id` + whose}},
	{table: "idea_draft", plain: "id from_group thread_id album step idea_number created_at", person: "member_id", place: "chat_id/message_id", words: "text files",
		own: "member_id" + whose, erase: []string{`DELETE FROM idea_draft WHERE member_id` + whose}},
	{table: "idea_likeness", plain: "idea_number other_number state at", person: "member_id"},
	{table: "idea_task", plain: "task_number idea_number"},
	{table: "idea_score", plain: "idea_number criterion at", person: "member_id recorded_by", record: "points"},
	{table: "idea_feedback", plain: "idea_number round at", person: "member_id", words: "helped", erase: []string{`DELETE FROM idea_feedback WHERE member_id` + whose}},
	{table: "idea_field", plain: "idea_number field at", person: "member_id", record: "text"},

	{table: "meeting", plain: `number starts_at length seats previous recurrence evaluation question state edition minutes_state minutes_edition minutes_agreed_at minutes_proposal
		minutes_proposed_at created_at ended_at version command_version told_at`, person: "chair_id scribe_id minutes_agreed_by minutes_proposed_by created_by",
		place: "command_chat_id/command_message_id", record: "title place chair_name scribe_name"},
	{table: "meeting_addressee", plain: "number kind name group_id"},
	{table: "meeting_edition", plain: "number edition starts_at length state", record: "title place reason"},
	{table: "meeting_group", plain: "number group_id told heard"},
	{table: "meeting_guest", plain: "number by_name group_id told heard response responded_at", person: "member_id representative_id for_member", identity: "representative_name", words: "reason",
		thing: `'M-' || number`, remark: true, own: "member_id" + whose, erase: []string{
			`DELETE FROM meeting_guest WHERE member_id` + whose + ` AND number IN (SELECT number FROM meeting WHERE state = 'planned')`,
			`UPDATE meeting_guest SET reason = '', representative_name = '' WHERE member_id` + whose}},
	{table: "meeting_attendee", plain: "id number group_id at from_edition until_edition", person: "member_id for_member noted_by", identity: "name", record: "office", erase: []string{
		`UPDATE meeting_attendee SET name = '' WHERE member_id` + whose}},
	{table: "meeting_topic", plain: "id number position subject state at thread_id decided_at", person: "proposed_by decided_by", place: "chat_id/message_id", words: "text",
		thing: `'M-' || number`, remark: true, own: "proposed_by" + whose + " AND state <> 'on_agenda'", erase: []string{`DELETE FROM meeting_topic WHERE proposed_by` + whose + ` AND state <> 'on_agenda'`}},
	{table: "meeting_minute", plain: "id number kind subject from_edition until_edition at", person: "noted_by", place: "chat_id/message_id", record: "text"},
	{table: "meeting_letter", plain: "number dated_at", record: "letter_number"},
	{table: "meeting_minutes_edition", plain: "number edition agreed_at", person: "agreed_by on_behalf", record: "papers"},

	{table: "consent", plain: "id purpose version language given_at message_id subject withdrawn_at", person: "member_id", erase: []string{
		`UPDATE consent SET subject = '', message_id = 0 WHERE member_id` + whose}},
	{table: "privacy_request", plain: "number kind asked_at due_at ended_at how", person: "member_id ended_by", words: "words answer", thing: `'H-' || number`, remark: true, own: "member_id" + whose, erase: []string{
		`UPDATE privacy_request SET words = '', answer = '' WHERE member_id` + whose}},
	{table: "handover", plain: "number state things at", person: "from_id to_id by_id", words: "snapshot", own: "from_id" + whose, erase: []string{
		`UPDATE handover SET snapshot = '' WHERE from_id` + whose + ` OR to_id` + whose}},
	{table: "official_notice", plain: "official announcement_number found_at follows closed_at"},
	{table: "sentence", plain: "key language", record: "one other"},
	{table: "ready_answer", plain: "number", record: "name words"},
	{table: "privacy_version", plain: "version made_at applies_at announced_at"},
	{table: "privacy_text", plain: "version language", record: "short full"},

	{table: "member", plain: "id language seen_at same_as rests", identity: "telegram_id name username folded address reach", erase: []string{
		`UPDATE member SET telegram_id = NULL, name = '', username = '', folded = '', address = '', reach = 'gone' WHERE id = ?1 OR same_as = ?1`}},
}

// givenFiles are those that were not sent along with what is made in office.
const givenFiles = ` AND substr(subject, 1, 2) NOT IN ('A-', 'E-', 'M-', 'R-', 'P-', 'G-')`
