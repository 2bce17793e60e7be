package report

import (
	"archive/zip"
	"cmp"
	"context"
	"io"
	"slices"
	"strconv"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
)

// PackContents is what goes into the pack of an evaluation, and how it is said.
type PackContents struct {
	City       string
	Evaluation council.Evaluation
	Indicators []PackIndicator // by their code
	Statistics []PackFile      // what the bot has counted itself
	At         time.Time       // when it was put together
	Zone       *time.Location  // of the city
	Speak      locale.Speaker
	// Cuts are where the pack is cut into parts: each is the first key of the part
	// behind it. Part is the one to be written, from 0.
	Cuts []PackKey
	Part int
}

// PackIndicator is an indicator with the evidence that counts for it, oldest first.
type PackIndicator struct {
	council.IndicatorStanding
	Evidence []council.Evidence
}

// PackFile is a file that the bot has made itself.
type PackFile struct {
	Name    string
	Content []byte
}

// PackKey places a piece of evidence in the order of a pack: by the code of its
// indicator, then by its number.
type PackKey struct {
	Code   string
	Number int64
}

// Compare tells which of two keys comes first.
func (k PackKey) Compare(other PackKey) int {
	return cmp.Or(cmp.Compare(k.Code, other.Code), cmp.Compare(k.Number, other.Number))
}

// Parts is how many files the pack comes in.
func (c PackContents) Parts() int { return len(c.Cuts) + 1 }

// partOf is the part in which a piece of evidence is, from 0.
func (c PackContents) partOf(key PackKey) int {
	part := 0
	for part < len(c.Cuts) && c.Cuts[part].Compare(key) <= 0 {
		part++
	}
	return part
}

// Files counts the evidence that the pack holds: files, and links.
func (c PackContents) Files() (count int) {
	for _, indicator := range c.Indicators {
		count += len(indicator.Evidence)
	}
	return count
}

// Name is what the file is called: "paket-bukti-E-1.zip".
func (c PackContents) Name() string {
	reference := c.Evaluation.Reference().String()
	if c.Parts() == 1 {
		return c.Speak.Say("pack.file", "Reference", reference)
	}
	return c.Speak.Say("pack.file_part", "Reference", reference, "N", c.Part+1, "Of", c.Parts())
}

// PackOutcome is what a written pack holds.
type PackOutcome struct {
	Files    int    // on the list of hashes
	Bytes    int64  // of these, unpacked
	Seal     string // the SHA-256 of the list, which stands for all of the pack
	Problems []PackProblem
}

// PackProblem is a file that is not in a pack although it should be.
type PackProblem struct {
	Code    string // of its indicator
	Path    string // where it would lie
	Damaged bool   // it is there, and is not what was filed; else it is missing
}

// PackManifest is the name of the list of hashes, which `sha256sum -c` understands.
const PackManifest = "SHA256SUMS"

// WritePack writes a pack as a ZIP: the evidence in folders by dimension and
// indicator, what the bot counted, an index as a page and as a sheet, and a list of
// hashes. Nothing but one small file at a time is held in memory.
//
// open gives a content by its SHA-256 in hexadecimal; its last Read must fail where it
// is not that content, as with vault.Vault.Open. What cannot be given, and what turns
// out not to be what was filed, is left out and told as a problem, which the
// index says too; the rest is written. Errors are those of w and the context's.
func WritePack(ctx context.Context, w io.Writer, contents PackContents, open func(hash string) (io.ReadCloser, error)) (PackOutcome, error) {
	p := &packWriter{zip: zip.NewWriter(w), folders: folders{}, open: open, contents: contents, at: contents.At.In(contents.Zone)}
	index := packIndex{contents: contents}
	for i := range contents.Indicators {
		if err := p.indicator(ctx, &contents.Indicators[i], &index); err != nil {
			return p.outcome, err
		}
	}
	if contents.Part == 0 {
		for _, file := range contents.Statistics {
			path := contents.Speak.Say("pack.statistics") + "/" + file.Name
			if err := p.put(path, file.Content, p.at); err != nil {
				return p.outcome, err
			}
			index.statistics = append(index.statistics, path)
		}
	}
	if err := p.indexes(index); err != nil {
		return p.outcome, err
	}
	err := p.finish()
	return p.outcome, err
}

// indicator writes what was filed for one indicator.
func (p *packWriter) indicator(ctx context.Context, indicator *PackIndicator, index *packIndex) error {
	rows := make([]packRow, len(indicator.Evidence))
	folder := p.folder(indicator.Indicator)
	for i := range rows {
		row := &rows[i]
		row.evidence, row.hash = &indicator.Evidence[i], indicator.Evidence[i].Hash
		row.part = p.contents.partOf(PackKey{indicator.Code, row.evidence.Number})
		if row.hash != "" || linkOf(*row.evidence) != "" { // else it is words, which stand in the index
			row.path = folder + "/" + evidenceName(p.contents.Speak, i+1, *row.evidence)
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if row.path == "" || row.part != p.contents.Part {
			continue
		}
		if err := p.evidence(indicator.Code, row); err != nil {
			return err
		}
	}
	index.add(indicator, rows)
	return nil
}

// evidence writes one file, or a link as a file.
func (p *packWriter) evidence(code string, row *packRow) (err error) {
	made := row.evidence.CreatedAt.In(p.contents.Zone)
	if row.hash == "" {
		return p.put(row.path, shortcut(linkOf(*row.evidence)), made)
	}
	if row.finding, err = p.keep(row.path, row.hash, made); row.finding != packFound {
		p.outcome.Problems = append(p.outcome.Problems, PackProblem{Code: code, Path: row.path, Damaged: row.finding == packDamaged})
	}
	return err
}

// folder is where the evidence of an indicator lies: "6 Lingkungan/ENV-08 Sampah terkelola".
func (p *packWriter) folder(indicator council.Indicator) string {
	place, name := dimensionPlace(p.contents.Speak, indicator.Dimension)
	return p.folders.free(safeName(strconv.Itoa(place)+" "+name, folderLimit) + "/" + safeName(indicator.Code+" "+indicator.Name, folderLimit))
}

// dimensionPlace is where a dimension stands among the others, from 1, and its name.
func dimensionPlace(speak locale.Speaker, dimension council.Dimension) (place int, name string) {
	if at := slices.Index(council.Dimensions, dimension); at >= 0 {
		return at + 1, speak.Say("dimension." + string(dimension))
	}
	return len(council.Dimensions) + 1, speak.Say("dimension.none")
}
