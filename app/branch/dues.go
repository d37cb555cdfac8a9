package branch

import "zhibu/storage/record"

// payers are the kinds of payers of dues (domain.md §4.1).
func payers() record.Choice {
	list := codes("SALARIED", "按月领工资", "ANNUAL", "年薪制", "SELF_EMPLOYED", "无固定工资（上季度月均净收入）", "RETIRED", "离退休",
		"FARMER", "农民", "STUDENT", "学生", "UNEMPLOYED", "下岗失业或领救济", "HARDSHIP", "困难减免")
	return record.Choice{Codes: also(also(list, "SALARIED", "salaried", "在职"), "RETIRED", "retired", "退休")}
}
