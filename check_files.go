package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/rembuk/rembuk/store"
	"github.com/rembuk/rembuk/vault"
)

// filesNamed is how many missing or altered files check names one by one.
const filesNamed = 50

// checkFiles reads every file that evidence needs and names those that are not what
// was filed. It changes nothing.
func checkFiles(config Config, read contents) []finding {
	folder := config.filesFolder()
	if len(read.filed) == 0 && read.pending == 0 {
		return nil
	}
	if _, err := os.Stat(folder); err != nil && len(read.filed) > 0 {
		return []finding{{wrong, "files", fmt.Sprintf("%s, where the files of %d pieces of evidence lie, cannot be opened: %v; put it back from its copy, or set files.folder to where it is",
			folder, len(read.filed), plainPathError(err))}}
	}
	kept := vault.At(folder)
	verdicts := map[string]error{}
	var lines []finding
	bad := 0
	for _, piece := range read.filed {
		if _, known := verdicts[piece.Hash]; !known {
			verdicts[piece.Hash] = kept.Verify(piece.Hash)
		}
		if err := verdicts[piece.Hash]; err != nil {
			if bad++; bad <= filesNamed {
				lines = append(lines, badFile(folder, piece, err))
			}
		}
	}
	if bad > filesNamed {
		lines = append(lines, finding{wrong, "files", fmt.Sprintf("%d more are missing or altered; put %s back from its copy", bad-filesNamed, folder)})
	}
	if bad == 0 {
		lines = append(lines, finding{fine, "files", fmt.Sprintf("%d of %d pieces of evidence, all whole", len(verdicts), len(read.filed))})
	}
	if read.pending > 0 {
		lines = append(lines, finding{note, "files", fmt.Sprintf("%d still to be fetched from Telegram; they do not count until they are kept", read.pending)})
	}
	return lines
}

// badFile names evidence by its number and its indicator's code, never by people's words.
func badFile(folder string, piece store.FiledEvidence, err error) finding {
	what := fmt.Sprintf("cannot be read (%v)", oneLine(err))
	switch {
	case errors.Is(err, vault.ErrMissing):
		what = "is missing"
	case errors.Is(err, vault.ErrAltered):
		what = "was altered"
	}
	return finding{wrong, "files", fmt.Sprintf("the file of evidence %s for %s %s; put %s back into %s from its copy, or let it be filed once more with /bukti %s",
		piece.Reference(), piece.Code, what, piece.Hash, folder, piece.Code)}
}
