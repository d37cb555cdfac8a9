package main

import (
	"os"
	"regexp"
	"testing"

	"zhibu/app/ui"
)

// The metadata in code and in FyneApp.toml must agree: packaging reads the file,
// a built binary the code.
func TestMetadataAgreesWithFyneApp(t *testing.T) {
	toml, err := os.ReadFile("../FyneApp.toml")
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"Name": ui.Name, "ID": ui.ID, "Version": version} {
		m := regexp.MustCompile(`(?m)^\s*` + key + ` = "(.*)"$`).FindSubmatch(toml)
		if m == nil || string(m[1]) != want {
			t.Errorf("FyneApp.toml: %s is %q, the code says %q", key, m, want)
		}
	}
	icon := regexp.MustCompile(`(?m)^\s*Icon = "(.*)"$`).FindSubmatch(toml)
	if icon == nil {
		t.Fatal("FyneApp.toml names no icon")
	}
	if _, err := os.Stat("../" + string(icon[1])); err != nil {
		t.Error(err)
	}
}
