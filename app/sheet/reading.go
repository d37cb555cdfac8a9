package sheet

import (
	"strings"

	"zhibu/storage/record"
)

// reading is what one cell says about one field.
type reading struct {
	value    string            // canonical; "" for nothing
	findings []finding         // what a person should know
	rest     string            // words to keep in the remarks
	until    record.Date       // end of a span of days
	extra    map[string]string // canonical values of other fields that the cell names too
}

// finding is a problem before its place is known.
type finding struct {
	code, say string
	suggest   []string // values a person may choose, as typed text
}

func (r *reading) find(code, say string, suggest ...string) {
	r.findings = append(r.findings, finding{code, say, suggest})
}

func (r *reading) also(field, value string) {
	if r.extra == nil {
		r.extra = map[string]string{}
	}
	r.extra[field] = value
}

// The codes that import reports by itself; those of the domain's own checks come
// beside them.
const (
	idLost        = "ID_PRECISION_LOST"
	idCheckDigit  = "ID_CHECK_DIGIT"
	idLength      = "ID_LENGTH"
	idOld         = "ID_15"
	idMasked      = "ID_MASKED"
	idNormalised  = "ID_NORMALISED"
	idDuplicate   = "ID_DUP_IN_FILE"
	phoneShared   = "PHONE_SHARED"
	phoneTidied   = "PHONE_NORMALISED"
	dateMonth     = "DATE_MONTH_ONLY"
	dateYear      = "DATE_YEAR_ONLY"
	dateAmbiguous = "DATE_AMBIGUOUS"
	dateTwoDigit  = "DATE_TWO_DIGIT"
	dateInvalid   = "DATE_INVALID"
	dateFuture    = "DATE_FUTURE"
	dateZero      = "DATE_ZERO"
	dateBlank     = "DATE_PLACEHOLDER"
	dateRange     = "DATE_RANGE"
	nameSpace     = "NAME_SPACE"
	nameDot       = "NAME_INTERPUNCT"
	namePUA       = "NAME_PUA"
	nameRadical   = "NAME_RADICAL"
	nameRare      = "NAME_RARE"
	nameRemark    = "NAME_REMARK"
	notData       = "ROW_NOT_DATA"
	missing       = "REQUIRED_MISSING"
	synonym       = "ENUM_SYNONYM"
	unknown       = "ENUM_UNKNOWN"
	countMismatch = "COUNT_MISMATCH"
	noCache       = "FORMULA_NO_CACHE"
	fault         = "FORMULA_ERROR"
	shifted       = "COLUMN_SHIFT"
	moneyText     = "MONEY_TEXT"
	refUnknown    = "REF_UNKNOWN"
	refUnmet      = "REF_NOT_YET"
	ditto         = "DITTO"
	differs       = "COLUMNS_DIFFER"
	lockedField   = "FIELD_LOCKED"
	badBytes      = "TEXT_DAMAGED"
	rowHidden     = "ROW_HIDDEN"
	sameName      = "SAME_NAME"
	twice         = "ROW_TWICE"
	alike         = "VALUE_FORMAT"
)

// blocking are the codes that hold a row back until a person decides; noted are
// those that a person should only know. Everything else is a warning.
func severity(code string) record.Severity {
	switch code {
	case idLost, idCheckDigit, idLength, idDuplicate, dateInvalid, dateFuture, "DATE_ORDER", "AGE_UNDER_18", "INTERVAL_SHORT",
		missing, shifted, badBytes, twice:
		return record.Block
	case idNormalised, phoneTidied, dateMonth, dateYear, dateBlank, dateRange, nameSpace, nameDot, nameRadical, nameRare,
		nameRemark, notData, synonym, moneyText, ditto, rowHidden, refUnmet, lockedField, "TITLE_DERIVED":
		return record.Info
	}
	return record.Warn
}

// isBlank reports whether people wrote the text to say that there is nothing.
func isBlank(s string) bool {
	s = strings.Trim(record.Halfwidth(strings.TrimSpace(s)), "()（）[]。. ")
	switch strings.ToLower(s) {
	case "", "无", "不详", "未知", "暂无", "空", "没有", "待定", "待补", "待查", "待核实", "未填", "不清楚", "无此项", "不适用",
		"n/a", "na", "null", "none", "nil", "nan", "#n/a", "undefined":
		return true
	}
	return strings.Trim(s, `/\-—–―一_~*×xX?？、…·.`) == "" && s != "一"
}

// isDitto reports whether the text means "as above".
func isDitto(s string) bool {
	switch strings.TrimSpace(s) {
	case "同上", "同", "〃", "″", "\"", "''", "“", "”", "〞", "々", "同上。", "（同上）", "(同上)":
		return true
	}
	return false
}
