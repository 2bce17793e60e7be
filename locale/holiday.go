package locale

import (
	"embed"
	"fmt"
	"io/fs"

	"github.com/pelletier/go-toml/v2"
)

//go:embed holidays/*.toml
var holidays embed.FS

// HolidayYear is a year's days off as decreed.
type HolidayYear struct {
	Year   int       `toml:"year"`
	Decree string    `toml:"decree"` // the decree's number, its source
	Days   []Holiday `toml:"day"`
}

// Holiday is one day off. Date is local, "2026-05-27".
type Holiday struct {
	Date       string `toml:"date"`
	Name       string `toml:"name"`
	JointLeave bool   `toml:"joint_leave"`
}

// HolidayYears gives the built-in years, oldest first.
func HolidayYears() ([]HolidayYear, error) {
	files, err := fs.Glob(holidays, "holidays/*.toml")
	if err != nil {
		return nil, err
	}
	var years []HolidayYear
	for _, name := range files {
		text, err := holidays.ReadFile(name)
		if err != nil {
			return nil, err
		}
		var year HolidayYear
		if err := toml.Unmarshal(text, &year); err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		years = append(years, year)
	}
	return years, nil
}
