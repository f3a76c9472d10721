package raster_test

import (
	"bytes"
	"errors"
	"image/png"
	"testing"
	"time"

	"laoqi/app"
	"laoqi/app/apptest/tool"
	"laoqi/app/apptest/upload"
	"laoqi/app/pdf"
	"laoqi/app/pdf/raster"
)

func certificate() ([]byte, error) {
	return pdf.Termination(pdf.TerminationDoc{
		Record: pdf.Record{Number: "HT-2026-000001", MadeOn: app.Date{Year: 2026, Month: 5, Day: 6}}, Enterprise: pdf.Enterprise{Name: "长春启明精密制造有限公司"},
		Worker: app.Worker{Name: "王秀兰", IDType: app.IDResident}, Ending: app.Ending{On: app.Date{Year: 2026, Month: 5, Day: 6}}})
}

func TestAPageIsDrawnAsWideAsAPhoneNeedsAndKept(t *testing.T) {
	tool.Need(t, "pdftoppm")
	c, reads := raster.NewCache(), 0
	file := func() ([]byte, error) { reads++; return certificate() }
	var first []byte
	for range 2 {
		got, err := c.Page(t.Context(), "hash", 1, file)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = got
		}
		if !bytes.Equal(got, first) {
			t.Error("the second picture differs")
		}
	}
	size, err := png.DecodeConfig(bytes.NewReader(first))
	if err != nil || size.Width != 1160 {
		t.Errorf("picture %+v, %v", size, err)
	}
	if reads != 1 {
		t.Errorf("the file was read %d times", reads)
	}
}

func TestALongPageBecomesNarrowRatherThanHuge(t *testing.T) {
	tool.Need(t, "pdftoppm")
	pages := []upload.Page{{Box: "0 0 30 14400"}, {Box: "0 0 14400 30", Rotate: 90}, {Box: "0 0 14400 30"}}
	for i := range pages {
		got, err := raster.NewCache().Page(t.Context(), "hash", i+1, func() ([]byte, error) { return upload.PDF(pages, ""), nil })
		if err != nil {
			t.Fatal(err)
		}
		if size, err := png.DecodeConfig(bytes.NewReader(got)); err != nil || size.Height > 4640 || size.Width > 1160 {
			t.Errorf("page %d: picture %+v, %v", i+1, size, err)
		}
	}
}

func TestAFileThatIsNoPDFGivesAnError(t *testing.T) {
	tool.Need(t, "pdftoppm")
	c := raster.NewCache()
	if _, err := c.Page(t.Context(), "hash", 1, func() ([]byte, error) { return []byte("hello"), nil }); err == nil {
		t.Error("no error")
	}
	if _, err := c.Page(t.Context(), "other", 9, certificate); err == nil {
		t.Error("no error for a page that is not there")
	}
}

func TestAPageThatWantsTooMuchMemoryIsNotShownInPart(t *testing.T) {
	tool.Need(t, "pdftoppm")
	c := raster.NewCache()
	if _, err := c.Page(t.Context(), "few", 1, func() ([]byte, error) { return upload.Nested(20), nil }); err != nil {
		t.Error(err)
	}
	if _, err := c.Page(t.Context(), "many", 1, func() ([]byte, error) { return upload.Nested(100), nil }); !errors.Is(err, raster.ErrPage) {
		t.Errorf("error %v", err)
	}
}

func TestAPageThatTakesTooLongEndsTheDrawingOfItsFile(t *testing.T) {
	tool.Need(t, "pdftoppm")
	c, reads := raster.NewCache(), 0
	endless := func() ([]byte, error) { reads++; return upload.Endless(), nil }
	began := time.Now()
	for page := 1; page <= 50; page++ {
		if _, err := c.Page(t.Context(), "endless", page, endless); !errors.Is(err, raster.ErrPage) {
			t.Fatalf("page %d: %v", page, err)
		}
	}
	if took := time.Since(began); reads != 1 || took > 15*time.Second {
		t.Errorf("%d tries, %v", reads, took)
	}
	if _, err := c.Page(t.Context(), "another", 1, certificate); err != nil {
		t.Errorf("another file: %v", err)
	}
}

func TestWithoutTheToolThereAreNoPicturesAndNoCrash(t *testing.T) {
	t.Setenv("PATH", "")
	c := raster.NewCache()
	if _, err := c.Page(t.Context(), "hash", 1, certificate); c.Available() || !errors.Is(err, raster.ErrNone) {
		t.Errorf("available %v, error %v", c.Available(), err)
	}
}
