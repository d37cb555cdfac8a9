package screen

import (
	"zhibu/app/branch"
	"zhibu/storage/record"
)

// Mute silences a duty with a reason, until a typed day ("" is for good). The
// reason stays in 支部信息, where the muting can be taken back.
func (b *Book) Mute(key, reason, until string) (Done, error) {
	var last record.Date
	if until != "" {
		var err error
		if last, err = record.ParseDate(record.ExpandDate(until, b.Today())); err != nil {
			return Done{}, err
		}
	}
	for _, d := range branch.Due(b, b.DueDay()) {
		if d.Key != key {
			continue
		}
		edits, complaints := branch.Mute(d, reason, last, b)
		for _, c := range complaints {
			return Done{}, record.Refuse(c.Code, c.Say)
		}
		before := branch.Profile(b)
		done, err := b.Apply(edits...)
		if err != nil {
			return Done{}, err
		}
		return DoneSaving("不再提醒“"+d.What+"”", before, done[0]), nil
	}
	return Done{}, record.Refuse("DUTY_UNKNOWN", "现在没有这一件提醒，可能已经办好了。请按 F5 再看；待办没有变。")
}
