package bot

import (
	"maps"
	"strings"
	"time"

	"github.com/rembuk/rembuk/council"
	"github.com/rembuk/rembuk/locale"
	"github.com/rembuk/rembuk/store"
)

// privacyShown is the text about personal data as one person reads it.
type privacyShown struct {
	council.PrivacyVersion
	store.PrivacyText
	language string
}

// privacyTexts writes the text about personal data in every language, as city and
// configuration are now.
func (b *Bot) privacyTexts(city *city) map[string]store.PrivacyText {
	texts := make(map[string]store.PrivacyText)
	for _, language := range locale.Languages {
		speak := b.book.In(language)
		officer := b.Officer
		if officer == "" {
			officer = speak.Say("privacy.no_officer")
		}
		kept := speak.Say("privacy.kept_while")
		if b.Retention > 0 {
			kept = speak.Say("privacy.kept_months", "Months", b.retentionText(speak))
		}
		details := []any{"City", city.Name, "Officer", officer, "Kept", kept}
		full := []string{speak.Say("privacy.head", details...)}
		for _, point := range privacyPoints {
			full = append(full, speak.Say("privacy.point."+point, details...))
		}
		texts[language] = store.PrivacyText{Short: speak.Say("consent.notice", details...), Full: strings.Join(full, "\n\n")}
	}
	return texts
}

// privacyPoints are the seven points of article 21, and what else is to be said, each in
// a paragraph of its own.
var privacyPoints = []string{"legality", "purpose", "kinds", "retention", "details", "period", "rights", "abroad", "children", "officer"}

// settlePrivacy brings the versions of the text about personal data in line with what it
// says now. A first one applies at once, and so does one that nobody agreed to in an
// earlier form; any other is announced first.
func (r *request) settlePrivacy() ([]council.PrivacyVersion, error) {
	versions, err := r.tx.PrivacyVersions()
	if err != nil || r.Officer == "" {
		return versions, err
	}
	texts := r.privacyTexts(r.city)
	if len(versions) == 0 {
		if versions, err = r.keepFirstPrivacy(); err != nil {
			return versions, err
		}
	}
	if len(versions) == 0 {
		return r.keepPrivacy(versions, texts, r.now, r.now)
	}
	newest := versions[len(versions)-1]
	same, err := r.privacySays(newest, texts)
	if err != nil || same {
		return versions, err
	}
	if newest.AnnouncedAt.IsZero() {
		if err := r.tx.DropPrivacyVersion(newest.Number); err != nil {
			return versions, err
		}
		versions = versions[:len(versions)-1]
		if same, err = r.privacySays(versions[len(versions)-1], texts); err != nil || same {
			return versions, err
		}
	}
	return r.nextPrivacy(versions, texts)
}

// nextPrivacy keeps a changed text as the next version.
func (r *request) nextPrivacy(versions []council.PrivacyVersion, texts map[string]store.PrivacyText) ([]council.PrivacyVersion, error) {
	agreed, err := r.tx.Agreed(versions[len(versions)-1].Number + 1)
	if err != nil {
		return versions, err
	}
	if len(agreed) == 0 {
		return r.keepPrivacy(versions, texts, r.now, r.now)
	}
	announced, applies := council.AnnouncePrivacy(r.now, r.city.Timing.Calendar)
	versions, err = r.keepPrivacy(versions, texts, applies, time.Time{})
	if err != nil {
		return versions, err
	}
	return versions, r.tx.PlanReminders(privacyTextReference, []council.Reminder{{
		Subject: privacyTextReference, Step: stepPrivacyText, Audience: council.ToBot, Anchor: r.now, Due: announced,
	}}, func(reminder council.Reminder) bool { return reminder.Step != stepPrivacyText })
}

// keepFirstPrivacy keeps the text that people agreed to before versions were kept, if
// there are such people.
func (r *request) keepFirstPrivacy() ([]council.PrivacyVersion, error) {
	asked, err := r.tx.AskedBeforeVersions()
	if err != nil || !asked {
		return nil, err
	}
	texts := make(map[string]store.PrivacyText)
	for _, language := range locale.Languages {
		speak := r.book.In(language)
		texts[language] = store.PrivacyText{Short: speak.Say("privacy_first.notice", "City", r.city.Name), Full: speak.Say("privacy_first.full", "City", r.city.Name)}
	}
	return r.keepPrivacy(nil, texts, r.now, r.now)
}

func (r *request) keepPrivacy(versions []council.PrivacyVersion, texts map[string]store.PrivacyText, applies, announced time.Time) ([]council.PrivacyVersion, error) {
	version, err := r.tx.CreatePrivacyVersion(council.PrivacyVersion{MadeAt: r.now, AppliesAt: applies, AnnouncedAt: announced}, texts)
	if err != nil {
		return versions, err
	}
	err = r.record(council.Reference{}, council.EventPrivacyText, "", "version", idText(int64(version.Number)), "applies", applies.Format(time.RFC3339))
	return append(versions, version), err
}

// privacySays tells whether a version says the same as these texts.
func (r *request) privacySays(version council.PrivacyVersion, texts map[string]store.PrivacyText) (bool, error) {
	kept, err := r.tx.PrivacyTexts(version.Number)
	return maps.Equal(kept, texts), err
}

// privacyNow is the text that holds now, in the language of the speaker; ok is false while
// there is none, since nobody is named who looks after personal data.
func (r *request) privacyNow(speak locale.Speaker) (shown privacyShown, ok bool, err error) {
	versions, err := r.settlePrivacy()
	if err != nil {
		return shown, false, err
	}
	version, ok := council.PrivacyApplying(versions, r.now)
	if !ok {
		return shown, false, nil
	}
	shown, err = r.privacyIn(version, speak)
	return shown, true, err
}

// privacyIn is a version in a language; in Indonesian where it has none in that.
func (r *request) privacyIn(version council.PrivacyVersion, speak locale.Speaker) (privacyShown, error) {
	texts, err := r.tx.PrivacyTexts(version.Number)
	language := speak.Language
	if _, known := texts[language]; !known {
		language = locale.Indonesian
	}
	return privacyShown{version, texts[language], language}, err
}

// privacyComing is the version that was announced, does not apply yet, and is not overtaken.
func (r *request) privacyComing() (version council.PrivacyVersion, ok bool, err error) {
	versions, err := r.tx.PrivacyVersions()
	applying, _ := council.PrivacyApplying(versions, r.now)
	for _, candidate := range versions {
		if candidate.Number > applying.Number && candidate.AppliesAt.After(r.now) && !candidate.AnnouncedAt.IsZero() {
			return candidate, true, err
		}
	}
	return version, false, err
}
