package bot

import (
	"bytes"
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestLongDigitRunsAreHidden(t *testing.T) {
	for _, row := range []struct{ name, text, want string }{
		{"a NIK", "NIK 7371011205900001 atas nama Baso", "NIK xxxxxxxxxxxxxxxx atas nama Baso"},
		{"a telephone number with hyphens", "hubungi 0812-3456-7890", "hubungi xxxx-xxxx-xxxx"},
		{"with blanks", "0812 3456 7890", "xxxx xxxx xxxx"},
		{"with dots", "0812.3456.7890.", "xxxx.xxxx.xxxx."},
		{"with a country code", "+62 812-3456-7890", "+xx xxx-xxxx-xxxx"},
		{"with hyphens that do not break, as copied from WhatsApp", "+62 812\u20113456\u20117890", "+xx xxx\u2011xxxx\u2011xxxx"},
		{"with blanks that do not break", "0812\u00a03456\u00a07890", "xxxx\u00a0xxxx\u00a0xxxx"},
		{"ten digits", "1234567890", "xxxxxxxxxx"},
		{"nine digits", "123456789", "123456789"},
		{"nine digits and two blanks", "12345  67890", "12345  67890"},
		{"a NIK written like a date in the middle", "3275.01.12.05.1990.0001", "xxxx.xx.xx.xx.xxxx.xxxx"},
		{"inside a word", "a7371011205900001b", "axxxxxxxxxxxxxxxxb"},
		{"two of them", "0812345678 dan 7371011205900001", "xxxxxxxxxx dan xxxxxxxxxxxxxxxx"},
		{"beside characters of two units", "😀0812345678😀", "😀xxxxxxxxxx😀"},
		{"a sum", "pagu Rp1.250.000.000", "pagu Rp1.250.000.000"},
		{"a sum with a blank", "rp 1250000000", "rp 1250000000"},
		{"a sum with a dot", "Rp. 1.250.000.000,00", "Rp. 1.250.000.000,00"},
		{"a sum, then a telephone number", "Rp 1.250.000.000 0812345678", "Rp 1.250.000.000 xxxxxxxxxx"},
		{"a word that ends like the sign of the sum", "Korp 1234567890", "Korp xxxxxxxxxx"},
		{"a link", "lihat https://contoh.id/d/12345678901234 ya", "lihat https://contoh.id/d/12345678901234 ya"},
		{"a link without a scheme", "drive.google.com/file/1234567890", "drive.google.com/file/1234567890"},
		{"a link of Telegram", "t.me/c/1234567890/5", "t.me/c/1234567890/5"},
		{"a link, then a telephone number", "https://contoh.id/123 0812345678", "https://contoh.id/123 xxxxxxxxxx"},
		{"a date and an hour", "rapat 10-06-2026 16.00 di kantor", "rapat 10-06-2026 16.00 di kantor"},
		{"a date with dots and an hour with a colon", "10.06.2026 16:00", "10.06.2026 16:00"},
		{"a date from the year on", "2026-06-10 08.00-10.00", "2026-06-10 08.00-10.00"},
		{"two dates", "10-06-2026-12-06-2026", "10-06-2026-12-06-2026"},
		{"a reference, a date and an hour", "/tenggat T-12 10-06-2026 16.00", "/tenggat T-12 10-06-2026 16.00"},
		{"a reference and a telephone number", "/selesai T-12 0812345678", "/selesai T-12 xxxxxxxxxx"},
		{"a date and a telephone number", "10-06-2026 0812345678", "10-06-2026 xxxxxxxxxx"},
		{"no day of any month", "45-06-2026 16.00.12", "xx-xx-xxxx xx.xx.xx"},
		{"nothing", "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			if got := maskText(row.text); got != row.want {
				t.Errorf("%q became %q, not %q", row.text, got, row.want)
			}
		})
	}
}

// TestOnlyWhatPeopleWroteIsMasked takes a whole update apart.
func TestOnlyWhatPeopleWroteIsMasked(t *testing.T) {
	raw := `{"update_id":1234567890123,"message":{"message_id":1234567890,"date":1790000000,
		"chat":{"id":-1001234567890,"type":"supergroup","title":"Grup 0812345678","username":"g1234567890"},
		"from":{"id":7371011205900001,"is_bot":false,"first_name":"Baso 0812345678","username":"u0812345678"},
		"text":"hubungi \u0030\u00381\u0032345678 <a>","entities":[{"type":"text_link","offset":0,"length":7,"url":"https://contoh.id/1234567890"}],
		"quote":{"text":"NIK 7371011205900001","position":0},
		"document":{"file_id":"1234567890","file_unique_id":"1234567890","file_name":"ktp 7371011205900001.pdf"},
		"contact":{"phone_number":"0812345678","first_name":"A","user_id":1234567890},
		"reply_to_message":{"message_id":1234567891,"date":1790000000,"chat":{"id":5,"type":"private"},"caption":"0812 3456 78",
			"reply_to_message":{"message_id":2,"date":1,"chat":{"id":5,"type":"private"},"text":"0812345678"}}},
		"data":"1234567890"}`
	want := strings.NewReplacer(
		`Grup 0812345678`, `Grup xxxxxxxxxx`, `Baso 0812345678`, `Baso xxxxxxxxxx`, `\u0030\u00381\u0032345678`, `xxxxxxxxxx`,
		`NIK 7371011205900001`, `NIK xxxxxxxxxxxxxxxx`, `ktp 7371011205900001`, `ktp xxxxxxxxxxxxxxxx`, `"0812345678"`, `"xxxxxxxxxx"`,
		`0812 3456 78"`, `xxxx xxxx xx"`,
	).Replace(raw)
	if difference := cmp.Diff(tree(t, []byte(want)), tree(t, maskUpdate([]byte(raw)))); difference != "" {
		t.Error(difference)
	}
}

func tree(t interface{ Fatal(...any) }, raw []byte) any {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatal(err)
	}
	return value
}

func TestAnUpdateWithoutLongRunsIsNotTakenApart(t *testing.T) {
	raw := []byte(`{"update_id":1234567890123, "message":{"text":"besok jam 9 \n 12345"}}`)
	if got := maskUpdate(raw); !bytes.Equal(got, raw) {
		t.Errorf("it became %s", got)
	}
	if got := maskUpdate([]byte(`{"text":"0812345678"`)); string(got) != `{"text":"0812345678"` {
		t.Errorf("what is not JSON became %s", got)
	}
}

// writing makes texts in which long runs, and what is left alone, come up often.
var writing = rapid.StringMatching(`(?:[0-9]{1,12}|[ .\-]|Rp|T-|https://a\.id/|10-06-2026|😀|\x{2011}|[a-zA-Z]{1,3}|\n){0,12}`)

func TestMaskingKeepsTheLengthAndIsDoneAfterOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkMasked(t, writing.Draw(t, "text")) })
}

type failer interface {
	Errorf(string, ...any)
}

func checkMasked(t failer, text string) {
	masked := maskText(text)
	before, after := utf16.Encode([]rune(text)), utf16.Encode([]rune(masked))
	if len(before) != len(after) {
		t.Errorf("%q became %q, which has another length", text, masked)
		return
	}
	for i := range before {
		if before[i] != after[i] && (after[i] != maskedDigit || before[i] < '0' || before[i] > '9') {
			t.Errorf("%q became %q: another thing than a digit was changed", text, masked)
			return
		}
	}
	if again := maskText(masked); again != masked {
		t.Errorf("%q became %q and then %q", text, masked, again)
	}
}

// anyJSON makes JSON of any shape; fields of every kind hold every kind of thing.
func anyJSON(depth int) *rapid.Generator[any] {
	leaves := rapid.OneOf(
		rapid.Map(writing, func(text string) any { return text }),
		rapid.Map(rapid.Int64(), func(number int64) any { return json.Number(strconv.FormatInt(number, 10)) }),
		rapid.Map(rapid.Bool(), func(is bool) any { return is }),
	)
	if depth == 0 {
		return leaves
	}
	field := rapid.SampledFrom([]string{"text", "caption", "file_name", "id", "url", "username", "data", "file_id", "message", "0812345678"})
	return rapid.OneOf(leaves,
		rapid.Map(rapid.SliceOfN(anyJSON(depth-1), 0, 3), func(list []any) any { return list }),
		rapid.Map(rapid.MapOfN(field, anyJSON(depth-1), 0, 5), func(object map[string]any) any { return object }),
	)
}

func TestMaskingChangesNothingButTexts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		object := rapid.MapOfN(rapid.SampledFrom([]string{"text", "message", "update_id"}), anyJSON(3), 0, 3).Draw(t, "update")
		raw, err := json.Marshal(object)
		if err != nil {
			t.Fatal(err)
		}
		masked := maskUpdate(raw)
		compareMasked(t, "", tree(t, raw), tree(t, masked))
		if again := maskUpdate(masked); !cmp.Equal(tree(t, again), tree(t, masked)) {
			t.Errorf("masked again %s became %s", masked, again)
		}
	})
}

// compareMasked goes through two trees: they may differ in texts only, and there
// as maskText says.
func compareMasked(t failer, field string, before, after any) {
	switch value := before.(type) {
	case map[string]any:
		other, same := after.(map[string]any)
		if !same || len(other) != len(value) {
			t.Errorf("an object became %v", after)
			return
		}
		for name, inner := range value {
			compareMasked(t, name, inner, other[name])
		}
	case []any:
		other, same := after.([]any)
		if !same || len(other) != len(value) {
			t.Errorf("a list became %v", after)
			return
		}
		for i, inner := range value {
			compareMasked(t, field, inner, other[i])
		}
	case string:
		want := value
		if textFields[field] {
			want = maskText(value)
		}
		if after != want {
			t.Errorf("%s: %q became %q, not %q", field, value, after, want)
		}
	default:
		if after != before {
			t.Errorf("%s: %v became %v", field, before, after)
		}
	}
}

func FuzzMasking(f *testing.F) {
	for _, seed := range []string{
		"NIK 7371011205900001", "Rp 1.000.000.000 0812345678", "https://a.id/1234567890 0812345678", "T-12 10-06-2026 16.00",
		"\u20110812\u20113456\u20117890", "1234567890/5.ab/1234567890", "r1234567890", "0.0.0.0.0.0.0.0.0.0-a5", `"}{\`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "?")
		checkMasked(t, text)
		raw, err := json.Marshal(map[string]any{"update_id": 1234567890123, "message": map[string]any{"text": text, "url": text}})
		if err != nil {
			t.Fatal(err)
		}
		compareMasked(t, "", tree(t, raw), tree(t, maskUpdate(raw)))
	})
}

// TestWhatIsLeftAloneIsFoundAsByOnePattern compares with the patterns over the whole text,
// which take too long over long ones.
func TestWhatIsLeftAloneIsFoundAsByOnePattern(t *testing.T) {
	whole := regexp.MustCompile(innocentMoney.String() + "|" + innocentWord.String())
	pieces := []string{"rp", "Rp.", " ", "\n", "\u00a0", "-", ".", ",", "t", "T-", "é", "0", "1", "7", "12", "31", "10-06-2026", "2026-6-1", "1.1.2020", "x", "/", "www.", "WWW.", "https://", "t.me/", "a.id"}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "pieces"), "")
		if difference := cmp.Diff(whole.FindAllStringIndex(text, -1), innocentSpans(text), cmpopts.EquateEmpty()); difference != "" {
			t.Errorf("in %q: %s", text, difference)
		}
		if difference := cmp.Diff(link.FindAllStringIndex(text, -1), linkSpans(text), cmpopts.EquateEmpty()); difference != "" {
			t.Errorf("links in %q: %s", text, difference)
		}
	})
}
