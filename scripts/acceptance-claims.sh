# To be sourced by scripts/acceptance: what is claimed of a database, and how each claim is put to the test.
#
# Wherever there is one, the judge is a program we did not write: pg_dump, pg_restore, psql, sqlite3.

claimed=0
failed=0

# Runs a command; a claim holds when it succeeds.
claim() { # words command...
  local words=$1
  shift
  claimed=$((claimed + 1))
  if "$@" >"$work/claim.log" 2>&1; then
    printf 'ok      %s\n' "$words"
  else
    failed=$((failed + 1))
    printf 'NOT ok  %s\n' "$words"
    tail -25 "$work/claim.log" | sed 's/^/          /'
  fi
}

note() { printf -- '-       %s\n' "$1"; }

# Runs a command that has to end with this exit code.
ends_with() { # code command...
  local expected=$1 code=0
  shift
  "$@" || code=$?
  if [ "$code" -ne "$expected" ]; then
    echo "exit code $code instead of $expected: $*"
    return 1
  fi
}

# Two commands print the same text, and do print some.
equal() { # command one other
  "$1" "$2" >"$work/one.text" && "$1" "$3" >"$work/other.text" || return 1
  [ -s "$work/one.text" ] && diff "$work/one.text" "$work/other.text"
}

# init a second time: no file may change, and none may be said to have.
init_changes_nothing() { # location folder
  rm -rf "$2.before"
  cp -a "$2" "$2.before"
  "$plumb" init "$1" --into "$2" >"$2.words" || return 1
  diff -r "$2.before" "$2" || return 1
  ! grep -E '^ *(created|updated)' "$2.words"
}

# drift says same: everything the database holds was compared.
drift_finds_nothing() { # location folder
  "$plumb" drift "$1" --blueprint "$2/blueprint"
}

# A whole number of a JSON document that is laid out one fact a line.
number_of() { # key file
  sed -n "s/^ *\"$1\" *: *\([0-9]*\),*\$/\1/p" "$2" | head -1
}

# ---- PostgreSQL

# What pg_dump says of a database's structure; the quarantine is ours, the restrict lines are random.
structure() { pg_dump --schema-only --exclude-schema=plumb_quarantine "$1" | grep -v -E '^\\(un)?restrict '; }

# Every row and sequence value that pg_dump sees, sorted.
rows() { pg_dump --data-only --exclude-schema=plumb_quarantine "$1" | grep -v -E '^\\(un)?restrict ' | LC_ALL=C sort; }

foreign_keys() { psql -XAtd "$1" -c "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"; }

postgres_claims() { # database
  local name=$1 place=postgres:///$1 folder=$work/project-$1 planted
  mkdir "$folder"
  claim "$name: init writes a blueprint" "$plumb" init "$place" --into "$folder"
  claim "$name: init again changes nothing" init_changes_nothing "$place" "$folder"
  claim "$name: drift finds no difference" drift_finds_nothing "$place" "$folder"
  claim "$name: check finds no violation" "$plumb" check "$place"
  claim "$name: backup" "$plumb" backup "$place" --to "$folder/backups"
  claim "$name: the drill proves the backup" drill_proves "$folder" "$folder/drill.json"
  claim "$name: restore into a new database" \
    "$plumb" restore latest --store "$folder/backups" --into "postgres:///${name}_restored"
  claim "$name: pg_dump finds the same structure" equal structure "$name" "${name}_restored"
  claim "$name: pg_dump finds the same rows" equal rows "$name" "${name}_restored"
  dropdb --if-exists "${name}_restored"

  createdb -T "$name" "${name}_dirty"
  planted=$(plant_orphan "${name}_dirty")
  if [ -n "$planted" ]; then
    orphan_claims "$name" "$folder" "$planted"
  else
    note "$name has no foreign key an orphan can be planted under"
  fi
  dropdb "${name}_dirty"
}

drill_proves() { # folder record
  (cd "$1" && "$plumb" drill latest --store "$1/backups" --format json) >"$2" || { cat "$2"; return 1; }
  grep -q '"verdict" : "proven"' "$2" && grep -q '"isContentProven" : true' "$2"
}

# Makes a row an orphan behind the server's back; the name of the foreign key that still calls itself valid.
plant_orphan() { # database
  psql -XAtqd "$1" <<'SQL'
SET session_replication_role = replica;
CREATE FUNCTION pg_temp.plant() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  key record;
  changed int;
BEGIN
  FOR key IN
    SELECT c.conname, c.conrelid::regclass AS child, a.attname AS child_column, c.confrelid::regclass AS parent,
      p.attname AS parent_column
    FROM pg_constraint c
    JOIN pg_class t ON t.oid = c.conrelid
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    JOIN pg_attribute p ON p.attrelid = c.confrelid AND p.attnum = c.confkey[1]
    WHERE c.contype = 'f' AND c.convalidated AND cardinality(c.conkey) = 1 AND c.conparentid = 0
      AND t.relkind = 'r' AND NOT t.relispartition AND c.conrelid <> c.confrelid
      AND a.atttypid IN ('int2'::regtype, 'int4'::regtype, 'int8'::regtype)
      -- The row must not lose its own children by the change.
      AND NOT EXISTS (SELECT FROM pg_constraint o
        WHERE o.contype = 'f' AND o.confrelid = c.conrelid AND a.attnum = ANY (o.confkey))
    ORDER BY c.conname
  LOOP
    EXECUTE format('UPDATE ONLY %1$s SET %2$I = (SELECT max(%3$I) + 1 FROM %4$s)
        WHERE ctid = (SELECT ctid FROM ONLY %1$s WHERE %2$I IS NOT NULL LIMIT 1)',
      key.child, key.child_column, key.parent_column, key.parent);
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed = 1 THEN RETURN key.conname; END IF;
  END LOOP;
  RETURN NULL;
END $$;
SELECT pg_temp.plant();
SQL
}

orphan_claims() { # database folder foreign-key
  local name=$1 folder=$2 key=$3 dirty=$1_dirty keys
  keys=$(foreign_keys "$name")
  claim "$name with an orphan: check counts it under $key" check_counts_one "postgres:///$dirty" "$key" "$folder/check.json"
  claim "$name with an orphan: backup" "$plumb" backup "postgres:///$dirty" --to "$folder/dirty"
  createdb "${name}_lost"
  claim "$name with an orphan: pg_restore alone loses the foreign key" \
    pg_restore_loses "$folder" "${name}_lost" $((keys - 1))
  dropdb "${name}_lost"
  claim "$name with an orphan: the drill ends with every constraint enforced" \
    drill_sets_aside "$folder" "$folder/drill.json" "$key"
  claim "$name with an orphan: restore says so" ends_with 1 \
    "$plumb" restore latest --store "$folder/dirty" --into "postgres:///${name}_mended"
  claim "$name with an orphan: pg_dump finds the source's structure restored" equal structure "$name" "${name}_mended"
  claim "$name with an orphan: the row lies in plumb_quarantine" quarantine_holds "${name}_mended" "$key"
  dropdb --if-exists "${name}_mended"
}

check_counts_one() { # location key file
  ends_with 1 "$plumb" check "$1" --format json >"$3" || { cat "$3"; return 1; }
  cat "$3"
  grep -q "\"name\": *\"$2\"" "$3" && grep -q '"violatingRows": *1\b' "$3"
}

pg_restore_loses() { # folder database remaining-keys
  local code=0
  pg_restore -d "$2" "$1"/dirty/*/archive || code=$?
  [ "$code" -ne 0 ] && [ "$(foreign_keys "$2")" -eq "$3" ]
}

# Proven with findings, the key's row set aside, and as many constraints enforced as in the sound database.
drill_sets_aside() { # folder sound-record key
  local record=$1/dirty.json
  (cd "$1" && ends_with 1 "$plumb" drill latest --store "$1/dirty" --format json) >"$record" || { cat "$record"; return 1; }
  cat "$record"
  grep -q '"verdict" : "proven with findings"' "$record" || return 1
  grep -q "\"constraint\" : \"$3\"" "$record" || return 1
  [ "$(number_of enforcedConstraintCount "$record")" = "$(number_of enforcedConstraintCount "$2")" ]
}

quarantine_holds() { # database key
  local found
  found=$(pg_dump --data-only --schema=plumb_quarantine "$1" | grep -c -w -- "$2")
  echo "$found rows of plumb_quarantine name $2"
  [ "$found" -ge 1 ]
}

# ---- SQLite

sqlite_dump() { sqlite3 "$1" .dump; }

sqlite_claims() { # file in $work
  local name=$1 place=$work/$1 folder=$work/project-$1 planted
  mkdir "$folder"
  claim "$name: init writes a blueprint" "$plumb" init "$place" --into "$folder"
  claim "$name: init again changes nothing" init_changes_nothing "$place" "$folder"
  claim "$name: drift finds no difference" drift_finds_nothing "$place" "$folder"
  claim "$name: check finds no violation" "$plumb" check "$place"
  claim "$name: backup" "$plumb" backup "$place" --to "$folder/backups"
  claim "$name: the drill proves the backup" drill_proves "$folder" "$folder/drill.json"
  claim "$name: restore into a new file" \
    "$plumb" restore latest --store "$folder/backups" --into "$folder/restored.db"
  claim "$name: sqlite3 dumps the same" equal sqlite_dump "$place" "$folder/restored.db"

  [ "$name" = chinook.db ] || return 0
  sqlite3 "$place" "PRAGMA foreign_keys = OFF; UPDATE invoice_line SET track_id = 999999 WHERE invoice_line_id = 7;"
  claim "$name with an orphan: check counts it" check_finds "$place" 1
  claim "$name with an orphan: backup" "$plumb" backup "$place" --to "$folder/dirty"
  claim "$name with an orphan: the drill ends with every constraint enforced" sqlite_drill_sets_aside "$folder"
  claim "$name with an orphan: restore says so" ends_with 1 \
    "$plumb" restore latest --store "$folder/dirty" --into "$folder/mended.db"
  claim "$name with an orphan: foreign_key_check finds nothing in what was restored" nothing_unkeyed "$folder/mended.db"
}

check_finds() { # location rows
  ends_with 1 "$plumb" check "$1" --format json >"$work/check.json" || { cat "$work/check.json"; return 1; }
  cat "$work/check.json"
  grep -q "\"violatingRows\": *$2\b" "$work/check.json"
}

sqlite_drill_sets_aside() { # folder
  local record=$1/dirty.json
  (cd "$1" && ends_with 1 "$plumb" drill latest --store "$1/dirty" --format json) >"$record" || { cat "$record"; return 1; }
  cat "$record"
  grep -q '"verdict" : "proven with findings"' "$record" || return 1
  [ "$(number_of enforcedConstraintCount "$record")" = "$(number_of enforcedConstraintCount "$1/drill.json")" ]
}

nothing_unkeyed() { # file
  local found
  found=$(sqlite3 "$1" "PRAGMA foreign_key_check")
  echo "$found"
  [ -z "$found" ]
}

# Chinook in SQLite: the tables by hand, as SQLite draws them; the rows from PostgreSQL.
load_chinook_into_sqlite() { # file
  {
    cat <<'SQL'
CREATE TABLE artist (artist_id INTEGER PRIMARY KEY, name VARCHAR(120));
CREATE TABLE album (album_id INTEGER PRIMARY KEY, title VARCHAR(160) NOT NULL,
  artist_id INTEGER NOT NULL REFERENCES artist (artist_id));
CREATE TABLE employee (employee_id INTEGER PRIMARY KEY, last_name VARCHAR(20) NOT NULL, first_name VARCHAR(20) NOT NULL,
  title VARCHAR(30), reports_to INTEGER REFERENCES employee (employee_id), birth_date TEXT, hire_date TEXT,
  address VARCHAR(70), city VARCHAR(40), state VARCHAR(40), country VARCHAR(40), postal_code VARCHAR(10),
  phone VARCHAR(24), fax VARCHAR(24), email VARCHAR(60));
CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, first_name VARCHAR(40) NOT NULL, last_name VARCHAR(20) NOT NULL,
  company VARCHAR(80), address VARCHAR(70), city VARCHAR(40), state VARCHAR(40), country VARCHAR(40),
  postal_code VARCHAR(10), phone VARCHAR(24), fax VARCHAR(24), email VARCHAR(60) NOT NULL,
  support_rep_id INTEGER REFERENCES employee (employee_id));
CREATE TABLE genre (genre_id INTEGER PRIMARY KEY, name VARCHAR(120));
CREATE TABLE media_type (media_type_id INTEGER PRIMARY KEY, name VARCHAR(120));
CREATE TABLE track (track_id INTEGER PRIMARY KEY, name VARCHAR(200) NOT NULL, album_id INTEGER REFERENCES album (album_id),
  media_type_id INTEGER NOT NULL REFERENCES media_type (media_type_id), genre_id INTEGER REFERENCES genre (genre_id),
  composer VARCHAR(220), milliseconds INTEGER NOT NULL CHECK (milliseconds > 0), bytes INTEGER,
  unit_price NUMERIC(10, 2) NOT NULL);
CREATE TABLE invoice (invoice_id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customer (customer_id),
  invoice_date TEXT NOT NULL, billing_address VARCHAR(70), billing_city VARCHAR(40), billing_state VARCHAR(40),
  billing_country VARCHAR(40), billing_postal_code VARCHAR(10), total NUMERIC(10, 2) NOT NULL);
CREATE TABLE invoice_line (invoice_line_id INTEGER PRIMARY KEY,
  invoice_id INTEGER NOT NULL REFERENCES invoice (invoice_id) ON DELETE CASCADE,
  track_id INTEGER NOT NULL REFERENCES track (track_id), unit_price NUMERIC(10, 2) NOT NULL, quantity INTEGER NOT NULL);
CREATE TABLE playlist (playlist_id INTEGER PRIMARY KEY, name VARCHAR(120));
CREATE TABLE playlist_track (playlist_id INTEGER NOT NULL REFERENCES playlist (playlist_id),
  track_id INTEGER NOT NULL REFERENCES track (track_id), PRIMARY KEY (playlist_id, track_id)) WITHOUT ROWID;
CREATE INDEX track_album_id_idx ON track (album_id);
CREATE INDEX invoice_customer_id_idx ON invoice (customer_id);
CREATE UNIQUE INDEX customer_email_key ON customer (lower(email));
BEGIN;
SQL
    pg_dump --data-only --inserts chinook | sed -n 's/^INSERT INTO public\./INSERT INTO /p'
    echo "COMMIT;"
  } | sqlite3 -bail "$1"
}
