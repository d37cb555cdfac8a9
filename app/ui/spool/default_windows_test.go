package spool

import (
	"image"
	"image/color"
	"testing"

	"zhibu/app/screen"
	"zhibu/storage/record"
)

func TestStandingOfAWindowsPrinter(t *testing.T) {
	for _, c := range []struct {
		attributes, status uint32
		ready              bool
		say                string
	}{
		{0, 0, true, "就绪"}, {0, statusPrinting, true, "正在打印"}, {attributeWorkOffline, 0, false, "脱机"},
		{attributeWorkOffline, statusPaperOut, false, "缺纸"}, {0, statusPrinting | statusDoorOpen, false, "盖子开着"},
	} {
		if ready, say := standing(c.attributes, c.status); ready != c.ready || say != c.say {
			t.Errorf("%x %x: %v %s", c.attributes, c.status, ready, say)
		}
	}
}

func TestAPrinterThatIsGoneIsSaid(t *testing.T) {
	if _, err := Default().List(t.Context()); err != nil {
		t.Error(err)
	}
	err := Default().Print(t.Context(), "没有这一台", nil, screen.Job{Title: "会议记录"})
	if record.CodeOf(err) != "PRINT_FAILED" {
		t.Error(err)
	}
}

func TestBitmapRowsAreFilledUp(t *testing.T) {
	img := image.NewRGBA(image.Rect(10, 10, 13, 12))
	img.Set(12, 11, color.RGBA{R: 1, G: 2, B: 3, A: 255})
	data, info := bitmap(img)
	if info.width != 3 || info.height != -2 || len(data) != 2*12 {
		t.Fatalf("%+v, %d bytes", info, len(data))
	}
	if at := data[12+6:]; at[0] != 3 || at[1] != 2 || at[2] != 1 {
		t.Errorf("% x", at)
	}
}
