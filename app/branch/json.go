package branch

import "encoding/json"

// MarshalJSON gives the shape of the command stage: dates as text, "" for none.
func (s StepState) MarshalJSON() ([]byte, error) {
	blocked := s.Blocked
	if blocked == nil {
		blocked = []Blocker{}
	}
	return json.Marshal(struct {
		N            int       `json:"n"`
		Name         string    `json:"name"`
		Done         bool      `json:"done"`
		Date         string    `json:"date"`
		PossibleFrom string    `json:"possible_from"`
		Deadline     string    `json:"deadline"`
		Blocked      []Blocker `json:"blocked"`
	}{s.N, s.Name, s.Done, s.Date.String(), s.PossibleFrom.String(), s.Deadline.String(), blocked})
}

// MarshalJSON gives the shape of the command due.
func (d Duty) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Rule   string `json:"rule"`
		Kind   string `json:"kind"`
		Record string `json:"record"`
		Date   string `json:"date"`
		Days   int    `json:"days"`
		Level  string `json:"level"`
		Say    string `json:"say"`
	}{d.Rule, d.Kind, d.ID, d.Due.String(), d.Days, d.Level, d.Say})
}
