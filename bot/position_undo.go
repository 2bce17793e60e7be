package bot

import (
	"strings"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/store"
)

// positionReference is under what changes of a position are kept.
func positionReference(id int64) council.Reference {
	return council.Reference{Letter: council.PositionLetter, Number: id}
}

// undoPosition takes back the last change of a position, which the version
// tells, within ten minutes; 0 means whichever was last. ErrNotFound if there is
// none to take back.
func (r *request) undoPosition(id, version int64) (string, error) {
	var before []council.Holding
	undo, err := r.tx.LastUndo(positionReference(id).String(), &before)
	if err != nil {
		return "", err
	}
	if r.now.Sub(undo.ChangedAt) > undoTime || version != 0 && version != undo.Version {
		return "", store.ErrNotFound
	}
	position, err := r.tx.PositionByID(id)
	if err != nil {
		return "", err
	}
	if err := r.tx.ForgetUndo(undo.Subject); err != nil {
		return "", err
	}
	if err := r.keepHoldings(id, before); err != nil {
		return "", err
	}
	if err := r.record(positionReference(id), council.EventUndone, ""); err != nil {
		return "", err
	}
	for _, told := range undo.Told {
		if err := r.tellPositionUndone(position, told); err != nil {
			return "", err
		}
	}
	lines, err := r.positionLines(position)
	name := r.officeName(r.tx, r.speak, position, council.Holding{})
	return strings.Join(append([]string{r.speak.Say("position.undone", "Position", name)}, lines...), "\n"), err
}

func (r *request) tellPositionUndone(position council.Position, memberID int64) error {
	member, err := r.tx.Member(memberID)
	if err != nil {
		return err
	}
	speak := r.speaker(member)
	name := r.officeName(r.tx, speak, position, council.Holding{})
	_, err = r.tell(member, "", "", speak.Say("position.undone_notice", "Person", greetPerson(speak, member), "Position", name))
	return err
}

// undoLastPosition is /urungkan after a change of a position.
func (r *request) undoLastPosition(id int64) error {
	if err := r.may(council.ActionSetRole, council.Scope{}); err != nil {
		return err
	}
	text, err := r.undoPosition(id, 0)
	if err != nil {
		return errorsOr(err, council.Refuse("nothing_to_undo"))
	}
	return r.reply(text)
}
