package store

/*
#include <stddef.h>

// The SQLite that the driver brings into the program. Weak: it is there when the program is
// linked, and not yet when cgo looks at this file alone.
typedef struct sqlite3 sqlite3;
extern int sqlite3_auto_extension(void (*)(void)) __attribute__((weak));
extern int sqlite3_db_config(sqlite3 *, int, ...) __attribute__((weak));

static int steady(sqlite3 *db, char **message, const void *routines) {
	const int enable_qpsg = 1007; // SQLITE_DBCONFIG_ENABLE_QPSG
	return sqlite3_db_config(db, enable_qpsg, 1, NULL);
}

static void steady_all(void) {
	if (sqlite3_auto_extension && sqlite3_db_config) {
		sqlite3_auto_extension((void (*)(void))steady);
	}
}
*/
import "C"

// init lets every database that is opened keep its statements as they were compiled.
// Otherwise SQLite compiles a statement anew whenever it is used with other values in case a
// better plan could be had with them, which takes longer than reading a task. This asks
// SQLite for what it calls its query planner stability guarantee.
func init() { C.steady_all() }
