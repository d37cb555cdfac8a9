package sheet

import "zhibu/storage/record"

// opened returns what a new record keeps of what the row says about fields that
// are set by an act: the row tells of a time before the books.
func opened(k record.Kind, set record.Values) record.Values {
	told := record.Values{}
	for path, value := range set {
		if f, ok := k.Field(path); ok && f.Locked {
			told[path] = value
		}
	}
	if k.Open == nil || len(told) == 0 {
		return nil
	}
	return k.Open(told)
}

// lockedDefaults are the values a fresh record starts with that nobody types.
// What a form suggests (汉族) is not put into imported records unasked.
func lockedDefaults(k record.Kind, in record.Around) record.Values {
	out := record.Values{}
	if k.New == nil {
		return out
	}
	for path, value := range k.New(in) {
		if f, ok := k.Field(path); ok && f.Locked {
			out[path] = value
		}
	}
	return out
}
