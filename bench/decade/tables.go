package main

// filling is how one table is filled: with so many rows at full size, and what stands
// in row number i. What is asked of the numbers is only that they scatter.
type filling struct {
	table   string
	rows    int // at full size; with a thousandth of the data a thousandth
	columns string
	values  string
}

// The parameters that values name, beside i: the moments are unix milliseconds.
//
//	:now       when the ten years are over
//	:span      how long they are
//	:rows      how many rows the table gets
//	:members   how many members there are, with ids from 1,001 on
//	:tasks, :ideas, :questions, :evaluations, :meetings, :news   how many of these
const (
	// since is the moment of a row: they are spread evenly over the years.
	since = `(:now - :span + i * (:span / :rows))`
	// someone is a member, somegroup a working group.
	someone   = `(1001 + (i * 7919) % :members)`
	somegroup = `(3 + (i * 31) % 36)`
	day       = `86400000`
	// fifth of the tasks of the last year are open, which is one in fifty of all.
	open = `(i * 10 > :rows * 9 AND i % 5 = 0)`
	// recent ideas are under way.
	underWay = `(i * 50 > :rows * 49)`
)

// fillings lists what ten years leave, things before what hangs on them.
func fillings() []filling {
	return []filling{
		{"member", 5_000, `id, telegram_id, name, username, folded, address, reach, seen_at`,
			`1000 + i, 900000000 + i, 'Warga ' || i, 'warga_' || i, 'warga_' || i, 'Bapak', CASE WHEN i % 9 = 0 THEN 'never_started' ELSE 'open' END, ` + since},
		{"membership", 7_000, `member_id, chat_id`,
			`1001 + i % :members, (SELECT chat_id FROM linked_group WHERE id = 3 + (i / :members * 5 + i) % 44)`},
		{"evaluation", 40, `number, name, state, created_by, created_at, version`,
			`i, 'Evaluasi smart city tahap ' || i, CASE WHEN i = :rows THEN 'open' ELSE 'closed' END, 1, ` + since + `, 2`},
		{"milestone", 80, `evaluation_number, kind, at, zone`,
			`(i + 1) / 2, CASE i % 2 WHEN 0 THEN 'upload' ELSE 'presentation' END, CASE WHEN i + 3 >= :rows THEN :now + (20 + i % 7) * ` + day + ` ELSE ` + since + ` + 30 * ` + day + ` END, 'Asia/Makassar'`},
		// an evaluation is as large in the first month as it is after ten years
		{"indicator", 3_000, `evaluation, code, dimension, name, weight, owner`,
			`1 + (i - 1) / 75, 'IND.' || i, ` + dimensionOf + `, 'Persentase layanan ke-' || i, 100, 'Dinas ' || (i % 30)`},
		{"task", 100_000, `number, title, full_text, folded, group_id, evaluation_id, created_by, created_at, deadline_at, deadline_zone, deadline_asked, state, ended_at, version, command_chat_id, command_message_id`,
			`i, 'Rekap tonase bank sampah, titik ' || i, '', 'rekap tonase bank sampah, titik ' || i, ` + somegroup + `, CASE WHEN i % 3 = 0 THEN 1 + (i * :evaluations - 1) / :rows ELSE 0 END, ` + someone + `, ` + since + `,
			CASE WHEN ` + open + ` THEN :now + ((i * 17) % 700 - 40) * ` + day + ` / 10 ELSE ` + since + ` + 14 * ` + day + ` END, 'Asia/Makassar', 1,
			CASE WHEN ` + open + ` THEN CASE i % 20 WHEN 0 THEN 'blocked' WHEN 5 THEN 'new' WHEN 10 THEN 'submitted' ELSE 'in_progress' END WHEN i % 14 = 0 THEN 'cancelled' ELSE 'done' END,
			CASE WHEN ` + open + ` THEN NULL ELSE min(:now, ` + since + ` + 12 * ` + day + `) END, 5, -100777, i`},
		{"task_assignee", 100_000, `task_number, member_id, state, progress, acknowledged, assigned_at, active_at, ended`,
			`i, ` + someone + `, CASE WHEN ` + open + ` THEN 'in_progress' ELSE 'done' END, 40, 1, ` + since + `, ` + since + `, NOT ` + open},
		{"indicator_task", 3_000, `task_number, indicator_id`, `1 + (i * 33) % :tasks, i`},
		{"evidence", 30_000, `indicator_id, member_id, chat_id, kind, file_id, unique_id, name, hash, size, personal, state, checked_by, checked_at, version, filing, created_at`,
			`1 + (i - 1) / 10, ` + someone + `, -100777, 'document', 'f' || i, 'u' || i, 'bukti-' || i || '.pdf', printf('%064x', i), 100000, 'no', CASE WHEN i % 9 = 0 THEN 'uploaded' ELSE 'verified' END, 1, ` + since + `, 2, i, ` + since},
		{"idea", 20_000, `number, submitter_id, named, from_group, chat_id, title, text, folded, dimension, state, created_at, state_since, review_by, decide_by, decided_at, decision, version`,
			`i, ` + someone + `, 1, 39 + i % 8, -100777, 'Bank sampah keliling ke-' || i, 'Truk bank sampah datang ke setiap RW seminggu sekali, nomor ' || i, 'bank sampah keliling ke-' || i || ' truk bank sampah datang ke setiap rw', ` + dimensionOf + `,
			CASE WHEN ` + underWay + ` THEN CASE i % 5 WHEN 0 THEN 'submitted' WHEN 1 THEN 'under_review' WHEN 2 THEN 'needs_detail' WHEN 3 THEN 'deliberated' ELSE 'trial' END
				ELSE CASE i % 4 WHEN 0 THEN 'adopted' WHEN 1 THEN 'not_now' WHEN 2 THEN 'withdrawn' ELSE 'postponed' END END,
			` + since + `, ` + since + ` + 20 * ` + day + `, ` + since + ` + 7 * ` + day + `, ` + since + ` + 20 * ` + day + `, CASE WHEN ` + underWay + ` THEN NULL ELSE ` + since + ` + 20 * ` + day + ` END, CASE WHEN ` + underWay + ` OR i % 4 = 2 THEN '' WHEN i % 4 = 0 THEN 'approved_trial' WHEN i % 4 = 1 THEN 'not_now' ELSE 'postponed' END, 4`},
		{"idea_term", 200_000, `term, share, idea_number`,
			`'kata' || ((i * 7919) % 4000), 20 + i % 80, 1 + (i - 1) / 10`},
		{"idea_support", 120_000, `idea_number, member_id, supports, at`, `1 + i % :ideas, 1001 + (i / :ideas * 11 + i) % :members, 1, ` + since},
		{"question", 10_000, `number, asker_id, named, from_group, chat_id, to_group, text, state, outcome, asked_at, target_at, workdays, version, answered_at`,
			`i, ` + someone + `, 1, 39 + i % 8, -100777, ` + somegroup + `, 'Bagaimana jadwal angkut sampah di RW ' || i || '?', CASE WHEN i * 100 > :rows * 99 THEN 'waiting' ELSE 'closed' END, CASE WHEN i * 100 > :rows * 99 THEN '' ELSE 'answered' END, ` + since + `, ` + since + ` + 7 * ` + day + `, 5, 3, CASE WHEN i * 100 > :rows * 99 THEN NULL ELSE ` + since + ` + (i % 9) * ` + day + ` END`},
		{"answer", 10_000, `question_number, member_id, text, at, delivered`, `i, ` + someone + `, 'Setiap Senin dan Kamis.', ` + since + `, 1`},
		{"meeting", 1_000, `number, title, starts_at, length, place, chair_id, state, edition, minutes_state, minutes_edition, created_by, created_at, ended_at, version`,
			`i, 'Rapat koordinasi ke-' || i, CASE WHEN i + 2 >= :rows THEN :now + (i % 7 + 2) * ` + day + ` ELSE ` + since + ` END, 7200000, 'Aula', 1, CASE WHEN i + 2 >= :rows THEN 'planned' ELSE 'held' END, 1, CASE WHEN i + 2 >= :rows THEN '' ELSE 'agreed' END, 1, 1, ` + since + `, NULL, 3`},
		{"meeting_addressee", 2_000, `number, kind, name, group_id`, `(i + 1) / 2, 'group', '', 1 + i % 46`},
		{"meeting_guest", 20_000, `number, member_id, group_id, told, response, responded_at`, `1 + (i - 1) / 20, ` + someone + `, ` + somegroup + `, 1, 'coming', ` + since},
		{"meeting_minute", 10_000, `number, kind, text, from_edition, noted_by, at`, `1 + (i - 1) / 10, CASE i % 3 WHEN 0 THEN 'decision' ELSE 'note' END, 'Disepakati butir ' || i, 1, 1, ` + since},
		{"announcement", 1_000, `number, text, created_by, created_at, sent_at, state, edition, version`,
			`i, 'Undangan bimbingan teknis ke-' || i, 1, ` + since + `, ` + since + `, 'sent', 1, 1`},
		{"announcement_addressee", 1_000, `number, kind`, `i, 'everyone'`},
		{"announcement_copy", 46_000, `number, group_id, member_id, state, arrived_at`, `1 + (i - 1) / 46, 1 + i % 46, 0, 'arrived', ` + since},
		{"announcement_reader", 100_000, `number, member_id, group_id, read_at`, `1 + (i - 1) / 100, 1001 + i % :members, ` + somegroup + `, ` + since},
		{"recommendation", 20, `text, state, measure, created_by, created_at, version`, `'Tingkatkan keterlibatan, butir ' || i, CASE WHEN i + 1 >= :rows THEN 'open' ELSE 'done' END, CASE WHEN i = :rows THEN 'ideas' WHEN i + 1 = :rows THEN 'involvement' ELSE '' END, 1, ` + since + `, 2`},
		{"reminder", 600_000, `subject, step, audience, member_id, deadline_at, due_at, state, reason, ended_at`,
			`'T-' || (1 + (i - 1) / 6), 'H-' || (i % 6 + 1), 'assignee', 1001 + (((i - 1) / 6 + 1) * 7919) % :members, ` + since + ` + 14 * ` + day + `, ` + since + `,
			CASE i % 3 WHEN 0 THEN 'dropped' ELSE 'said' END, CASE i % 3 WHEN 0 THEN 'ended' ELSE 'due' END, ` + since},
		{"own_reminder", 10_000, `number, member_id, text, next_at, created_at, version`, `i, ` + someone + `, 'Siapkan bahan ' || i, CASE WHEN i % 50 = 0 THEN :now + (30 + i % 300) * ` + day + ` END, ` + since + `, 1`},
		{"leave", 5_000, `member_id, first_day, last_day`, someone + `, date(` + since + ` / 1000, 'unixepoch'), date(` + since + ` / 1000 + 259200, 'unixepoch')`},
		{"absence", 300, `from_at, until_at`, since + `, ` + since + ` + 600000`},
		{"attachment", 60_000, `subject, kind, file_id, unique_id, name, member_id, added_at`, `'T-' || (1 + (i * 3) % :tasks), 'photo', 'g' || i, 'v' || i, 'foto.jpg', ` + someone + `, ` + since},
		{"card", 130_000, `subject, kind, chat_id, message_id`,
			`CASE WHEN i % 13 < 10 THEN 'T-' || (1 + (i / 13 * 10 + i % 13) % :tasks) WHEN i % 13 < 12 THEN 'I-' || (1 + (i / 13 * 2 + i % 13 - 10) % :ideas) ELSE 'Q-' || (1 + i / 13 % :questions) END, 'card', -100777 - i % 46, 1000000 + i`},
		{"message", 500_000, `chat_id, message_id, subject, kind`, `-100777 - i % 46, 2000000 + i, 'T-' || (1 + (i * 3) % :tasks), 'task'`},
		{"words", 400_000, `member_id, text`, someone + `, 'Sudah saya kumpulkan dari tiga kecamatan, sisanya menyusul ' || i`},
		{"event", 2_000_000, `at, member_id, subject, kind, detail, words_id`, since + `, ` + someone + `, ` + eventSubject + `, ` + eventKind + `, ` + eventDetail + `, CASE WHEN i % 5 = 3 THEN i / 5 + 1 ELSE 0 END`},
	}
}

const (
	dimensionOf = `CASE i % 6 WHEN 0 THEN 'governance' WHEN 1 THEN 'branding' WHEN 2 THEN 'economy' WHEN 3 THEN 'living' WHEN 4 THEN 'society' ELSE 'environment' END`
	// place is the row's place among all of them, for things of about that time.
	eventSubject = `CASE WHEN i % 20 < 13 THEN 'T-' || (1 + (i * :tasks / :rows + i % 7 * 11) % :tasks) WHEN i % 20 < 15 THEN 'I-' || (1 + (i * :ideas / :rows + i % 5) % :ideas)
		WHEN i % 20 = 15 THEN 'Q-' || (1 + (i * :questions / :rows) % :questions) WHEN i % 20 = 16 THEN 'A-' || (1 + (i * :news / :rows) % :news)
		WHEN i % 20 = 17 THEN 'M-' || (1 + (i * :meetings / :rows) % :meetings) WHEN i % 20 = 18 THEN 'F-' || (1 + i / 70) ELSE 'E-' || (1 + (i * :evaluations / :rows) % :evaluations) END`
	eventKind = `CASE WHEN i % 20 < 13 THEN CASE i % 7 WHEN 0 THEN 'created' WHEN 1 THEN 'acknowledged' WHEN 2 THEN 'progress' WHEN 3 THEN 'commented' WHEN 4 THEN 'submitted' WHEN 5 THEN 'accepted' ELSE 'attached' END
		WHEN i % 20 < 15 THEN CASE i % 4 WHEN 0 THEN 'created' WHEN 1 THEN 'supported' WHEN 2 THEN 'scored' ELSE 'decided' END
		WHEN i % 20 = 15 THEN CASE i % 2 WHEN 0 THEN 'answered' ELSE 'asked' END WHEN i % 20 = 16 THEN 'read' WHEN i % 20 = 17 THEN CASE i % 2000 WHEN 17 THEN 'held' ELSE 'replied' END
		WHEN i % 20 = 18 THEN 'attached' WHEN i % 1000 = 19 THEN 'role_changed' ELSE 'corrected' END`
	eventDetail = `CASE WHEN i % 20 < 15 OR i % 20 = 16 THEN '{"in":"' || ` + somegroup + ` || '"}'
		WHEN i % 20 = 15 THEN CASE i % 2 WHEN 0 THEN '{"group":"' || (39 + i % 8) || '","in":"' || ` + somegroup + ` || '","in_time":"true","to":"' || ` + somegroup + ` || '","working_days":"3"}'
			ELSE '{"group":"' || (39 + i % 8) || '","in":"' || (39 + i % 8) || '","to":"' || ` + somegroup + ` || '"}' END
		WHEN i % 20 = 17 THEN '{"in":"2,' || (39 + i % 8) || '"}' WHEN i % 1000 = 19 THEN '{"member":"' || ` + someone + ` || '","role":"council"}' ELSE '' END`
)
