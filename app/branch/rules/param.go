package rules

import (
	"slices"
	"strconv"
	"strings"
)

// Param is a parameter a district or branch may set; Tag is LOCAL or DESIGN.
type Param struct {
	Name    string   `json:"name"`
	Label   string   `json:"label"`
	Value   string   `json:"value"`
	Tag     string   `json:"tag"`
	Basis   string   `json:"basis"`
	Presets []string `json:"presets,omitempty"` // "3 贵州"
	Since   string   `json:"-"`                 // day from which the value holds
	By      string   `json:"-"`                 // who set it: ByProgram, ByDistrict or ByBranch
}

// Settable reports whether a district or branch may set the parameter.
func (p Param) Settable() bool { return p.Tag == "LOCAL" || p.Tag == "DESIGN" }

// Listed reports whether the value is one of the presets, not any number.
func (p Param) Listed() bool {
	_, err := strconv.Atoi(p.Value)
	return err != nil
}

// Show returns a value as people read it: the words of its preset.
func (p Param) Show(value string) string {
	for _, preset := range p.Presets {
		if id, words, _ := strings.Cut(preset, " "); id == value {
			if _, err := strconv.Atoi(id); err == nil {
				return id + "（" + words + "）"
			}
			return words
		}
	}
	return value
}

// With returns the set with parameters replaced; unknown names are ignored.
func (s Set) With(values map[string]string) Set {
	if len(values) == 0 {
		return s
	}
	s.Params = slices.Clone(s.Params)
	for i, p := range s.Params {
		if v, ok := values[p.Name]; ok {
			s.Params[i].Value = v
		}
	}
	return s
}

// Text returns the value of a parameter, "" for an unknown one.
func (s Set) Text(name string) string {
	for _, p := range s.Params {
		if p.Name == name {
			return p.Value
		}
	}
	return ""
}

// Int returns the value of a numeric parameter, 0 when it is not a number.
func (s Set) Int(name string) int {
	n, err := strconv.Atoi(s.Text(name))
	if err != nil {
		return 0
	}
	return n
}
