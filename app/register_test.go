package app

import (
	"strconv"
	"testing"
)

func TestTheNumberTellsSexAndBirthBeforeWhatIsStated(t *testing.T) {
	stated := Worker{IDType: IDPassport, IDNumber: "E12345678", Sex: "女", Birth: Date{1990, 5, 2}}
	if sex, birth := stated.Told(); sex != "女" || birth != stated.Birth {
		t.Errorf("of a passport %s, %s", sex, birth)
	}
	stated.IDType, stated.IDNumber = IDResident, "330106199203154417"
	if sex, birth := stated.Told(); sex != "男" || birth.String() != "1992-03-15" {
		t.Errorf("of an identity card %s, %s", sex, birth)
	}
}

func TestEachEthnicityHasTheCodeOfTheStandard(t *testing.T) {
	for i, o := range Ethnicities[:56] {
		if n, err := strconv.Atoi(o.Value); n != i+1 || len(o.Value) != 2 || err != nil {
			t.Errorf("%s has the code %s", o.Label, o.Value)
		}
	}
	for code, want := range map[string]string{"01": "汉族", "05": "维吾尔族", "10": "朝鲜族", "29": "柯尔克孜族", "56": "基诺族", "97": "其他"} {
		if got := LabelOf(Ethnicities, code); got != want {
			t.Errorf("%s is %s, want %s", code, got, want)
		}
	}
}

func TestInsurancesAreReadAsTheyAreShown(t *testing.T) {
	for set := range AllInsurances + 1 {
		if got := ParseInsurances(set.Values()); got != set {
			t.Errorf("%s was read as %s", set.Label(), got.Label())
		}
	}
	if got := AllInsurances.Label(); got != "养老、医疗、失业、工伤、生育" {
		t.Error(got)
	}
}
