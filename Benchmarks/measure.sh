# To be sourced by Benchmarks/run: times commands, and prints what they took as a table.

# Runs a command once and keeps what it took under a name.
#
# Kept are: seconds on the clock, seconds of processor time of the command and all its children, seconds of
# processor time of the server, and the greatest memory in kilobytes of the command's main process.
# Exit codes besides 0 that are no failure are named in the variable allowed.
measure() { # name command...
  local name=$1 before after code=0 peak
  shift
  # What the run before it wrote is on the disk: nobody waits for what another has written.
  sync
  rm -f "$work/pid" "$work/peak"
  watch_memory </dev/null >/dev/null 2>&1 &
  local watcher=$!
  before=$(server_seconds)
  TIMEFORMAT='%R %U %S'
  {
    time sh -c 'echo $$ >"$0"; exec "$@"' "$work/pid" "$@" >"$work/out" 2>"$work/err" || code=$?
  } 2>"$work/times"
  after=$(server_seconds)
  wait "$watcher"
  peak=$(cat "$work/peak")
  case " 0 ${allowed:-} " in
    *" $code "*) ;;
    *)
      echo "$0: this ended with exit code $code: $*" >&2
      tail -20 "$work/err" "$work/out" >&2
      exit 3
      ;;
  esac
  awk -v before="$before" -v after="$after" -v peak="$peak" \
    '{ print $1, $2 + $3, after - before, peak }' "$work/times" >>"$work/figures/$name"
}

# Writes down the high-water mark of the process that measure runs, again and again until it has ended.
watch_memory() {
  local pid= key value unit peak=0
  until [ -s "$work/pid" ]; do
    [ -d "$work" ] || exit 0
    sleep 0.005
  done
  pid=$(cat "$work/pid")
  while [ -d "/proc/$pid" ]; do
    while read -r key value unit; do
      if [ "$key" = VmHWM: ]; then peak=$value; fi
    done 2>/dev/null <"/proc/$pid/status" || true
    sleep 0.1
  done
  echo "$peak" >"$work/peak"
}

# Runs a function of measurements once, which does not count, as then the data is in memory for all alike; and then $runs times.
in_turns() { # function
  local round
  rm -f "$work"/figures/*
  for round in $(seq 0 "$runs"); do
    if [ "$round" = 1 ]; then rm -f "$work"/figures/*; fi
    "$1"
  done
}

# The median of a column of a name's figures.
median() { # name column
  awk -v column="$2" '{ print $column }' "$work/figures/$1" | sort -n |
    awk '{ values[NR] = $1 } END { print NR % 2 ? values[(NR + 1) / 2] : (values[NR / 2] + values[NR / 2 + 1]) / 2 }'
}

# Prints the head of a table of pairs.
begin_table() { # title
  printf '\n%s\n' "$1"
  printf '  %-44s %9s %12s %10s %9s\n' "" "wall s" "processor s" "of server" "peak MB"
}

# Prints the phases that a restore or drill has told in a file.
print_timeline() { # words file
  echo "  where the last $1's time went:"
  sed -n '/phase/,/total/p' "$2" | sed 's/^/  /'
}

# Prints ours, the peer's, and ours as a share of the peer's: below 1 is better.
#
# "processor" is the command, its children and the server together; a drill's own server counts as its child.
print_pair() { # our-name our-words peer-name peer-words
  local our=$1 peer=$3
  print_figures "$our" "$2"
  print_figures "$peer" "$4"
  awk -v wall="$(median "$our" 1)" -v peer_wall="$(median "$peer" 1)" \
    -v own="$(median "$our" 2)" -v served="$(median "$our" 3)" \
    -v peer_own="$(median "$peer" 2)" -v peer_served="$(median "$peer" 3)" \
    'BEGIN {
      printf "  %-44s %9s %12s\n", "ratio", ratio(wall, peer_wall), ratio(own + served, peer_own + peer_served)
    }
    function ratio(one, other) { return other > 0 ? sprintf("%.2f", one / other) : "-" }'
}

print_figures() { # name words
  awk -v words="$2" -v wall="$(median "$1" 1)" -v own="$(median "$1" 2)" -v served="$(median "$1" 3)" \
    -v peak="$(median "$1" 4)" \
    'BEGIN { printf "  %-44s %9.2f %12.2f %10.2f %9.0f\n", words, wall, own + served, served, peak / 1024 }'
}
