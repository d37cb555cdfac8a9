package assets

import (
	"embed"
	"fmt"
)

//go:embed help/*.md help/*.png
var help embed.FS

// Help returns a page of the help by name, e.g. "desk": Markdown of the small
// kind that app/screen reads.
func Help(name string) (string, error) {
	text, err := help.ReadFile("help/" + name + ".md")
	if err != nil {
		return "", fmt.Errorf("help page %s: %w", name, err)
	}
	return string(text), nil
}

// HelpPicture returns a picture of a page of the help, a PNG.
func HelpPicture(file string) ([]byte, error) {
	data, err := help.ReadFile("help/" + file)
	if err != nil {
		return nil, fmt.Errorf("help picture %s: %w", file, err)
	}
	return data, nil
}
