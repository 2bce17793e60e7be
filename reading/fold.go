package reading

import (
	"strings"
)

// informal maps spellings people type in a hurry to the word they stand for. "smp" and "sd" are left out: they are schools as often as "sampai".
var informal = map[string]string{
	"bsk": "besok", "besuk": "besok", "bsok": "besok", "besk": "besok",
	"tgl": "tanggal", "tg": "tanggal", "tggl": "tanggal",
	"jm": "jam", "pkl": "pukul", "pk": "pukul",
	"mgg": "minggu", "mggu": "minggu", "mingu": "minggu",
	"bln": "bulan", "bl": "bulan", "thn": "tahun", "th": "tahun", "hr": "hari", "mnt": "menit",
	"jumaat": "jumat", "jmt": "jumat", "jmat": "jumat", "snin": "senin", "snn": "senin", "slasa": "selasa", "sls": "selasa",
	"kms": "kamis", "sbtu": "sabtu", "sbt": "sabtu",
	"dpn": "depan", "dpan": "depan", "lg": "lagi", "lgi": "lagi", "ntar": "nanti", "nti": "nanti", "entar": "nanti",
	"kmrn": "kemarin", "kmarin": "kemarin", "kemaren": "kemarin",
	"dlm": "dalam", "sblm": "sebelum", "sebelom": "sebelum", "stlh": "setelah", "ssdh": "sesudah", "abis": "habis",
	"smpai": "sampai", "sampe": "sampai", "hngga": "hingga", "plg": "paling", "lmbt": "lambat",
	"utk": "untuk", "pd": "pada", "yg": "yang", "dgn": "dengan", "krn": "karena", "tdk": "tidak", "gak": "tidak", "nggak": "tidak",
	"ga": "tidak", "blm": "belum", "sdh": "sudah", "udah": "sudah", "klo": "kalau", "kalo": "kalau",
	"aja": "saja", "pagian": "pagi", "mlm": "malam", "sre": "sore",
	"trilyun": "triliun", "milyar": "miliar", "milyard": "miliar", "persent": "persen", "prosen": "persen",
}

func isApostrophe(letter rune) bool {
	return letter == '\'' || letter == '’' || letter == '‘' || letter == 'ʼ' || letter == '`' || letter == '´'
}

// Fold makes words comparable: lower case, apostrophes removed ("Jum'at" and "jumat" are one word) and the commonest
// informal spellings replaced by the plain word ("bsk" is "besok", "tgl" is "tanggal").
func Fold(word string) string {
	folded := strings.ToLower(word)
	if strings.ContainsFunc(folded, isApostrophe) {
		folded = strings.Map(func(letter rune) rune {
			if isApostrophe(letter) {
				return -1
			}
			return letter
		}, folded)
	}
	if plain, ok := informal[folded]; ok {
		return plain
	}
	return folded
}
