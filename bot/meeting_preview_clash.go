package bot

import (
	"slices"

	"github.com/rembuk/rembuk/council"
)

// clashLines say what stands against the time of a meeting, to who may see all meetings.
func (r *request) clashLines(m council.Meeting) ([]string, error) {
	clashes, err := r.clashesOf(m)
	if err != nil {
		return nil, err
	}
	return r.linesOfClashes(m, clashes)
}

// clashLinesHere are clashLines for the place of the request: a group is told of its own
// meetings, and of nobody's leave; a community of no evaluation.
func (r *request) clashLinesHere(m council.Meeting) ([]string, error) {
	clashes, err := r.clashesOf(m)
	if err != nil {
		return nil, err
	}
	if !r.private {
		clashes = slices.DeleteFunc(clashes, func(clash council.Clash) bool {
			return clash.Kind == council.ClashChairAway || clash.Kind == council.ClashMeeting && !clash.Meeting.To.Include(r.group) ||
				clash.Kind == council.ClashMilestone && r.group.Kind == council.KindCommunity
		})
	}
	return r.linesOfClashes(m, clashes)
}

func (r *request) linesOfClashes(m council.Meeting, clashes []council.Clash) ([]string, error) {
	var lines []string
	for _, clash := range clashes[:min(len(clashes), clashesShown)] {
		line, err := r.clashLine(m, clash)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	if more := len(clashes) - clashesShown; more > 0 {
		lines = append(lines, r.speak.Count("notice.more", more))
	}
	return lines, nil
}

// clashesShown keeps a preview short.
const clashesShown = 8

// clashesOf gathers what else there is at the time of a meeting, and decides.
func (r *request) clashesOf(m council.Meeting) ([]council.Clash, error) {
	around := council.Surroundings{Calendar: r.city.Timing.Calendar}
	others, err := r.tx.MeetingsBetween(m.Starts, m.Ends())
	if err != nil {
		return nil, err
	}
	for _, other := range others {
		engagement, err := r.engagement(other)
		if err != nil {
			return nil, err
		}
		around.Others = append(around.Others, engagement)
	}
	if around.Evaluations, err = r.tx.Evaluations(); err != nil {
		return nil, err
	}
	if m.Chair.MemberID != 0 {
		if around.Leaves, err = r.tx.Leaves(m.Chair.MemberID, r.todayThere()); err != nil {
			return nil, err
		}
	}
	engagement, err := r.engagement(m)
	return around.Clashes(engagement), err
}

// engagement is a meeting with those whom it asks for, as things stand now.
func (r *request) engagement(m council.Meeting) (council.Engagement, error) {
	list, err := r.guestsOf(m)
	engagement := council.Engagement{Meeting: m}
	for _, group := range append(list.groups, list.lostGroups...) {
		engagement.Groups = append(engagement.Groups, group.ID)
	}
	for _, invited := range list.invited {
		engagement.People = append(engagement.People, invited.ID)
	}
	return engagement, err
}

func (r *request) clashLine(m council.Meeting, clash council.Clash) (string, error) {
	hours := r.city.Timing.Calendar.WorkingHours()
	details := []any{"Day", r.dayText(r.speak, clash.Day), "Name", clash.Name, "Starts", r.speak.Clock(hours.Starts), "Ends", r.speak.Clock(hours.Ends)}
	switch clash.Kind {
	case council.ClashMeeting:
		details = append(details, "Meeting", meetingHead(clash.Meeting), "Time", r.meetingTime(r.speak, clash.Meeting))
		if clash.Shared > 0 {
			return r.speak.Count("meeting_clash.meeting_people", clash.Shared, details...), nil
		}
	case council.ClashMilestone:
		details = append(details, "Kind", r.speak.Say("evaluation.kind."+string(clash.Milestone.Kind)), "Evaluation", shorten(clash.Evaluation.Name, cardTitleLimit),
			"Moment", r.speak.Moment(clash.Milestone.Deadline.At, r.city.Zone))
	case council.ClashChairAway:
		chair, err := r.seatName(r.speak, m.Chair)
		if err != nil {
			return "", err
		}
		details = append(details, "Person", chair, "Until", r.dayText(r.speak, clash.Leave.Last))
	}
	return r.speak.Say("meeting_clash."+string(clash.Kind), details...), nil
}
