package identity

import "laoqi/app/vault"

// SealNumber encrypts an ID number for a column of any domain.
func SealNumber(v *vault.Vault, number string) []byte {
	return v.Seal(numberLabel, []byte(number))
}

// OpenNumber reads what SealNumber encrypted.
func OpenNumber(v *vault.Vault, sealed []byte) (string, error) {
	plain, err := v.Open(numberLabel, sealed)
	return string(plain), err
}

// SealMobile encrypts a mobile number for a column of any domain.
func SealMobile(v *vault.Vault, mobile string) []byte {
	return v.Seal(mobileLabel, []byte(mobile))
}

// OpenMobile reads what SealMobile encrypted.
func OpenMobile(v *vault.Vault, sealed []byte) (string, error) {
	plain, err := v.Open(mobileLabel, sealed)
	return string(plain), err
}
