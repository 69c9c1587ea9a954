extension PostgresRecorder {
  /// Makes everything, or makes it anew around the statements that were recorded before.
  ///
  /// One transaction for the caller to open. The functions belong to whoever installs them and run with that role's
  /// rights, so that a role without any can record; nobody but an event trigger can call them.
  static var installation: String {
    """
    DROP EVENT TRIGGER IF EXISTS \(triggers.joined(separator: "; DROP EVENT TRIGGER IF EXISTS "));
    CREATE SCHEMA IF NOT EXISTS \(schema);
    COMMENT ON SCHEMA \(schema) IS 'Who changed the structure of this database. Made by plumb watch --install; plumb watch --remove takes it away.';
    REVOKE ALL ON SCHEMA \(schema) FROM PUBLIC;
    CREATE TABLE IF NOT EXISTS \(schema).statement (
      number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      transaction bigint NOT NULL,
      at timestamptz NOT NULL,
      tag text NOT NULL,
      objects text[] NOT NULL,
      role text NOT NULL,
      session_role text NOT NULL,
      application text NOT NULL,
      client text,
      text text NOT NULL
    );
    CREATE INDEX IF NOT EXISTS statement_transaction ON \(schema).statement (transaction);
    REVOKE ALL ON \(schema).statement FROM PUBLIC;
    GRANT USAGE ON SCHEMA \(schema) TO pg_read_all_stats;
    GRANT SELECT ON \(schema).statement TO pg_read_all_stats;
    \(discretion)
    \(writing)
    \(function("record_command", objects: commandObjects, unless: "TG_TAG LIKE 'DROP %'"))
    \(function("record_drop", objects: droppedObjects, unless: "false"))
    CREATE EVENT TRIGGER plumb_watch_command ON ddl_command_end EXECUTE FUNCTION \(schema).record_command();
    CREATE EVENT TRIGGER plumb_watch_drop ON sql_drop EXECUTE FUNCTION \(schema).record_drop();
    ALTER EVENT TRIGGER plumb_watch_command ENABLE ALWAYS;
    ALTER EVENT TRIGGER plumb_watch_drop ENABLE ALWAYS;
    """
  }

  /// Takes away exactly what ``installation`` made; what somebody else put into the schema makes it fail.
  static var removal: String {
    """
    DROP EVENT TRIGGER IF EXISTS \(triggers.joined(separator: "; DROP EVENT TRIGGER IF EXISTS "));
    DROP FUNCTION IF EXISTS \(schema).record_command();
    DROP FUNCTION IF EXISTS \(schema).record_drop();
    DROP FUNCTION IF EXISTS \(schema).write(text, text[]);
    DROP FUNCTION IF EXISTS \(schema).discreet(text);
    DROP TABLE IF EXISTS \(schema).statement;
    DROP SCHEMA IF EXISTS \(schema);
    """
  }

  /// A statement's text as it may be kept: not too long, without passwords and without the values of rows.
  ///
  /// Where a password may stand, nothing is kept from the first quote on: only a literal can hold one.
  private static var discretion: String {
    """
    CREATE OR REPLACE FUNCTION \(schema).discreet(statement text) RETURNS text
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $function$
    DECLARE
      is_secret boolean;
      has_rows boolean;
    BEGIN
      statement := left(statement, 8000);
      is_secret := statement ~* 'passw|secret|user\\s+mapping|subscription|\\mserver\\M|connection|credential|token';
      has_rows := statement ~* '\\minsert\\s+into\\M|\\mvalues\\M|\\mmerge\\s+into\\M|\\mupdate\\M.*\\mset\\M|\\mdelete\\s+from\\M|\\mcopy\\M';
      IF (is_secret OR has_rows AND statement ~ '[\\\\$]') AND statement ~ '[''$]' THEN
        statement := regexp_replace(statement, '[''$].*$', '') || '... (left out: it may hold a password or values)';
      ELSIF has_rows THEN
        statement := regexp_replace(statement, '''[^'']*(''|$)', '''...''', 'g');
      END IF;
      RETURN left(btrim(statement, E' \\n\\r\\t;'), \(longestText));
    END $function$;
    REVOKE ALL ON FUNCTION \(schema).discreet(text) FROM PUBLIC;
    """
  }

  /// Writes one statement down and wakes whoever listens.
  ///
  /// With prepared transactions nobody is woken: a transaction that has notified cannot be prepared.
  private static var writing: String {
    """
    CREATE OR REPLACE FUNCTION \(schema).write(tag text, objects text[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $function$
    DECLARE
      written bigint;
    BEGIN
      INSERT INTO \(schema).statement (transaction, at, tag, objects, role, session_role, application, client, text)
      VALUES (
        txid_current(), clock_timestamp(), tag, objects[1:\(mostObjects)],
        coalesce(nullif(current_setting('role', true), 'none'), session_user::text), session_user::text,
        coalesce(current_setting('application_name', true), ''), host(inet_client_addr()),
        coalesce(\(schema).discreet(current_query()), ''))
      RETURNING number INTO written;
      -- Old ones go where that can neither wait for anybody nor make a transaction fail.
      IF written % 100 = 0 AND current_setting('transaction_isolation') = 'read committed' THEN
        DELETE FROM \(schema).statement WHERE number IN (
          SELECT old.number FROM \(schema).statement old WHERE old.number <= written - \(mostStatements)
          ORDER BY old.number LIMIT 1000 FOR UPDATE SKIP LOCKED);
      END IF;
      IF current_setting('max_prepared_transactions') = '0' AND pg_notification_queue_usage() < 0.5 THEN
        PERFORM pg_notify('\(channel)', txid_current()::text);
      END IF;
    END $function$;
    REVOKE ALL ON FUNCTION \(schema).write(text, text[]) FROM PUBLIC;
    """
  }

  /// A function for an event trigger; whatever goes wrong in it, the user's statement goes on.
  private static func function(_ name: String, objects: String, unless exception: String) -> String {
    """
    CREATE OR REPLACE FUNCTION \(schema).\(name)() RETURNS event_trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '200ms'
    SET client_min_messages = error AS $function$
    DECLARE
      found text[];
    BEGIN
      IF \(exception) THEN RETURN; END IF;
      \(objects)
      IF found IS NOT NULL THEN PERFORM \(schema).write(TG_TAG, found); END IF;
    EXCEPTION WHEN OTHERS THEN
      -- Whoever watches finds the change by looking, only not who made it.
      NULL;
    END $function$;
    REVOKE ALL ON FUNCTION \(schema).\(name)() FROM PUBLIC;
    """
  }

  /// NULL when it was all about temporary objects, our own, or members of an extension that is being made.
  private static var commandObjects: String {
    """
    SELECT array_agg(concat_ws(' ', c.object_type, c.object_identity)) INTO found
      FROM pg_event_trigger_ddl_commands() c
      WHERE NOT c.in_extension AND c.schema_name IS DISTINCT FROM 'pg_temp'
        AND c.schema_name IS DISTINCT FROM '\(schema)';
    """
  }

  private static var droppedObjects: String {
    """
    SELECT array_agg(concat_ws(' ', o.object_type, o.object_identity) ORDER BY o.original DESC) INTO found
      FROM pg_event_trigger_dropped_objects() o
      WHERE NOT o.is_temporary AND o.schema_name IS DISTINCT FROM '\(schema)'
        AND (o.original OR o.object_type IN ('table', 'view', 'materialized view', 'index', 'function', 'table column',
          'table constraint', 'trigger', 'policy', 'sequence'));
    """
  }
}
