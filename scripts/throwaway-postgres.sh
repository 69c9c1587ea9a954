# To be sourced by bash: a PostgreSQL server of our own, on a Unix socket, gone with its directory when the script ends.
#
# start_server sets work (a directory), postmaster (a process), PGHOST, PGPORT, PGUSER, and puts the newest
# installed PostgreSQL's programs first on the PATH. The settings are those of plumb's own throw-away servers
# (Sources/Engines/PostgreSQL/ThrowawayServer+Options.swift), so that both sides of a comparison stand on one ground.

# In bytes: physical memory, or the control group's limit if that is lower.
machine_memory() {
  local bytes limit
  bytes=$(($(awk '$1 == "MemTotal:" { print $2 }' /proc/meminfo) * 1024))
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || echo max)
  if [ "$limit" != max ] && [ "$limit" -lt "$bytes" ]; then bytes=$limit; fi
  echo "$bytes"
}

# A share of the machine's memory in kilobytes, between two bounds in megabytes.
memory_share() { # divisor least most
  awk -v bytes="$(machine_memory)" -v divisor="$1" -v least="$2" -v most="$3" 'BEGIN {
    share = bytes / divisor / 1048576
    printf "%dkB", 1024 * (share < least ? least : share > most ? most : share)
  }'
}

# Runs a program as the server's user: nobody else than an unprivileged one may run a server.
as_server() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid="$server_user" --regid="$(id -g "$server_user")" --clear-groups -- "$@"
  else
    "$@"
  fi
}

start_server() {
  local programs
  programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5 -n | tail -1)
  if [ -n "$programs" ]; then PATH=$programs:$PATH; fi
  if ! command -v initdb >/dev/null; then
    echo "$0: there is no PostgreSQL server on this machine" >&2
    echo "  hint: Run 'make setup', which installs what is missing." >&2
    exit 3
  fi
  server_user=postgres
  id "$server_user" >/dev/null 2>&1 || server_user=nobody

  umask 022
  work=$(mktemp -d "${TMPDIR:-/tmp}/plumb-bench.XXXXXX")
  trap stop_server EXIT
  trap 'exit 130' INT TERM HUP
  chmod 711 "$work"
  mkdir "$work/server"
  if [ "$(id -u)" -eq 0 ]; then chown "$server_user" "$work/server"; fi
  export PGHOST=$work/server PGPORT=5432 PGUSER=postgres PGDATABASE=postgres
  unset PGOPTIONS PGSERVICE PGPASSWORD PGSSLMODE
  (
    cd "$work/server"
    as_server initdb --pgdata="$work/server/data" --username=postgres --auth=trust --encoding=UTF8 \
      --locale=C.UTF-8 --no-sync >"$work/initdb.log" 2>&1
  ) || { cat "$work/initdb.log" >&2; exit 3; }
  cat >>"$work/server/data/postgresql.conf" <<SETTINGS
listen_addresses = ''
unix_socket_directories = '$work/server'
max_connections = 50
fsync = off
full_page_writes = off
synchronous_commit = off
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
checkpoint_timeout = 1h
autovacuum = off
max_logical_replication_workers = 0
max_locks_per_transaction = 8192
shared_buffers = $(memory_share 16 16 512)
maintenance_work_mem = $(memory_share 32 16 256)
work_mem = $(memory_share 256 4 64)
huge_pages = off
SETTINGS
  run_server
}

# Starts the server that start_server made, with settings besides its own.
run_server() { # setting=value...
  local options=
  if [ $# -gt 0 ]; then options=$(printf ' -c %s' "$@"); fi
  (
    cd "$work/server"
    as_server pg_ctl --pgdata="$work/server/data" --log="$work/server/log" --options="$options" --silent --wait start
  ) || { cat "$work/server/log" >&2; exit 3; }
  postmaster=$(head -1 "$work/server/data/postmaster.pid")
}

# Ends the server in order, and starts it again.
restart_server() { # setting=value...
  (cd "$work/server" && as_server pg_ctl --pgdata="$work/server/data" --mode=fast --silent --wait stop)
  run_server "$@"
}

# Ends the server at once and removes everything that was made.
stop_server() {
  local code=$?
  trap - EXIT
  trap '' INT TERM HUP
  if [ -s "$work/server/data/postmaster.pid" ]; then
    (cd "$work/server" && as_server pg_ctl --pgdata="$work/server/data" --mode=immediate --silent stop) || true
  fi
  rm -rf "$work"
  exit "$code"
}

# Seconds of processor time that the server has used since it started, its ended processes included.
server_seconds() {
  # Some of them end while they are listed.
  { cat /proc/[0-9]*/stat 2>/dev/null || true; } | awk -v server="$postmaster" -v ticks="$(getconf CLK_TCK)" '
    {
      id = $1
      sub(/^.*\) /, "")
      if (id == server) total += $12 + $13 + $14 + $15
      else if ($2 == server) total += $12 + $13
    }
    END { printf "%.2f\n", total / ticks }'
}
