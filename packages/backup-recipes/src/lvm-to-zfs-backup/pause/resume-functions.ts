/** The part of a pause's script that resumes guests for as long as it takes. */
export const resumeFunctions = `# How it stands with each guest by what the file of events says.
read_events() {
  local what guest
  while read -r _ what guest _; do
    case $what in
      marking | marked) marked[guest]=yes ;;
      suspending) ours[guest]=late ;;
      suspended) ours[guest]=paused ;;
      late) ours[guest]=late ;;
      refused | running | gone) ours[guest]='' ;;
      foreign) ours[guest]='' marked[guest]='' ;;
      unmarked) marked[guest]='' ;;
      ended) return 1 ;;
    esac
  done <"$folder/events"
}

# systemd waits only a moment for this, so what takes longer becomes a service of its own.
end() {
  [ -e "$folder/events" ] && read_events || return 0
  [[ \${marked[*]-}\${ours[*]-} == *[a-z]* ]] || { note ended; return 0; }
  note handed-over
  start_resume_unit </dev/null >/dev/null 2>&1 || { (resume_all) </dev/null >/dev/null 2>&1 & }
}

# Tells a virsh of its own one thing, for some seconds at most.
alone() { answer=$(timeout --signal=KILL "$1" virsh -c "$uri" "$2" 2>&1); }

# As state_of, of a virsh of its own.
state_alone() {
  word=unknown
  if alone 10 "\${state[$1]}"; then
    word=\${answer%% (*}
  elif [[ $answer == *'failed to get domain'* || $answer == *'Domain not found'* ]]; then
    alone 10 "$list" && [[ $answer != *"\${uuids[$1]}"* ]] && word=gone
  fi
  [ "$word" != unknown ]
}

# A mark of another run is a pause of another run.
is_foreign() {
  alone 10 "\${read_mark[$1]}" && [[ $answer == *'<pause run='* && $answer != *"run=\\"$run_id\\""* ]]
}

# Nobody waits for more than a day: a guest that hangs as long needs a person.
is_too_long() { clock; ((now - begun > 8640000)); }

# Sees one guest through, whatever the others do: until it is seen running, or there is nothing to
# resume.
see_through() {
  local guest=$1 heard='' tries=0
  until is_too_long; do
    if state_alone "$guest"; then
      heard=\${heard:-$now}
      if is_over; then
        say gone "$guest" "$word"
        break
      elif [ "$word" = paused ]; then
        if ! is_foreign "$guest"; then
          say resuming "$guest"
          alone 45 "\${resume[guest]}" || say unresumed "$guest" "$answer"
        # What this run's suspend does may come yet.
        elif [ "\${ours[guest]}" != late ]; then
          say foreign "$guest"
          return
        fi
      elif is_running; then
        if [ "\${ours[guest]}" != late ]; then
          say running "$guest"
          break
        fi
        # libvirt lets a suspend wait half a minute for its turn, and longer for an answer of QEMU.
        # A resume that is answered has had its turn.
        if is_foreign "$guest"; then answer=''; else alone 45 "\${resume[guest]}"; fi
        clock
        if [[ $answer == *'already running'* ]] && ((now - heard > 3500)); then
          say running "$guest"
          break
        fi
      fi
    fi
    tries=$((tries + 1))
    # Paused guests are tried again at once; one that runs is only watched.
    if ((tries < 10)); then sleep 0.5; else sleep 5; fi
  done
  unmark_alone "$guest"
}

unmark_alone() {
  until is_foreign "$1" || alone 10 "\${unmark[$1]}" || { state_alone "$1" && is_over; }; do
    is_too_long && return
    sleep 5
  done
  say unmarked "$1"
}

# Goes round again, by way of systemd, where a part of it was ended from outside.
resume_all() {
  local guest
  following=no
  read_events || return 0
  clock
  begun=$now
  say resuming-all
  # All that were paused for sure over one connection first.
  for guest in "\${all[@]}"; do
    [ "\${ours[guest]-}" = paused ] || continue
    state_of "$guest" 500 || break
    [ "$word" = paused ] || continue
    tell 500 "\${read_mark[guest]}"
    [[ $answer == *'<pause run='* && $answer != *"run=\\"$run_id\\""* ]] && continue
    say resuming "$guest"
    tell 200 "\${resume[guest]}" || break
  done
  disconnect
  for guest in "\${all[@]}"; do
    if [ -n "\${ours[guest]-}" ]; then
      see_through "$guest" &
    elif [ -n "\${marked[guest]-}" ]; then
      unmark_alone "$guest" &
    fi
  done
  wait
  ours=() marked=()
  read_events
  if [[ \${marked[*]-}\${ours[*]-} == *[a-z]* ]]; then
    is_too_long || exit 1
    note given-up
    return
  fi
  say ended
}
`;
