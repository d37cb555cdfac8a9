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

// MarshalJSON gives the shape of the command calc id.
func (c IDCheck) MarshalJSON() ([]byte, error) {
	problems := c.Problems
	if problems == nil {
		problems = []Problem{}
	}
	return json.Marshal(struct {
		Valid    bool      `json:"valid"`
		Birth    string    `json:"birth"`
		Sex      string    `json:"sex"`
		Problems []Problem `json:"problems"`
		Upgraded string    `json:"upgraded,omitempty"`
	}{c.Valid(), c.Birth.String(), genders().Format(c.Sex), problems, c.Upgraded})
}

// MarshalJSON gives the shape of the command vote.
func (v Verdict) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Outcome string `json:"outcome"`
		Need    int    `json:"need"`
		Quorum  int    `json:"quorum"`
		Rule    string `json:"rule"`
		Say     string `json:"say"`
	}{v.Outcome, v.Need, v.Quorum, v.Rule, v.Say})
}

// MarshalJSON adds both bases to the verdict of an election.
func (e Elected) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Outcome      string `json:"outcome"`
		Need         int    `json:"need"`
		NeedPresent  int    `json:"need_present_base"`
		NeedEntitled int    `json:"need_entitled_base"`
		Quorum       int    `json:"quorum"`
		Say          string `json:"say"`
	}{e.Outcome, e.Need, e.NeedPresent, e.NeedEntitled, e.Quorum, e.Say})
}
