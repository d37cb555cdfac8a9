package sheet

import (
	"fmt"

	"zhibu/storage/record"
)

// twins finds rows about one person within the file.
func (k *known) twins(row planned) {
	title := row.set[k.kind.Title]
	for _, f := range k.unique {
		value := unified(f, row.set[f.Name])
		if value == "" {
			continue
		}
		first, seen := k.rowOf[f.Name][value]
		if !seen {
			k.rowOf[f.Name][value] = &row
			continue
		}
		row.twin = first.Row
		say := "与" + k.where(first, row) + "的" + f.Label + "相同"
		row.report(columnOf(row, f.Name), f, finding{code: idDuplicate, say: say + "，同一人出现了两次。请跳过这行，或并到那一行。"}, f.Format(row.set[f.Name]))
		other := "后面" + k.where(&row, *first) + "的" + f.Label + "也是这个号，请核对哪一行对。"
		if first.set[k.kind.Title] != title {
			first.report(columnOf(*first, f.Name), f, finding{code: idDuplicate, say: other}, f.Format(value))
		} else {
			first.report(columnOf(*first, f.Name), f, finding{code: "ID_REPEATED", say: other}, f.Format(value))
		}
		return
	}
	if title != "" {
		k.namesakes(row, title)
		k.byName[title] = append(k.byName[title], &row)
	}
}

// namesakes finds an earlier row of the same name that nothing tells apart.
func (k *known) namesakes(row planned, title string) {
	for _, first := range k.byName[title] {
		if k.apart(first.set, row.set) {
			continue
		}
		f, _ := k.kind.Field(k.kind.Title)
		row.twin = first.Row
		row.report(columnOf(row, f.Name), f, finding{code: twice, say: "与" + k.where(first, row) + "同名，又没有号码或日期能分清是不是同一条。是同一条请跳过这行；不是请补上身份证号或日期。"}, k.show(f, title))
		return
	}
}

// apart reports whether two sets of values of one title are certainly not about
// the same thing.
func (k *known) apart(a, b record.Values) bool {
	for _, f := range k.unique {
		if x, y := unified(f, a[f.Name]), unified(f, b[f.Name]); x != "" && y != "" && x != y {
			return true
		}
	}
	return k.key != "" && k.differ(a[k.key], b[k.key])
}

// differ reports whether two values of the key date exclude each other.
func (k *known) differ(a, b string) bool {
	f, _ := k.kind.Field(k.key)
	return a != "" && b != "" && a != b && !within(f, a, b) && !within(f, b, a)
}

func (k *known) where(there *planned, here planned) string {
	if there.sheet.source != here.sheet.source {
		return fmt.Sprintf("工作表“%s”第 %d 行", there.sheet.Name, there.Row)
	}
	return fmt.Sprintf("第 %d 行", there.Row)
}

// columnOf returns the column from which a value came, −1 if from none.
func columnOf(row planned, path string) int {
	if col, ok := row.cells[path]; ok {
		return col
	}
	for letter, field := range row.sheet.Columns {
		if field == path {
			return columnIndex(letter)
		}
	}
	return -1
}

// sharedPhones marks a number that two rows have; families share them, so it is
// only a hint.
func (k *known) sharedPhones(row planned) {
	for _, f := range k.kind.Fields {
		value := row.set[f.Name]
		if f.Type != (record.Phone{}) || value == "" || !mobileForm.MatchString(value) {
			continue
		}
		first, seen := k.phones[value]
		if !seen {
			k.phones[value] = &row
			continue
		}
		if first.set[k.kind.Title] == row.set[k.kind.Title] {
			continue
		}
		row.report(columnOf(row, f.Name), f, finding{code: phoneShared, say: "与" + k.where(first, row) + "是同一个号码，请核对。"}, value)
		first.report(columnOf(*first, f.Name), f, finding{code: phoneShared, say: "与" + k.where(&row, *first) + "是同一个号码，请核对。"}, value)
	}
}
