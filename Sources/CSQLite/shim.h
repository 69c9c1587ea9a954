#pragma once
#include <sqlite3.h>

// sqlite3_db_config is variadic, which Swift cannot call: the two-int form is the only one used.
static inline int shim_sqlite3_db_config_flag(sqlite3 *db, int option, int on) {
  int now = 0;
  return sqlite3_db_config(db, option, on, &now);
}
