# To be sourced by Benchmarks/run: what the benchmarks of dirty data measure of the database shop.

clean=$work/project/clean dirty=$work/project/dirty

# Backs up the database shop before dirt is planted in it.
back_up_clean() {
  rm -rf "$clean" "$dirty"
  "$plumb" backup postgres:///shop --to "$clean" >/dev/null
}

# Restores shop as it is now, with a thousand each of four kinds of dirt, in turns with what back_up_clean kept; looks for the
# dirt in turns with queries by hand ($work/antijoins.sql, and $work/everything.sql for all but foreign keys); drops shop.
compare_dirty() { # title
  "$plumb" backup postgres:///shop --to "$dirty" >/dev/null
  in_turns measure_dirty

  begin_table "$1, of which 1,000 each are orphans, duplicates, NULLs and break a check"
  print_pair dirty-archive "plumb restore --verify archive, dirty" clean-archive "the same, clean"
  print_pair dirty-full "plumb restore, dirty" clean-full "the same, clean"
  print_pair our-check "plumb check (every constraint)" peer-everything "psql: hand-written, every constraint"
  print_pair our-keys "plumb check --kind foreign-key" peer-antijoins "psql: hand-written anti-joins"
  print_pair our-keys "plumb check --kind foreign-key" peer-tables "psql: the same, of the tables and not their indexes"
  echo
  print_timeline "dirty restore" "$work/timeline"
  dropdb shop
  rm -rf "$clean" "$dirty"
}

# One turn of compare_dirty.
measure_dirty() {
  local how
  for how in archive full; do
    measure "clean-$how" "$plumb" restore latest --store "$clean" --into postgres:///restored --verify "$how"
    dropdb restored
    allowed=1 measure "dirty-$how" "$plumb" restore latest --store "$dirty" --into postgres:///restored --verify "$how"
    cp "$work/out" "$work/timeline"
    dropdb restored
  done
  allowed=1 measure our-check "$plumb" check postgres:///shop
  allowed=1 measure our-keys "$plumb" check postgres:///shop --kind foreign-key
  measure peer-antijoins psql -Xq -d shop -f "$work/antijoins.sql"
  # As a full plumb check asks: an index that is damaged would vouch for itself.
  PGOPTIONS='-c enable_indexscan=off -c enable_indexonlyscan=off -c enable_bitmapscan=off' \
    measure peer-tables psql -Xq -d shop -f "$work/antijoins.sql"
  measure peer-everything psql -Xq -d shop -f "$work/antijoins.sql" -f "$work/everything.sql"
}
