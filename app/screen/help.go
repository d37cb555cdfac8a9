package screen

import (
	"regexp"
	"strings"

	"zhibu/app/branch"
)

// Help is a page of the help, read from its Markdown: a title, a picture of the
// screen, one sentence on what the screen is for, and parts.
type Help struct {
	Name    string // "desk"
	Title   string // 工作台
	Picture string // file of the picture, "" for none
	Lead    string
	Parts   []HelpPart
	Related []HelpLink
	Keys    []string // every key the page names, as the status bar writes them
}

// HelpPart is a captioned part: 怎么做, 按键, 常见问题.
type HelpPart struct {
	Title string
	Lines []HelpLine
}

// HelpLine is a step, a key or a question: Lead is its number, its keys or what is
// asked.
type HelpLine struct{ Lead, Text string }

// HelpLink leads to another page.
type HelpLink struct{ Title, Name string }

var (
	helpKey  = regexp.MustCompile("`([^`]+)`")
	helpLink = regexp.MustCompile(`^- \[(.+)\]\((.+)\)$`)
	helpStep = regexp.MustCompile(`^(\d+\.) (.+)$`)
	helpAsk  = regexp.MustCompile(`^\*\*(.+)\*\* (.+)$`)
)

// ReadHelp reads a page. Lines it does not know are running text, so that nothing
// written is lost.
func ReadHelp(name, markdown string) Help {
	h := Help{Name: name}
	for _, key := range helpKey.FindAllStringSubmatch(markdown, -1) {
		h.Keys = append(h.Keys, key[1])
	}
	for line := range strings.Lines(markdown) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
		case strings.HasPrefix(line, "# "):
			h.Title = line[2:]
		case strings.HasPrefix(line, "![]("):
			h.Picture = strings.TrimSuffix(line[4:], ")")
		case strings.HasPrefix(line, "## "):
			h.Parts = append(h.Parts, HelpPart{Title: line[3:]})
		case helpLink.MatchString(line):
			m := helpLink.FindStringSubmatch(line)
			h.Related = append(h.Related, HelpLink{m[1], m[2]})
		case len(h.Parts) == 0:
			h.Lead = plainKeys(h.Lead + line)
		default:
			last := &h.Parts[len(h.Parts)-1]
			last.Lines = append(last.Lines, readHelpLine(line))
		}
	}
	h.Parts = dropEmpty(h.Parts)
	return h
}

// readHelpLine splits a line into what stands out and the rest.
func readHelpLine(line string) HelpLine {
	if m := helpStep.FindStringSubmatch(line); m != nil {
		return HelpLine{m[1], plainKeys(m[2])}
	}
	if m := helpAsk.FindStringSubmatch(line); m != nil {
		return HelpLine{m[1], plainKeys(m[2])}
	}
	if keys, what, ok := strings.Cut(line, "："); ok && strings.HasPrefix(keys, "- `") {
		return HelpLine{plainKeys(keys[2:]), plainKeys(what)}
	}
	return HelpLine{"", plainKeys(line)}
}

// plainKeys writes keys as they stand on the screen.
func plainKeys(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "`Space`", "空格"), "`", "")
}

func dropEmpty(parts []HelpPart) []HelpPart {
	var out []HelpPart
	for _, p := range parts {
		if len(p.Lines) > 0 {
			out = append(out, p) // 相关 holds only links
		}
	}
	return out
}

// HelpName returns the help page of a place: page is the name in the navigation,
// view what it shows, kind the kind of its record.
func HelpName(page, view, kind string) string {
	switch view {
	case "form":
		if page == "meeting" && (kind == "" || kind == "meeting") {
			return "minutes"
		}
		return "form"
	case "all":
		return "form"
	case "print":
		return "preview"
	case "import":
		return "import"
	case "bin", "history":
		return "bin"
	}
	return page
}

// helpOrder is the order of the pages that do not stand in the navigation.
var helpOrder = []string{"finder", "minutes", "form", "preview", "import", "bin", "lock", "start"}

// HelpOrder returns the names of all help pages in the order of the list: those of
// the navigation, then the rest.
func HelpOrder() []string {
	var out []string
	for _, p := range Navigation() {
		out = append(out, p.Name)
	}
	return append(out, helpOrder...)
}

// SetHelp makes the help's pages findable by their titles.
func (f *Finder) SetHelp(pages []HelpLink) { f.help = pages }

// helps are the help's pages whose titles match.
func (f *Finder) helps(q query) []*Found {
	var out []*Found
	for _, page := range f.help {
		if q.text != "" && branch.Matches(q.text, page.Title, "帮助") {
			out = append(out, &Found{Target: Target{Act: ToHelp, Page: page.Name}, Title: page.Title, Note: "怎么做、按键、常见问题"})
		}
	}
	return out
}
