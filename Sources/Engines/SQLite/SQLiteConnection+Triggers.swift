import CSQLite

extension SQLiteConnection {
  /// Fires no trigger on this connection from now on (`SQLITE_DBCONFIG_ENABLE_TRIGGER`); foreign keys act as before.
  package func ignoreTriggers() {
    _ = shim_sqlite3_db_config_flag(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0)
  }
}
