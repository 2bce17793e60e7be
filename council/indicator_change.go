package council

// IndicatorChange is what becomes of one line of an evaluation.
type IndicatorChange struct {
	Before Indicator // the zero Indicator: it is new
	After  Indicator // Retired: it is left out
}

// IndicatorFields are the parts of an indicator in which two may differ, by the names
// of the columns that a sheet has for them.
var IndicatorFields = []string{"dimension", "subdimension", "name", "unit", "target", "weight", "owner", "examples"}

// take makes one part of an indicator the other's.
func (i *Indicator) take(field string, from Indicator) {
	switch field {
	case "dimension":
		i.Dimension = from.Dimension
	case "subdimension":
		i.Subdimension = from.Subdimension
	case "name":
		i.Name = from.Name
	case "unit":
		i.Unit = from.Unit
	case "target":
		i.Target = from.Target
	case "weight":
		i.Weight = from.Weight
	case "owner":
		i.Owner = from.Owner
	case "examples":
		i.Examples = from.Examples
	}
}

// With is the indicator with one part, named as in IndicatorFields, as another has it.
func (i Indicator) With(field string, from Indicator) Indicator {
	i.take(field, from)
	return i
}

// Fields names the parts that are different now; none for an indicator that is new,
// or left out.
func (c IndicatorChange) Fields() (names []string) {
	if c.IsNew() || c.After.Retired {
		return nil
	}
	for _, name := range IndicatorFields {
		with := c.Before
		if with.take(name, c.After); with != c.Before {
			names = append(names, name)
		}
	}
	return names
}

// IsNew tells whether there was no such indicator, or none that counted.
func (c IndicatorChange) IsNew() bool { return c.Before.ID == 0 || c.Before.Retired }

// IndicatorUpdate is what a sheet makes of the indicators of an evaluation.
type IndicatorUpdate struct {
	Changes []IndicatorChange // new ones and different ones, in the order of the sheet
	Same    int
	Missing []Indicator // that the sheet does not have; they stay
}

// UpdateIndicators compares a sheet with the indicators that an evaluation has,
// retired ones included. Indicators are the same by their code. fields are the parts
// that the sheet has columns for; of all others, what is known stays.
func UpdateIndicators(known, sheet []Indicator, fields []string, evaluation int64) (update IndicatorUpdate) {
	byCode := make(map[string]Indicator, len(known))
	for _, indicator := range known {
		byCode[indicator.Code] = indicator
	}
	listed := make(map[string]bool, len(sheet))
	for _, indicator := range sheet {
		before := byCode[indicator.Code]
		after := before
		after.Code, after.Evaluation, after.Retired = indicator.Code, evaluation, false
		for _, name := range fields {
			after.take(name, indicator)
		}
		listed[indicator.Code] = true
		if after == before {
			update.Same++
			continue
		}
		update.Changes = append(update.Changes, IndicatorChange{before, after})
	}
	for _, indicator := range known {
		if !indicator.Retired && !listed[indicator.Code] {
			update.Missing = append(update.Missing, indicator)
		}
	}
	return update
}

// Retire leaves out what a sheet does not have.
func (u IndicatorUpdate) Retire() (changes []IndicatorChange) {
	for _, indicator := range u.Missing {
		retired := indicator
		retired.Retired = true
		changes = append(changes, IndicatorChange{indicator, retired})
	}
	return changes
}
