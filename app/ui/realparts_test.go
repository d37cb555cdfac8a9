package ui

import (
	"bytes"
	"context"

	"zhibu/app/screen"
	"zhibu/storage/record"
)

// twoPrinters is an office with a printer that is on and one that is off; what
// is printed on the first is kept. The real service is tested in ui/spool.
type twoPrinters struct{}

func (twoPrinters) List(context.Context) ([]screen.Printer, error) {
	return []screen.Printer{{Name: "laser", Label: "办公室激光打印机", Ready: true, State: "就绪", Default: true}, {Name: "front", Label: "前台彩色打印机", State: "脱机"}}, nil
}

func (twoPrinters) Print(_ context.Context, printer string, pdf []byte, _ screen.Job) error {
	if printer != "laser" || !bytes.HasPrefix(pdf, []byte("%PDF")) {
		return record.Refuse("PRINT_FAILED", "打印机没有回应。请看电源和纸；也可以先另存为 PDF。")
	}
	return nil
}
