package enterprise_test

import (
	"strings"
	"testing"

	"laoqi/app"
	"laoqi/app/enterprise"
)

func TestAnEnterpriseIsRefusedWithAllThatNoDocumentCouldShow(t *testing.T) {
	o := open(t)
	_, err := o.Enterprise.Register(t.Context(), o.boss, enterprise.Form{Name: "长春😀精密制造有限公司", Address: strings.Repeat("路", 101), Phone: "0431-📞"})
	faults := app.FaultsOf(err)
	for field, want := range map[string]string{"name": "“😀”（U+1F600）", "address": "最多 100 个字，现在是 101 个", "phone": "“📞”（U+1F4DE）"} {
		if got := faults.Of(field); !strings.Contains(got, want) {
			t.Errorf("%s: fault %q, want %q", field, got, want)
		}
	}
}
