package main

import (
	"strings"
	"testing"
)

// TestListen: only the warning about what nobody can read is expected, and once.
func TestListen(t *testing.T) {
	expected := `time=x level=WARN msg="an update could not be read and was set aside" update=7 reason="it is no JSON"` + "\n"
	for name, one := range map[string]struct {
		log              string
		stumbled, unsaid int
	}{
		"as it must be":    {expected, 0, 0},
		"said twice":       {expected + expected, 1, 0},
		"nothing said":     {"time=x level=INFO msg=running\n", 0, 1},
		"another update":   {strings.Replace(expected, "update=7 ", "update=77 ", 1), 1, 1},
		"another reason":   {expected + "time=x level=ERROR msg=\"an update made the program stumble\" update=7\n", 1, 0},
		"words in another": {expected + "time=x level=INFO msg=\" level=WARN\"\n", 0, 0},
	} {
		found := findings{broken: []int64{7}}
		found.listen(one.log)
		if len(found.stumbled) != one.stumbled || found.unsaid != one.unsaid {
			t.Errorf("%s: %d complaints and %d not said, not %d and %d", name, len(found.stumbled), found.unsaid, one.stumbled, one.unsaid)
		}
	}
}
