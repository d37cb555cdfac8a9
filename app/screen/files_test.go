package screen

import (
	"os"
	"path/filepath"
	"testing"

	"zhibu/storage/record"
)

func TestFilesListsFindsAndNames(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"党员花名册.xlsx", "说明.txt", "发展台账.XLSX", ".隐藏.xlsx"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "往年"), 0o700); err != nil {
		t.Fatal(err)
	}
	f := NewFiles(dir, ".xlsx")
	var names []string
	for _, item := range f.Items() {
		names = append(names, item.Name)
	}
	if len(names) != 3 || names[0] != "往年" || names[1] != "党员花名册.xlsx" {
		t.Fatal(names)
	}
	f.Find("fztz")
	if items := f.Items(); len(items) != 1 || items[0].Name != "发展台账.XLSX" {
		t.Fatal(items)
	}
	if path, there, err := f.Target("新表"); err != nil || there || filepath.Base(path) != "新表.xlsx" {
		t.Fatal(path, there, err)
	}
	if _, there, _ := f.Target("党员花名册.xlsx"); !there {
		t.Fatal("an existing file is not noticed")
	}
	if _, _, err := f.Target("a/b"); record.CodeOf(err) != "FILE_NAME" {
		t.Fatal(err)
	}
	if err := f.Open(filepath.Join(dir, "没有")); record.CodeOf(err) != "FOLDER_READ" || f.Dir() != dir {
		t.Fatal(err, f.Dir())
	}
	if err := f.Open(filepath.Join(dir, "往年")); err != nil || len(f.Items()) != 0 {
		t.Fatal(err)
	}
	if err := f.Open(filepath.Dir(f.Dir())); err != nil || f.Dir() != dir {
		t.Fatal(err)
	}
}
