package bot

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// TestEverySettingIsExplained: each has a name, says what it does unless another
// conversation does, and asks for what is written; its words and numbers are its own.
func TestEverySettingIsExplained(t *testing.T) {
	book, err := locale.Open()
	if err != nil {
		t.Fatal(err)
	}
	words, numbers := map[string]bool{}, map[int64]string{}
	for _, one := range citySettings() {
		if words[one.word] || one.number != 0 && numbers[one.number] != "" {
			t.Errorf("%s stands there twice, or has the number of %s", one.word, numbers[one.number])
		}
		words[one.word], numbers[one.number] = true, one.word
		for _, language := range locale.Languages {
			speak := book.In(language)
			part, _, _ := strings.Cut(one.word, "_")
			says := func(table string) bool {
				return speak.Knows("settings."+table+"."+one.word) || speak.Knows("settings."+table+"."+part+"_part")
			}
			if one.name == nil && !speak.Knows("settings.name."+one.word) {
				t.Errorf("%s: %s has no name", language, one.word)
			}
			if one.open == nil && !says("about") {
				t.Errorf("%s: %s does not say what it does", language, one.word)
			}
			if one.read != nil && !says("ask") {
				t.Errorf("%s: %s does not say how it is written", language, one.word)
			}
			if name := speak.Say("settings.name." + one.word); one.name == nil && utf8.RuneCountInString(name) > settingLabelLimit {
				t.Errorf("%s: %q is too long for a button", language, name)
			}
		}
	}
	if len(words) < 30 {
		t.Errorf("there are %d settings; the search has gone wrong", len(words))
	}
}

// settingsPage shows the page of a setting to a coordinator and returns its message.
func (h *harness) settingsPage(coordinator int64, word string) int {
	h.t.Helper()
	shown := only(h.t, h.say(coordinator, coordinator, "/pengaturan"))
	h.pressData(coordinator, shown.ID, coordinator, data(pressSettings, settingsPage, word))
	return shown.ID
}

func TestASettingIsChangedOnceAndRecorded(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	page := h.settingsPage(sitti, "clock_silent")
	h.change(func(tx *store.Tx) error { return tx.SetSetting(store.SettingPlan, "planned") })
	h.pressOn(sitti, page, sitti, "10 hari")
	h.look(func(tx *store.Tx) error {
		plan, err := tx.Setting(store.SettingPlan)
		if plan != "" {
			t.Error("open reminders are not planned anew")
		}
		return err
	})
	if silent := h.timing().Clocks.Silent; silent != 10 {
		t.Fatalf("it is %d", silent)
	}
	h.look(func(tx *store.Tx) error {
		happened, found, err := tx.LastHappening(council.Reference{Letter: council.SettingLetter, Number: 12}, council.EventSetting)
		if !found || happened.Detail["key"] != "clock_silent" || happened.Detail["to"] != "10" {
			t.Errorf("the trail has %v %+v", found, happened)
		}
		return err
	})
	h.restart()
	if silent := h.timing().Clocks.Silent; silent != 10 {
		t.Errorf("after a restart it is %d", silent)
	}
	h.pressOn(sitti, page, sitti, "Urungkan")
	if silent := h.timing().Clocks.Silent; silent != council.UsualClocks.Silent {
		t.Errorf("undone it is %d", silent)
	}
	contains(t, h.pressData(sitti, page, sitti, data(pressSettings, settingsUndo, "clock_silent", 1)).Text, "Tidak ada perubahan")
}

// TestForgedSettings: what a button carries is never more than what the page offers.
func TestForgedSettings(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	page := h.settingsPage(sitti, "rubric")
	before := h.settings(store.SettingRubric, store.SettingHoursWork, "clock_silent", store.SettingOffices)
	for _, forged := range []string{
		data(pressSettings), data(pressSettings, settingsTo), data(pressSettings, settingsTo, "clock_silent", markOfSetting(""), markOfSetting("77")),
		data(pressSettings, settingsTo, "clock_silent", markOfSetting(""), -1), data(pressSettings, settingsTo, "hours", markOfSetting(""), markOfSetting("")),
		data(pressSettings, settingsOwn, "rubric"), data(pressSettings, settingsOwn, "rubric", markOfSetting(""), "100.0.0.0.0", rubricSave),
		data(pressSettings, settingsOwn, "rubric", markOfSetting(""), "90.5.5.5.5", rubricSave), data(pressSettings, settingsOwn, "rubric", markOfSetting(""), "30.25.15.20.5", rubricSave),
		data(pressSettings, settingsOwn, "rubric", markOfSetting(""), "100", rubricSave), data(pressSettings, settingsOwn, "clock_silent", "x"),
		data(pressSettings, settingsUndo, "rubric", 0), data(pressSettings, settingsPage, "offices_3"), data(pressSettings, settingsType, "hours"),
	} {
		h.pressData(sitti, page, sitti, forged)
		if now := h.settings(store.SettingRubric, store.SettingHoursWork, "clock_silent", store.SettingOffices); now != before {
			t.Errorf("%s changes %s to %s", forged, before, now)
		}
	}
}

// TestWeightsStandInAButton: whatever the weights are, the button that carries them is
// no longer than Telegram takes.
func TestWeightsStandInAButton(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rubric := make([]council.Criterion, rapid.IntRange(1, 10).Draw(t, "criteria"))
		left := 100
		for i := range rubric {
			rubric[i] = council.Criterion{Name: "x", Weight: rapid.IntRange(1, max(1, left-len(rubric)+i+1)).Draw(t, "weight")}
			left -= rubric[i].Weight
		}
		carried := data(pressSettings, settingsOwn, store.SettingRubric, markOfSetting("x"), weightsText(rubric), rubricSave)
		if changed, sum, known := weighted(rubric, weightsText(rubric)); len(carried) > 64 || !known || sum > 100 || weightsText(changed) != weightsText(rubric) {
			t.Fatalf("%s (%d bytes) is read as %v, %d, %v", carried, len(carried), changed, sum, known)
		}
	})
}

func TestWhichOfficeIsMeant(t *testing.T) {
	h := newHarness(t)
	sitti := h.coordinator("Sitti Ramlah", "sitti_contoh")
	h.settingsPage(sitti, "offices")
	h.press(sitti, sitti, "Tambah instansi")
	h.say(sitti, sitti, "Dinas Lingkungan Hidup\nDinas Komunikasi, Informatika dan Persandian\nDinas Sosial\nDinas Sosiel\nDinas Perhubungan\nDinas Pertanian\nPuskesmas Tommo I")
	for said, want := range map[string]string{
		"dinas lingkungan hidup": "Dinas Lingkungan Hidup", "DLH": "Dinas Lingkungan Hidup", "Dinas Lingkungn Hidup": "Dinas Lingkungan Hidup",
		"dkip": "Dinas Komunikasi, Informatika dan Persandian", "Dinas Sosial": "Dinas Sosial", "Dinas Sosil": "Dinas Sosil", "Bappeda": "Bappeda",
		// Initials of two offices, and names that are others' but for a letter or two:
		"DP": "DP", "Dinas Pertanahan": "Dinas Pertanahan", "Puskesmas Tommo II": "Puskesmas Tommo II", "Dinas Petranian": "Dinas Pertanian",
	} {
		h.change(func(tx *store.Tx) error {
			r, err := h.bot.unasked(tx)
			if err != nil {
				return err
			}
			got, err := r.officeMeant(said)
			if got != want {
				t.Errorf("%q is %q, want %q", said, got, want)
			}
			return err
		})
	}
}
