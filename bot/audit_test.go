package bot

import (
	"errors"
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"strings"
	"testing"

	"github.com/go-telegram/bot/models"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// eventKinds are all constants of that type, as the source has them.
func eventKinds(t *testing.T) []council.EventKind {
	t.Helper()
	source, err := parser.ParseFile(token.NewFileSet(), "../council/event.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []council.EventKind
	ast.Inspect(source, func(node ast.Node) bool {
		value, is := node.(*ast.ValueSpec)
		if !is {
			return true
		}
		if named, is := value.Type.(*ast.Ident); !is || named.Name != "EventKind" {
			return true
		}
		for _, one := range value.Values {
			literal := one.(*ast.BasicLit)
			kinds = append(kinds, council.EventKind(constant.StringVal(constant.MakeFromLiteral(literal.Value, literal.Kind, 0))))
		}
		return true
	})
	if len(kinds) < 80 {
		t.Fatalf("found only %d kinds of events: the search is broken", len(kinds))
	}
	return kinds
}

func TestEveryKindOfEventHasASentence(t *testing.T) {
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range locale.Languages {
		speak := book.In(language)
		for _, kind := range eventKinds(t) {
			key := "audit.what." + string(kind)
			if !speak.Knows(key) {
				t.Errorf("%s: %s says nothing", language, key)
				continue
			}
			text := speak.Say(key, "Who", "WHO", "Thing", "THING", "Persons", "PERSONS", "Groups", "GROUPS", "Role", "ROLE", "What", "WHAT", "References", "REFERENCES", "Moment", "MOMENT")
			named := strings.HasPrefix(text, "WHO ") || kind == council.EventErased // whose data is gone is nobody
			if !named || strings.Contains(text, "<no value>") {
				t.Errorf("%s: %s says %q", language, key, text)
			}
		}
	}
}

func TestWhoseDataWasErasedIsSomebody(t *testing.T) {
	h := newHarness(t)
	var member council.Member
	h.change(func(tx *store.Tx) (err error) {
		if member, err = tx.Seen(4711, "Rina Wulandari", "rina", locale.Indonesian, h.clock()); err != nil {
			return err
		}
		return tx.Record(council.Event{At: h.clock(), MemberID: member.ID, Subject: council.TaskReference(3), Kind: council.EventTaken}, "")
	})
	for _, step := range []struct {
		forget func(*store.Tx) error
		want   string
	}{
		{func(tx *store.Tx) error { return tx.Unname(member.ID) }, "seorang anggota mengambil T-3"}, // who can still be told from others
		{func(tx *store.Tx) error {
			_, err := tx.Erase(store.Erasure{Member: member, Blank: "…", Nameless: "…"})
			return err
		}, "seseorang yang datanya dihapus mengambil T-3"},
	} {
		h.change(step.forget)
		h.look(func(tx *store.Tx) error {
			r, err := h.bot.unasked(tx)
			if err != nil {
				return err
			}
			page, err := tx.EventsBefore(store.EventFilter{Member: member.ID}, 0, 10)
			if err != nil || len(page.List) != 1 {
				t.Fatalf("%+v, %v", page, err)
			}
			said, err := r.eventTeller().sentence(page.List[0])
			if said != step.want {
				t.Errorf("%q, want %q", said, step.want)
			}
			return err
		})
	}
}

func TestThatAHandoverWasTakenBackIsSaidWithWhoseItWas(t *testing.T) {
	h := newHarness(t)
	h.change(func(tx *store.Tx) error {
		var ids []string
		for i, name := range []string{"Rina Wulandari", "Baso Irfandi"} {
			member, err := tx.Seen(int64(4711+i), name, "", locale.Indonesian, h.clock())
			if err != nil {
				return err
			}
			ids = append(ids, idText(member.ID))
		}
		r, err := h.bot.unasked(tx)
		if err != nil {
			return err
		}
		undone := council.Event{At: h.clock(), Kind: council.EventUndone, Detail: map[string]string{"from": ids[0], "to": ids[1], "handover": "1"}}
		said, err := r.eventTeller().sentence(store.Happening{Event: undone})
		if want := "Bot mengurungkan serah terima: Rina Wulandari, Baso Irfandi"; said != want {
			t.Errorf("%q, want %q", said, want)
		}
		return err
	})
}

func TestTypedSettingsAreNotRepeatedInTheRecord(t *testing.T) {
	h := newHarness(t)
	typed := []string{store.SettingRubric, store.SettingOffices, store.SettingLetterhead, dimensionKey(council.Environment)}
	failed := errors.New("not to be kept")
	err := h.store.Update(t.Context(), func(tx *store.Tx) error {
		r, err := h.bot.unasked(tx)
		if err != nil {
			return err
		}
		for _, word := range typed {
			chosen, known, err := r.settingNamed(word)
			if err != nil || !known {
				t.Fatalf("there is no setting %q: %v", word, err)
			}
			if changed, err := r.changeSetting(chosen, "usulan Pak Baso"); err != nil || !changed {
				t.Fatalf("%s: %v, %v", word, changed, err)
			}
			happened, _, err := tx.LastHappening(chosen.reference(), council.EventSetting)
			if err != nil || happened.Detail["key"] != chosen.key || strings.Contains(rawDetail(happened.Event), "Baso") {
				t.Errorf("%s: the record says %s, %v", word, rawDetail(happened.Event), err)
			}
		}
		return failed
	})
	if !errors.Is(err, failed) {
		t.Fatal(err)
	}
}

// readAs is what a line of filters means to the bot; names and mentions aside.
func readAs(t *testing.T, h *harness, line string) (filter auditFilter, unread []string) {
	t.Helper()
	h.change(func(tx *store.Tx) error {
		r, err := h.bot.unasked(tx)
		if err != nil {
			return err
		}
		r.message = &models.Message{Text: "/jejak " + line, Entities: []models.MessageEntity{{Type: models.MessageEntityTypeBotCommand, Length: len("/jejak")}}}
		filter, unread, err = r.readAuditFilter()
		return err
	})
	return filter, unread
}

func TestLinesOfFiltersAreUnderstood(t *testing.T) {
	h := newHarness(t) // it is Friday, 25 September 2026
	day := func(text string) council.Day {
		day, err := council.ParseDay(text)
		if err != nil {
			t.Fatal(err)
		}
		return day
	}
	period := func(filter auditFilter, from, to string) auditFilter {
		filter.From, filter.To = day(from), day(to)
		return filter
	}
	thing := auditFilter{Subject: council.TaskReference(12)}
	tests := map[string]auditFilter{
		"":                           {},
		"T-12":                       thing,
		"t12":                        thing,
		"T-12 hari ini":              period(thing, "2026-09-25", "2026-09-25"),
		"kemarin tentang T-12":       period(thing, "2026-09-24", "2026-09-24"),
		"peran":                      {Matter: council.MatterRoles},
		"Pengaturan, minggu lalu":    period(auditFilter{Matter: council.MatterSettings}, "2026-09-14", "2026-09-20"),
		"rapat minggu ini":           period(auditFilter{Matter: "meetings"}, "2026-09-21", "2026-09-27"),
		"minggu ini rapat":           period(auditFilter{Matter: "meetings"}, "2026-09-21", "2026-09-27"),
		"meetings this week":         period(auditFilter{Matter: "meetings"}, "2026-09-21", "2026-09-27"),
		"1-7 Juni":                   period(auditFilter{}, "2026-06-01", "2026-06-07"),
		"1–7 Juni peran":             period(auditFilter{Matter: council.MatterRoles}, "2026-06-01", "2026-06-07"),
		"1 Juni sampai 5 Juli T-12":  period(thing, "2026-06-01", "2026-07-05"),
		"28 September":               period(auditFilter{}, "2025-09-28", "2025-09-28"), // the last one: the next is still to come
		"25 September":               period(auditFilter{}, "2026-09-25", "2026-09-25"),
		"tugas 3 Juni 2024":          period(auditFilter{Matter: "tasks"}, "2024-06-03", "2024-06-03"),
		"Juni":                       period(auditFilter{}, "2026-06-01", "2026-06-30"),
		"Desember":                   period(auditFilter{}, "2025-12-01", "2025-12-31"),
		"siaran Februari 2024":       period(auditFilter{Matter: "official"}, "2024-02-01", "2024-02-29"),
		"bulan lalu oleh bot":        period(auditFilter{Bot: true}, "2026-08-01", "2026-08-31"),
		"tahun ini semua keputusan":  period(auditFilter{Matter: council.MatterDecisions}, "2026-01-01", "2026-12-31"),
		"jajak pendapat tahun lalu":  period(auditFilter{Matter: "polls"}, "2025-01-01", "2025-12-31"),
		"data pribadi dari 1-7 Juni": period(auditFilter{Matter: council.MatterPrivacy}, "2026-06-01", "2026-06-07"),
	}
	for line, want := range tests {
		filter, unread := readAs(t, h, line)
		if filter != want || len(unread) > 0 {
			t.Errorf("%q: %+v, not understood %q; want %+v", line, filter, unread, want)
		}
	}
	for line, want := range map[string]string{
		"pelangi": "pelangi", "T-1 T-2": "T-2", "peran rapat": "rapat", "minggu ini bulan lalu": "bulan lalu", "T-12 warna merah": "warna merah",
	} {
		if _, unread := readAs(t, h, line); strings.Join(unread, "|") != want {
			t.Errorf("%q: not understood %q, want %q", line, unread, want)
		}
	}
}

func TestFiltersFitIntoButtons(t *testing.T) {
	day, err := council.ParseDay("2026-12-31")
	if err != nil {
		t.Fatal(err)
	}
	longest := auditFilter{Subject: council.TaskReference(9_999_999), Member: 99_999_999, Matter: "recommendations", From: day.Add(-365), To: day}
	for _, filter := range []auditFilter{{}, {Bot: true}, {Matter: council.MatterRoles, From: day, To: day}, longest} {
		data := filter.data(auditOlder, 99_999_999)
		if len(data) > 64 {
			t.Errorf("%q has %d bytes", data, len(data))
		}
		if back, read := auditFilterOf(strings.Split(data, ":")[4:]); !read || back != filter {
			t.Errorf("%q comes back as %+v, %v", data, back, read)
		}
	}
}
