package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"

	"github.com/rembuk/rembuk/council"
)

// watched is the driver with an ear for every statement that runs.
type watched struct{ sqlite3.SQLiteDriver }

type watchedConn struct{ *sqlite3.SQLiteConn }

type statement struct {
	query     string
	arguments []any
}

var (
	hearing sync.Mutex
	heard   []statement
)

func init() { sql.Register("sqlite3_watched", &watched{}) }

func (d *watched) Open(name string) (driver.Conn, error) {
	conn, err := d.SQLiteDriver.Open(name)
	if err != nil {
		return nil, err
	}
	return watchedConn{conn.(*sqlite3.SQLiteConn)}, nil
}

func (c watchedConn) QueryContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Rows, error) {
	hear(query, arguments)
	return c.SQLiteConn.QueryContext(ctx, query, arguments)
}

func (c watchedConn) ExecContext(ctx context.Context, query string, arguments []driver.NamedValue) (driver.Result, error) {
	hear(query, arguments)
	return c.SQLiteConn.ExecContext(ctx, query, arguments)
}

func hear(query string, arguments []driver.NamedValue) {
	hearing.Lock()
	defer hearing.Unlock()
	values := make([]any, len(arguments))
	for i, argument := range arguments {
		values[i] = argument.Value
	}
	heard = append(heard, statement{query, values})
}

// plans runs a method and gives SQLite's plan for every statement it ran.
func plans(t *testing.T, tx *Tx, method func(*Tx) error) []string {
	t.Helper()
	heard = nil
	if err := method(tx); err != nil && err != ErrNotFound {
		t.Fatal(err)
	}
	var lines []string
	for _, statement := range slices.Clone(heard) {
		lines = append(lines, got(all(tx, func(row scanner) (string, error) {
			var id, parent, unused int
			var detail string
			err := row.Scan(&id, &parent, &unused, &detail)
			return detail, err
		}, `EXPLAIN QUERY PLAN `+statement.query, statement.arguments...))(t)...)
	}
	return lines
}

// TestWhatIsKeptOfAPersonIsFoundWithoutReadingAllOfIt looks at what anybody may ask for: the
// tables that grow with everybody's ideas and reminders are read by an index.
func TestWhatIsKeptOfAPersonIsFoundWithoutReadingAllOfIt(t *testing.T) {
	tx := writing(t)
	for _, part := range ownRecords {
		plan := got(all(tx, func(row scanner) (string, error) {
			var id, parent, unused int
			var detail string
			err := row.Scan(&id, &parent, &unused, &detail)
			return detail, err
		}, `EXPLAIN QUERY PLAN `+part.query, 1))(t)
		for _, line := range plan {
			for _, large := range []string{"event", "reminder", "idea", "idea_support", "task_assignee", "member", "words", "consent", "notice"} {
				if line == "SCAN "+large || strings.HasPrefix(line, "SCAN "+large+" ") {
					t.Errorf("%s: %s", part.section, line)
				}
			}
		}
	}
}

func TestHotQueriesUseTheirIndexes(t *testing.T) {
	s := openStore(t)
	writer := got(sql.Open("sqlite3_watched", source(filepath.Clean(s.path), "_foreign_keys=on")))(t)
	inner := got(writer.Begin())(t)
	t.Cleanup(func() { ok(t, inner.Rollback()); ok(t, writer.Close()) })
	tx := &Tx{inner: inner, linked: &linkedGroups{}, settled: &council.Day{}}
	got(tx.Groups())(t) // groups are read once and then known
	tests := map[string]struct {
		run  func(*Tx) error
		want []string // all of these are in the plan
	}{
		"Waiting":          {func(tx *Tx) error { return second(tx.Waiting(1, 2)) }, []string{"inbox_waiting"}},
		"WaitingTexts":     {func(tx *Tx) error { return second(tx.WaitingTexts([]int64{1})) }, []string{"SEARCH inbox"}},
		"CountWaiting":     {func(tx *Tx) error { return second(tx.CountWaiting()) }, []string{"inbox_waiting"}},
		"Handled":          {func(tx *Tx) error { return second(tx.Handled(1)) }, []string{"SEARCH inbox USING INTEGER PRIMARY KEY"}},
		"SetAsideUpdates":  {func(tx *Tx) error { return second(tx.SetAsideUpdates()) }, []string{"inbox_set_aside"}},
		"PruneInbox":       {func(tx *Tx) error { return tx.PruneInbox(noon) }, []string{"inbox_received"}},
		"OpenOutbox":       {func(tx *Tx) error { return second(tx.OpenOutbox()) }, []string{"outbox_open"}},
		"Interrupted":      {(*Tx).Interrupted, []string{"outbox_open"}},
		"Claim":            {func(tx *Tx) error { return second(tx.Claim(1)) }, []string{"SEARCH outbox USING INTEGER PRIMARY KEY"}},
		"Sent":             {func(tx *Tx) error { return tx.Sent(Outgoing{ID: 1, CardID: 1}, 5, noon) }, []string{"SEARCH outbox USING INTEGER PRIMARY KEY", "SEARCH card USING INTEGER PRIMARY KEY"}},
		"SendInstead":      {func(tx *Tx) error { return tx.SendInstead(Outgoing{ID: 1}) }, []string{"SEARCH outbox USING INTEGER PRIMARY KEY", "outbox_card"}},
		"Later":            {func(tx *Tx) error { return tx.Later(Outgoing{ID: 1}, 0, noon) }, []string{"SEARCH outbox USING INTEGER PRIMARY KEY", "outbox_card"}},
		"Queue a card":     {func(tx *Tx) error { return tx.replaceOnly() }, []string{"outbox_card"}},
		"DropQueued":       {func(tx *Tx) error { return tx.DropQueued(1, "", noon) }, []string{"outbox_open"}},
		"CountOutbox":      {func(tx *Tx) error { _, _, err := tx.CountOutbox(noon); return err }, []string{"outbox_open", "outbox_broken"}},
		"PruneOutbox":      {func(tx *Tx) error { return tx.PruneOutbox(noon) }, []string{"outbox_ended"}},
		"MessageAbout":     {func(tx *Tx) error { _, _, err := tx.MessageAbout(1, 2); return err }, []string{"SEARCH message USING PRIMARY KEY"}},
		"Seen":             {func(tx *Tx) error { return second(tx.Seen(7, "Baso", "baso", "id", noon)) }, []string{"SEARCH member USING INDEX sqlite_autoindex_member_1", "member_folded"}},
		"Appeared":         {func(tx *Tx) error { return appearing(tx, 8, "sri", "id", noon) }, []string{"sqlite_autoindex_member_1", "member_folded"}},
		"Mentioned":        {func(tx *Tx) error { return second(tx.Mentioned("anwar")) }, []string{"member_folded"}},
		"Actor":            {func(tx *Tx) error { return second(tx.Actor(council.Member{ID: 1})) }, []string{"SEARCH role USING PRIMARY KEY", "SEARCH membership USING PRIMARY KEY"}},
		"MembersOf":        {func(tx *Tx) error { return second(tx.MembersOf(-1)) }, []string{"membership_chat"}},
		"Tasks of a group": {func(tx *Tx) error { return second(tx.Tasks(TaskFilter{GroupID: 1, OpenOnly: true}, 0, 5)) }, []string{"task_group", "task_assignee_group", "SEARCH task USING INTEGER PRIMARY KEY", "SCAN open_task"}},
		"Tasks of mine":    {func(tx *Tx) error { return second(tx.Tasks(TaskFilter{MemberID: 1}, 0, 5)) }, []string{"task_assignee_member", "SEARCH task USING INTEGER PRIMARY KEY"}},
		"open tasks of mine": {func(tx *Tx) error {
			return second(tx.CountMatching(TaskFilter{MemberID: 1, OpenOnly: true}))
		}, []string{"task_assignee_member (member_id=? AND ended=?)", "SEARCH task USING INTEGER PRIMARY KEY"}},
		"open tasks of mine for an evaluation": {func(tx *Tx) error {
			return second(tx.CountMatching(TaskFilter{MemberID: 1, OpenOnly: true, EvaluationID: 1, Loose: Span{Since: noon, Until: noon}}))
		}, []string{"task_assignee_member (member_id=? AND ended=?)", "SEARCH task USING INTEGER PRIMARY KEY"}},
		"Tasks I may see": {func(tx *Tx) error {
			return second(tx.CountMatching(TaskFilter{VisibleTo: 1, GroupIDs: []int64{1, 2}, Words: "x"}))
		}, []string{"task_group", "task_assignee_member", "task_assignee_group", "SEARCH task USING INTEGER PRIMARY KEY"}},
		"Tasks shared":      {func(tx *Tx) error { return second(tx.Tasks(TaskFilter{GroupID: 1, Shared: true}, 0, 5)) }, []string{"task_partner_group", "SEARCH task USING INTEGER PRIMARY KEY", "task_partner"}},
		"Tasks awaited":     {func(tx *Tx) error { return second(tx.Tasks(TaskFilter{GroupID: 1, Awaited: true}, 0, 5)) }, []string{"task_partner_group", "task_wait", "SEARCH task USING INTEGER PRIMARY KEY"}},
		"ties of a task":    {func(tx *Tx) error { return second(tx.withTies(council.Task{Number: 1})) }, []string{"SEARCH task_partner USING PRIMARY KEY", "SEARCH task_wait USING PRIMARY KEY", "task_wait_awaited"}},
		"SaveWaits":         {func(tx *Tx) error { return tx.SaveWaits(council.Task{Number: 1}) }, []string{"SEARCH task_wait USING PRIMARY KEY", "task_wait_awaited"}},
		"PlanSummaries":     {func(tx *Tx) error { return tx.PlanSummaries(nil, noon) }, []string{"reminder_due"}},
		"Tasks overdue":     {func(tx *Tx) error { return second(tx.Tasks(TaskFilter{OverdueAt: noon}, 0, 5)) }, []string{"SEARCH task USING INDEX task_due (deadline_at<?"}},
		"Tasks done lately": {func(tx *Tx) error { return second(tx.CountMatching(TaskFilter{EndedSince: noon})) }, []string{"task_ended"}},
		"Tasks it serves":   {func(tx *Tx) error { return second(tx.CountMatching(TaskFilter{EvaluationID: 1})) }, []string{"task_evaluation"}},
		"TaskByCommand":     {func(tx *Tx) error { return second(tx.TaskByCommand(-1, 2)) }, []string{"task_command"}},
		"CountTasks":        {func(tx *Tx) error { return second(tx.CountTasks(TaskFilter{}, noon, noon)) }, []string{"COVERING INDEX task_ended (ended_at=?)", "COVERING INDEX task_ended (ended_at=? AND state=? AND deadline_at<?", "COVERING INDEX task_ended (ended_at>?"}},
		"CountTasks in one": {func(tx *Tx) error { return second(tx.CountTasks(TaskFilter{GroupID: 1}, noon, noon)) }, []string{"COVERING INDEX task_group (group_id=? AND ended_at=?", "COVERING INDEX task_group (group_id=? AND ended_at>?", "SCAN open_task"}},
		"EachAnswered":      {func(tx *Tx) error { return tx.EachAnswered(QuestionFilter{AskedSince: noon}, nil) }, []string{"COVERING INDEX question_asked"}},
		"EachAnswered to": {func(tx *Tx) error {
			return tx.EachAnswered(QuestionFilter{AskedSince: noon, ToGroups: []int64{1}}, nil)
		}, []string{"COVERING INDEX question_to (to_group=? AND asked_at>?"}},
		"EachAnswered from":   {func(tx *Tx) error { return tx.EachAnswered(QuestionFilter{AskedSince: noon, FromGroup: 1}, nil) }, []string{"COVERING INDEX question_from (from_group=? AND asked_at>?"}},
		"CountOpenQuestions":  {func(tx *Tx) error { return second(tx.CountOpenQuestions(QuestionFilter{ToGroups: []int64{1}}, noon)) }, []string{"question_open", "SCAN (subquery-2)"}},
		"ComingMeetings":      {func(tx *Tx) error { return second(tx.ComingMeetings(noon, 1)) }, []string{"USING INDEX meeting_planned"}},
		"Readiness":           {func(tx *Tx) error { return second(tx.Readiness(1)) }, []string{"COVERING INDEX evidence_indicator"}},
		"TogetherSince":       {func(tx *Tx) error { return second(tx.TogetherSince(noon, nil)) }, []string{"COVERING INDEX question_asked", "COVERING INDEX event_held", "SCAN joined_group", "SCAN activity"}},
		"LastHappening":       {func(tx *Tx) error { _, _, err := tx.LastHappening(task12, council.EventHeld); return err }, []string{"event_subject"}},
		"LastDeed":            {func(tx *Tx) error { return second(tx.LastDeed(1, noon)) }, []string{"event_member"}},
		"IdeaFamily":          {func(tx *Tx) error { return second(tx.IdeaFamily(1)) }, []string{"SEARCH idea USING INTEGER PRIMARY KEY", "SCAN above", "SCAN family"}},
		"Comments":            {func(tx *Tx) error { return second(tx.Comments(council.Idea{Number: 1}, 5)) }, []string{"event_subject"}},
		"CountComments":       {func(tx *Tx) error { return second(tx.CountComments(council.Idea{Number: 1}, 1, noon)) }, []string{"event_subject"}},
		"History":             {func(tx *Tx) error { return second(tx.History(task12, 0, 5)) }, []string{"event_subject"}},
		"DueReminders":        {func(tx *Tx) error { return second(tx.DueReminders(noon)) }, []string{"reminder_due"}},
		"DueReminders of":     {func(tx *Tx) error { return second(tx.DueReminders(noon, Hearer{MemberID: 1})) }, []string{"reminder_common", "reminder_member (member_id=? AND due_at<?)", "reminder_group (group_id=? AND due_at<?)", "SCAN json_each"}},
		"DueHearers":          {func(tx *Tx) error { _, _, err := tx.DueHearers(noon, 5); return err }, []string{"reminder_due"}},
		"NextReminder":        {func(tx *Tx) error { return second(tx.NextReminder()) }, []string{"reminder_due"}},
		"PlanReminders":       {func(tx *Tx) error { return tx.PlanReminders(task12, nil, nil) }, []string{"SEARCH reminder USING INDEX"}},
		"RemindersUntil":      {func(tx *Tx) error { return second(tx.RemindersUntil(noon, noon.Add(time.Hour))) }, []string{"reminder_due"}},
		"WaitingReminders":    {func(tx *Tx) error { return second(tx.WaitingReminders(task12)) }, []string{"SEARCH reminder USING INDEX"}},
		"RemindedAlone":       {func(tx *Tx) error { return second(tx.RemindedAlone(council.Reminder{Subject: task12})) }, []string{"SEARCH reminder USING COVERING INDEX"}},
		"EndReminder":         {func(tx *Tx) error { return tx.EndReminder(1, true, "due", noon) }, []string{"SEARCH reminder USING INTEGER PRIMARY KEY"}},
		"MoveReminder":        {func(tx *Tx) error { return tx.MoveReminder(1, noon, "budget") }, []string{"SEARCH reminder USING INTEGER PRIMARY KEY"}},
		"LastSaid":            {func(tx *Tx) error { return second(tx.LastSaid(task12)) }, []string{"SEARCH reminder USING INDEX"}},
		"OwnReminders":        {func(tx *Tx) error { return second(tx.OwnReminders(1)) }, []string{"own_reminder_member"}},
		"GroupReminders":      {func(tx *Tx) error { return second(tx.GroupReminders(1)) }, []string{"own_reminder_group"}},
		"ReminderByCommand":   {func(tx *Tx) error { _, _, err := tx.ReminderByCommand(-1, 2); return err }, []string{"own_reminder_command"}},
		"Leaves":              {func(tx *Tx) error { return second(tx.Leaves(1, today)) }, []string{"leave_member"}},
		"AllLeaves":           {func(tx *Tx) error { return second(tx.AllLeaves(today)) }, []string{"leave_last"}},
		"DecideAnew":          {func(tx *Tx) error { return tx.DecideAnew(1, noon) }, []string{"reminder_on_leave"}},
		"QuietTimes":          {func(tx *Tx) error { return second(tx.QuietTimes(Hearer{MemberID: 1})) }, []string{"SEARCH quiet_time USING COVERING INDEX"}},
		"SetQuietTimes":       {func(tx *Tx) error { return tx.SetQuietTimes(Hearer{GroupID: 1}, nil) }, []string{"SEARCH quiet_time USING"}},
		"Position":            {func(tx *Tx) error { return second(tx.PositionByID(1)) }, []string{"SEARCH position USING INTEGER PRIMARY KEY"}},
		"Holdings":            {func(tx *Tx) error { return second(tx.Holdings(1, today)) }, []string{"SEARCH holding USING INDEX"}},
		"HoldingsOf":          {func(tx *Tx) error { return second(tx.HoldingsOf(1, today)) }, []string{"holding_member"}},
		"SetHoldings":         {func(tx *Tx) error { return tx.SetHoldings(1, today, nil) }, []string{"SEARCH holding USING INDEX"}},
		"Acting":              {func(tx *Tx) error { return second(tx.Acting(today)) }, []string{"leave_member", "SEARCH member USING INTEGER PRIMARY KEY", "SCAN position", "SCAN holding"}},
		"LeadersByRole":       {func(tx *Tx) error { return second(tx.LeadersByRole(today)) }, []string{"role", "holding_member"}},
		"CutOffTwice":         {func(tx *Tx) error { return second(tx.CutOffTwice()) }, []string{"outbox_open"}},
		"AddCutOff":           {func(tx *Tx) error { return second(tx.AddCutOff(noon, council.CutOffToldEvery)) }, []string{"outbox_broken"}},
		"CutOffToldWith":      {func(tx *Tx) error { return second(tx.CutOffToldWith(council.Absence{ID: 1})) }, []string{"outbox_broken"}},
		"Absence":             {func(tx *Tx) error { return second(tx.Absence(1)) }, []string{"SEARCH absence USING INTEGER PRIMARY KEY"}},
		"Digest":              {func(tx *Tx) error { return second(tx.Digest(1)) }, []string{"SEARCH digest USING INTEGER PRIMARY KEY"}},
		"CountNotices":        {func(tx *Tx) error { return second(tx.CountNotices(1, Span{noon, noon.Add(time.Hour)})) }, []string{"notice_member"}},
		"DigestsAbout":        {func(tx *Tx) error { return second(tx.DigestsAbout(task12, noon)) }, []string{"digest_item_subject"}},
		"DigestItems":         {func(tx *Tx) error { return second(tx.DigestItems(1)) }, []string{"SEARCH digest_item USING PRIMARY KEY"}},
		"PruneDigests":        {func(tx *Tx) error { return tx.PruneDigests(noon) }, []string{"digest_said", "SEARCH card USING"}},
		"CardAt":              {func(tx *Tx) error { return second(tx.CardAt(-1, 5)) }, []string{"SEARCH card USING INDEX"}},
		"Cards":               {func(tx *Tx) error { return second(tx.Cards("T-1")) }, []string{"SEARCH card USING INDEX"}},
		"CountAttachments":    {func(tx *Tx) error { return second(tx.CountAttachments("T-1")) }, []string{"SEARCH attachment USING COVERING INDEX"}},
		"Attachments":         {func(tx *Tx) error { return second(tx.Attachments("T-1")) }, []string{"SEARCH attachment USING INDEX"}},
		"a whole evaluation":  {func(tx *Tx) error { _, err := tx.withMilestones(council.Evaluation{Number: 1}); return err }, []string{"milestone_evaluation"}},
		"assignees of a task": {func(tx *Tx) error { _, err := tx.withAssignees(council.Task{Number: 1}); return err }, []string{"SEARCH task_assignee USING PRIMARY KEY"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			lines := plans(t, tx, test.run)
			whole := strings.Join(lines, "\n")
			for _, want := range test.want {
				if !strings.Contains(whole, want) {
					t.Errorf("no %q in\n%s", want, whole)
				}
			}
			for _, line := range lines {
				wanted := slices.ContainsFunc(test.want, func(index string) bool { return strings.Contains(line, index) })
				if strings.HasPrefix(line, "SCAN") && line != "SCAN CONSTANT ROW" && !wanted {
					t.Errorf("a whole table is read: %s", line)
				}
			}
		})
	}
}

// replaceOnly is the part of Queue that looks for an unsent face of a card.
func (tx *Tx) replaceOnly() error {
	_, err := tx.replaceCard(Outgoing{CardID: 1}, []byte("{}"))
	return err
}
