// Package council holds the rules of working together: who may do what, the
// lives of tasks, evaluations with their indicators and evidence, questions,
// prompts, polls, announcements, ideas and recommendations, and when a reminder is
// due.
//
// Everything here is pure. The package knows neither Telegram nor SQL nor a
// language nor the clock: moments come in as arguments, decisions go out as
// values with a named reason.
//
// A way to read it: Task and its changes (Task.Take, Task.Submit, …) with the
// table they follow, Combine and Refusal; then May with its Action and Scope.
// Calendar and Quiet come before reminders, which are planned by PlanTask and
// PlanEvaluation at the moments of a Timing (whose Rhythm, Hours and Clocks a city may change), decided on
// by DecideTask and DecideEvaluation when they come due, and carried on by
// NextOverdue. A Reminder hangs on an Anchor: the ladders on a deadline, what
// PlanCare adds on a promise or on the last word of an assignee, whom Task.Stamp
// and Task.Snooze note. A task that waits for another (Task.WaitFor, over Waits
// without a circle) rests until the way is free; Task.Share lets it belong to
// several groups, and NeedsOf is what they need from each other. OwnReminder, Absence and PlanYear plan the rest.
//
// What goes between groups follows: Question with its clock, Prompt with its rounds,
// Poll, Announcement and its Addressees; the partners of a Task and what it waits
// for; Involvement, which counts what groups do together; Idea and IdeaLikeness. An
// idea is scored in a Review, criterion by criterion, decided (Idea.Decide) and tried; PlanIdea
// keeps its targets.
//
// What assessors see is an Evaluation with an Indicator for each thing it asks for
// and the Evidence that was filed and checked; Readiness counts how far that is. A
// Recommendation is what they leave behind.
//
// A Meeting brings people together: each Guest answers (Meeting.Respond), its Topics are
// the agenda, each Attendee was there, and its Minutes are agreed edition by edition.
//
// Whether somebody is told now is the Listener's: Leave, QuietTime, Budget. Whom a
// matter is taken to, Escalate finds among the people whose Holding of a Position
// stands on a day.
package council
