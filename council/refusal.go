package council

// Refusal is a change that the rules do not allow. It is an ordinary outcome,
// not a fault: the code names the sentence a person is told, the details fill
// its placeholders.
type Refusal struct {
	Code    string
	Details map[string]string
}

// Refuse makes a Refusal. Details come in pairs: name, value, name, value.
func Refuse(code string, details ...string) *Refusal {
	refusal := &Refusal{Code: code, Details: make(map[string]string, len(details)/2)}
	for i := 0; i+1 < len(details); i += 2 {
		refusal.Details[details[i]] = details[i+1]
	}
	return refusal
}

func (r *Refusal) Error() string { return "refused: " + r.Code }
