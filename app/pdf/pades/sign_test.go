package pades_test

import (
	"bytes"
	"errors"
	"testing"

	"laoqi/app/pdf/pades"
)

func TestSigningLeavesEveryEarlierByteAsItWas(t *testing.T) {
	o := newOffice(t)
	first := contract{pages: 4}.build()
	second := sign(t, first, o.workerRequest())
	third := sign(t, second, o.sealRequest())
	if !bytes.HasPrefix(second, first) || !bytes.HasPrefix(third, second) {
		t.Error("earlier bytes changed")
	}
}

func TestTheSealIsStoredOnceForAllItsSlices(t *testing.T) {
	o := newOffice(t)
	path := make([]byte, 0, 60000)
	for i := range 20000 {
		path = append(path, byte('0'+i*i%10), ' ', byte('0'+i*i*i%7))
	}
	heavy := pades.NewDrawing(path)
	r := o.sealRequest()
	r.Appearance.Drawing = heavy
	plain := len(sign(t, contract{pages: 4}.build(), r))
	for name, a := range r.Fill {
		a.Drawing = heavy
		r.Fill[name] = a
	}
	if shared := len(sign(t, contract{pages: 4}.build(), r)); shared > plain+100 {
		t.Errorf("%d bytes with slices of the seal, %d with others", shared, plain)
	}
}

func TestASignedFieldCannotBeSignedAgain(t *testing.T) {
	o := newOffice(t)
	if _, err := pades.Sign(o.concluded(t), o.sealRequest()); !errors.Is(err, pades.ErrSigned) {
		t.Error(err)
	}
}

func TestAFieldThatIsNotThereIsRefused(t *testing.T) {
	o := newOffice(t)
	missing, wrongType, missingSeam := o.workerRequest(), o.workerRequest(), o.sealRequest()
	missing.Field, wrongType.Field = "witness", "seam.1"
	missingSeam.Fill["seam.5"] = pades.Appearance{Drawing: ring, W: 1, H: 1}
	for _, r := range []pades.Request{missing, wrongType, missingSeam} {
		if out, err := pades.Sign(contract{pages: 4}.build(), r); !errors.Is(err, pades.ErrNoField) || out != nil {
			t.Errorf("%s: %v", r.Field, err)
		}
	}
}

func TestASignatureLongerThanItsReserveIsAnError(t *testing.T) {
	o := newOffice(t)
	r := o.workerRequest()
	r.TSA = func([]byte) ([]byte, error) {
		return append([]byte{0x04, 0x82, 0x1F, 0x40}, make([]byte, 8000)...), nil
	}
	if out, err := pades.Sign(contract{pages: 4}.build(), r); !errors.Is(err, pades.ErrReserve) || out != nil {
		t.Error(err)
	}
}

func TestAFailingTimestampAuthorityStopsTheSignature(t *testing.T) {
	o, down := newOffice(t), errors.New("no time today")
	r := o.workerRequest()
	r.TSA = func([]byte) ([]byte, error) { return nil, down }
	if out, err := pades.Sign(contract{pages: 4}.build(), r); !errors.Is(err, down) || out != nil {
		t.Error(err)
	}
}

func TestOneDrawingServesManySignaturesAtOnce(t *testing.T) {
	o, pdf := newOffice(t), contract{pages: 4}.build()
	done := make(chan error)
	for range 8 {
		go func() {
			_, err := pades.Sign(pdf, o.sealRequest())
			done <- err
		}()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}
