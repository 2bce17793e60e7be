package bot

import (
	"testing"
	"time"
)

// A form that is not finished is said as far as somebody has filled it in.
func TestAFormIsSaidInWords(t *testing.T) {
	r := &request{city: &city{Zone: time.UTC}, Bot: &Bot{}}
	for kept, want := range map[string]string{
		`{"Title":"siap","FullText":"","GroupID":7,"Kind":"working_group","Zone":"Asia/Makassar","At":"0001-01-01T00:00:00Z","Guided":true}`: "siap",
		`{"Words":"dua kata","Files":[{"Kind":"photo","ID":"AgACAgQ","UniqueID":"AQAD","Name":"peta.pdf"}],"About":"T-12"}`:                  "peta.pdf\ndua kata",
		`12`: "", ``: "",
	} {
		if said := r.formText(kept); said != want {
			t.Errorf("%s is said as %q, want %q", kept, said, want)
		}
	}
}
