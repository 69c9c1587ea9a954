# To be sourced by Benchmarks/run: what the benchmarks of backups and restores measure of the database shop.

# Backs up, restores and drills the database shop, each in turns with what a person would use instead, prints ratios, and
# drops the database. The archive of the peer is the one that pg_dump makes by default.
compare_restores() { # title
  local title=$1 place=postgres:///shop store=$work/project/backups peer=$work/project/peer size
  size=$(psql -XAt -d shop -c "SELECT pg_size_pretty(pg_database_size('shop'))")
  in_turns measure_restores

  begin_table "$title, $size with indexes, archives of $(du -sh "$store" | cut -f1) (plumb) and $(du -sh "$peer" | cut -f1) (pg_dump)"
  print_pair our-backup "plumb backup (archive, counts, hashes)" peer-backup "pg_dump -Fd -j2"
  print_pair our-restore "plumb restore --verify archive" peer-restore "pg_restore -j2 of pg_dump's archive"
  print_pair our-proof "plumb restore (every row read back)" peer-restore "pg_restore -j2 of pg_dump's archive"
  print_pair our-foreign "plumb restore of pg_dump's archive, no proof" peer-restore "pg_restore -j2 of the same"
  print_pair our-drill "plumb drill (own server, full proof)" peer-restore "pg_restore -j2 (nothing proven)"
  echo
  print_timeline restore "$work/restore-timeline"
  print_timeline drill "$work/timeline"
  dropdb shop
}

# One turn of compare_restores.
measure_restores() {
  rm -rf "$store" "$peer"
  measure our-backup "$plumb" backup "$place" --to "$store"
  measure peer-backup pg_dump -Fd -j2 -f "$peer" shop

  createdb restored
  measure peer-restore pg_restore -j2 -d restored "$peer"
  dropdb restored
  measure our-restore "$plumb" restore latest --store "$store" --into postgres:///restored --verify archive
  cp "$work/out" "$work/restore-timeline"
  dropdb restored
  measure our-proof "$plumb" restore latest --store "$store" --into postgres:///restored
  dropdb restored
  measure our-foreign "$plumb" restore "$peer" --into postgres:///restored --verify archive
  dropdb restored
  measure our-drill "$plumb" drill latest --store "$store"
  cp "$work/out" "$work/timeline"
}
