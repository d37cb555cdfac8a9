package main

import (
	"fmt"
	"io"
	"strconv"

	"zhibu/app/print"
	"zhibu/app/screen"
	"zhibu/storage"
	"zhibu/storage/record"
)

// calibrationOf returns what was measured for a printer and a form.
func calibrationOf(s *storage.Store, printer, form string) (by print.Calibration, ok bool) {
	_, err := fmt.Sscanf(s.Setting(screen.ShiftSetting(printer, form)), "%f,%f", &by.Right, &by.Down)
	return by, err == nil
}

// calibrate writes the sheet with the cross, or keeps the two numbers a person
// measured on it for a printer and a form.
func calibrate(c *call, args []string) error {
	b, err := c.book()
	if err != nil {
		return err
	}
	if len(args) == 0 && c.text("o") != "" {
		return c.calibrationSheet(b)
	}
	if len(args) != 4 {
		return usageError("先用 zhibu calibrate -o 十字.pdf 打印校准页，再写 zhibu calibrate 打印机 表格 左边毫米 上边毫米。")
	}
	form, ok := print.FormOf(args[1])
	if !ok || !form.Overlay {
		return record.Refuse("FORM_NO_OVERLAY", "“"+args[1]+"”不是能套打的表。用 zhibu forms 看哪些能套打。")
	}
	left, err1 := strconv.ParseFloat(args[2], 64)
	top, err2 := strconv.ParseFloat(args[3], 64)
	if err1 != nil || err2 != nil {
		return usageError("左边、上边的毫米数写成数字，例如 49.5 51。")
	}
	by, err := print.Calibrate(left, top)
	if err != nil {
		return err
	}
	if err := c.store.SetSetting(screen.ShiftSetting(args[0], form.Code), fmt.Sprintf("%.2f,%.2f", by.Right, by.Down)); err != nil {
		return err
	}
	return c.print(map[string]any{"printer": args[0], "form": form.Code, "right": by.Right, "down": by.Down}, func(w io.Writer) {
		fmt.Fprintf(w, "%s 套打“%s”时右移 %.2f 毫米、下移 %.2f 毫米，已记住。打印时写 --overlay %s。\n", args[0], form.Name, by.Right, by.Down, args[0])
	})
}

func (c *call) calibrationSheet(in record.Around) error {
	doc, err := print.CalibrationSheet(in, nil)
	if err != nil {
		return err
	}
	if err := writeFile(c.text("o"), doc.PDF); err != nil {
		return err
	}
	return c.print(map[string]any{"file": c.text("o"), "pages": doc.Pages()}, func(w io.Writer) {
		fmt.Fprintf(w, "校准页已存到 %s。按实际大小打印，量十字中心到纸的左边和上边。\n", c.text("o"))
	})
}
