package store

// Edition tells by a number which state of the city's settings (its name, zone,
// days off, rhythm and own sentences) this transaction sees: what was read under the same number
// before is still true. There is no number while the transaction itself, or one
// that is committed together with it, has changed them.
func (tx *Tx) Edition() (edition int64, known bool) { return tx.edition, !tx.cityChanged }

// forgetCity gives the city's settings another number once this is committed.
func (tx *Tx) forgetCity() { tx.cityChanged = true }
