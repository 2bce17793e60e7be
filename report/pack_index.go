package report

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"iter"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/rembuk/rembuk/council"
)

// packIndex is what the index of a pack tells: of all parts, whichever it stands in.
type packIndex struct {
	contents   PackContents
	entries    []packEntry
	statistics []string // paths
}

// packEntry is an indicator with what was filed for it.
type packEntry struct {
	*PackIndicator
	rows []packRow
}

// packRow is a piece of evidence as it lies in the pack.
type packRow struct {
	evidence *council.Evidence
	path     string // empty for what is no file
	hash     string // empty for links and places
	part     int    // from 0
	finding  packFinding
}

func (i *packIndex) add(indicator *PackIndicator, rows []packRow) {
	i.entries = append(i.entries, packEntry{indicator, rows})
}

// indexes writes the index as a page and as a sheet.
func (p *packWriter) indexes(index packIndex) error {
	p.held = bytes.Buffer{} // an index of many files takes its room
	name := safeName(p.contents.Speak.Say("pack.index"), fileLimit)
	if err := p.stream(name+".html", index.page); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	if err := p.stream(name+".xlsx", index.sheet); err != nil {
		return fmt.Errorf("write the index: %w", err)
	}
	return nil
}

// note tells why a file is not where the index says, empty if it is.
func (i packIndex) note(row packRow) string {
	speak := i.contents.Speak
	switch {
	case row.finding == packMissing:
		return speak.Say("pack.missing")
	case row.finding == packDamaged:
		return speak.Say("pack.damaged")
	case row.part != i.contents.Part:
		return speak.Say("pack.elsewhere", "N", row.part+1)
	}
	return ""
}

// here tells whether a file lies in this part.
func (i packIndex) here(row packRow) bool {
	return row.path != "" && row.finding == packFound && row.part == i.contents.Part
}

//go:embed pack_index.html
var indexPage string

var indexTemplate = template.Must(template.New("index").Parse(indexPage))

// The page of an index, as its template reads it.
type (
	pageShown struct {
		Language, Title, City, Made, Counts, Part, Check string
		Sections                                         iter.Seq[sectionShown]
		StatisticsTitle, StatisticsAbout                 string
		Statistics                                       []fileShown
	}
	sectionShown struct {
		Title      string
		Indicators iter.Seq[indicatorShown]
	}
	indicatorShown struct {
		Code, Name, Owner, State, StateWords string
		Files                                []fileShown
	}
	fileShown struct {
		Name, Link, Facts, Note, Hash string
	}
)

// page writes the index as one page that needs nothing beside it.
func (i packIndex) page(to io.Writer) error {
	speak := i.contents.Speak
	shown := pageShown{
		Language: speak.Language, City: i.contents.City,
		Title: speak.Say("pack.title", "Evaluation", i.contents.Evaluation.Name),
		Made:  speak.Say("pack.made", "Moment", speak.Moment(i.contents.At, i.contents.Zone)),
		Check: speak.Say("pack.check", "List", PackManifest), Counts: i.counts(),
		StatisticsTitle: speak.Say("pack.statistics"), StatisticsAbout: speak.Say("pack.statistics_about"), Sections: i.sections(),
	}
	if i.contents.Parts() > 1 {
		shown.Part = speak.Say("pack.part", "N", i.contents.Part+1, "Of", i.contents.Parts())
	}
	for _, path := range i.statistics {
		shown.Statistics = append(shown.Statistics, fileShown{Name: lastName(path), Link: relative(path)})
	}
	return indexTemplate.Execute(to, shown)
}

// sections are the dimensions, each put together only when it is written.
func (i packIndex) sections() iter.Seq[sectionShown] {
	return func(yield func(sectionShown) bool) {
		for entries := i.byDimension(); len(entries) > 0; {
			same := 1
			place, title := dimensionPlace(i.contents.Speak, entries[0].Dimension)
			for same < len(entries) {
				if other, _ := dimensionPlace(i.contents.Speak, entries[same].Dimension); other != place {
					break
				}
				same++
			}
			if !yield(sectionShown{title, i.shown(entries[:same])}) {
				return
			}
			entries = entries[same:]
		}
	}
}

func (i packIndex) shown(entries []packEntry) iter.Seq[indicatorShown] {
	return func(yield func(indicatorShown) bool) {
		for _, entry := range entries {
			if !yield(i.indicatorShown(entry)) {
				return
			}
		}
	}
}

// byDimension puts the indicators into the order of the folders.
func (i packIndex) byDimension() []packEntry {
	return slices.SortedStableFunc(slices.Values(i.entries), func(a, b packEntry) int {
		one, _ := dimensionPlace(i.contents.Speak, a.Dimension)
		other, _ := dimensionPlace(i.contents.Speak, b.Dimension)
		return cmp.Compare(one, other)
	})
}

// counts is how many indicators and files there are, and how far they are.
func (i packIndex) counts() string {
	speak, states := i.contents.Speak, make(map[council.EvidenceState]int)
	for _, indicator := range i.contents.Indicators {
		states[indicator.State()]++
	}
	parts := []string{speak.Count("pack.indicators", len(i.contents.Indicators)), speak.Count("pack.files", i.contents.Files())}
	for _, state := range council.EvidenceStates {
		if states[state] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", speak.Say("pack.state."+string(state)), states[state]))
		}
	}
	return strings.Join(parts, " · ")
}

func (i packIndex) indicatorShown(entry packEntry) indicatorShown {
	speak, state := i.contents.Speak, string(entry.State())
	shown := indicatorShown{Code: entry.Code, Name: entry.Name, Owner: entry.Owner, State: state, StateWords: speak.Say("pack.state." + state)}
	for _, row := range entry.rows {
		file := fileShown{Name: lastName(row.path), Hash: row.hash, Note: i.note(row)}
		if row.path == "" {
			file.Name = cmp.Or(row.evidence.Link, row.evidence.Words, row.evidence.Name)
		}
		facts := []string{speak.Say("pack.state." + string(row.evidence.State)), speak.Day(row.evidence.CreatedAt.In(i.contents.Zone))}
		if row.hash != "" {
			facts = append(facts, sizeWords(speak, row.evidence.Size))
		}
		file.Facts = strings.Join(facts, " · ")
		switch {
		case !i.here(row):
		case row.hash == "":
			file.Link = linkOf(*row.evidence)
		default:
			file.Link = relative(row.path)
		}
		shown.Files = append(shown.Files, file)
	}
	return shown
}

func lastName(whole string) string {
	if whole == "" {
		return ""
	}
	return path.Base(whole)
}

// relative is a path as a link from the page beside its folders.
func relative(whole string) string {
	parts := strings.Split(whole, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	return "./" + strings.Join(parts, "/")
}
