package store

import (
	"path/filepath"
	"testing"
)

// TestClosingOnceMoreDoesNothing closes as the end of the program does after whoever killed it.
func TestClosingOnceMoreDoesNothing(t *testing.T) {
	s := got(Open(t.Context(), filepath.Join(t.TempDir(), "rembuk.db")))(t)
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
