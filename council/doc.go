// Package council holds the rules of working together: who may do what, the
// lives of tasks and evaluations, and when a reminder is due.
//
// Everything here is pure. The package knows neither Telegram nor SQL nor a
// language nor the clock: moments come in as arguments, decisions go out as
// values with a named reason.
package council
