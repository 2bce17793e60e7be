package main

import (
	"fmt"
	"os"

	"github.com/rembuk/rembuk/locale"
)

// sentencesFileLimit is how many bytes the file of sentences may have: several times
// all sentences of the program.
const sentencesFileLimit = 2 << 20

// readSentences reads the file of sentences that are said in other words, and refuses
// it with the first thing in it that cannot be said.
func readSentences(config *Config, path string) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return plainPathError(err)
	case !info.Mode().IsRegular():
		return fmt.Errorf("it is not a file")
	case info.Size() > sentencesFileLimit:
		return fmt.Errorf("it has more than %d bytes", sentencesFileLimit)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return plainPathError(err)
	}
	wordings, err := locale.ReadWordings(text)
	if err != nil || len(wordings) == 0 {
		return err
	}
	fitting, flaws, err := locale.CheckBuiltIn(wordings)
	if err != nil {
		return err
	}
	if len(flaws) > 0 {
		return flaws[0]
	}
	config.Sentences = fitting
	return nil
}
