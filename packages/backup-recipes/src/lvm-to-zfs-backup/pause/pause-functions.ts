/** The part of a pause's script that pauses guests, makes snapshots, and resumes who answers. */
export const pauseFunctions = `# Per guest: whether it is to be paused, whether it carries our mark, and whether this run has to see that it runs again.
# Per volume: what its snapshot is worth.
declare -a plan marked ours made
all=("\${!names[@]}")

# The snapshots of a guest's volumes are not of a moment at which it stood still.
spoil() {
  local volume
  for volume in \${disks[$1]}; do made[volume]=spoiled; done
}

anything_left() {
  local volume
  for volume in "\${!volumes[@]}"; do [ "\${made[volume]-}" = spoiled ] || return 0; done
  return 1
}

# Nobody is paused before libvirt has answered for every guest, over the connection that will resume
# it.
ask_all() {
  local guest limit=1500
  for guest in "\${all[@]}"; do
    state_of "$guest" $limit || { say unanswered "$guest" "$answer"; return 1; }
    say state "$guest" "$word"
    case $word in
      running | idle) plan[guest]=pause ;;
      paused | 'shut off' | crashed | pmsuspended) ;;
      *) spoil "$guest" ;;
    esac
    limit=200
  done
}

# Guests get time to write out their buffers. One that does not answer to this would not answer to a
# pause either.
flush_all() {
  local guest
  for guest in "\${all[@]}"; do
    [ "\${plan[guest]-}" = pause ] || continue
    tell 500 "\${flush[guest]}"
    case $? in
      0) say flushed "$guest" ;;
      1) say unflushed "$guest" "$answer" ;;
      2) say silent "$guest"; plan[guest]=leave; spoil "$guest" ;;
    esac
  done
  seconds "$settle"
  sleep "$seconds"
}

# A file system that hangs somewhere must not keep the run: what LVM freezes it writes out by
# itself.
flush_host_within() {
  local line=''
  (flush_host; echo "host $?" >&"$bell") </dev/null >/dev/null 2>&1 &
  IFS= read -r -t 10 -u "$bell" line
  if [ "$line" = 'host 0' ]; then say flushed-host; else say unflushed-host; fi
}

mark_all() {
  local guest
  for guest in "\${all[@]}"; do
    [ "\${plan[guest]-}" = pause ] || continue
    # One that could not be set may come yet, so it is taken away all the same.
    marked[guest]=yes
    if say marking "$guest" && tell 500 "\${mark[guest]//@since@/$EPOCHSECONDS}"; then
      say marked "$guest"
    else
      say unmarkable "$guest" "$answer"
      plan[guest]=leave
      spoil "$guest"
    fi
  done
}

# Whether a guest is to be paused still. Where someone else was quicker, it is theirs.
runs_still() {
  state_of "$1" 200 && is_running && return
  say not-running "$1" "$word"
  plan[$1]=leave
  stands_still || spoil "$1"
  return 1
}

suspend_all() {
  local guest asked limit=$((budget / 3))
  ((limit >= 200)) || limit=200
  ((limit <= 1000)) || limit=1000
  for guest in "\${all[@]}"; do
    [ "\${plan[guest]-}" = pause ] || continue
    runs_still "$guest"
  done
  clock
  asked=$now
  for guest in "\${all[@]}"; do
    [ "\${plan[guest]-}" = pause ] || continue
    clock
    ((now < until)) || { say no-time "$guest"; spoil "$guest"; continue; }
    # While another was slow to pause, somebody may have paused this one.
    ((now - asked < 50)) || runs_still "$guest" || continue
    say suspending "$guest" || { spoil "$guest"; continue; }
    ours[guest]=paused
    tell $limit "\${suspend[guest]}"
    case $?:$answer in
      0:*) say suspended "$guest" ;;
      1:*'Requested operation is not valid'* | 1:*'failed to get domain'* | 1:*'Domain not found'*)
        say refused "$guest" "$answer"
        ours[guest]=''
        spoil "$guest"
        ;;
      # libvirt may carry it out yet.
      *) say late "$guest" "$answer"; ours[guest]=late; spoil "$guest" ;;
    esac
  done
}

make_group() {
  local volume said
  for volume in $1; do
    [ "\${made[volume]-}" = spoiled ] && continue
    # What comes after the pause is not of its moment, and what comes after its end nobody waits
    # for.
    clock
    ((now < until)) && kill -0 $$ || return
    pass_on snapshotting "$volume"
    if said=$("snapshot_$volume" 2>&1); then
      pass_on snapshotted "$volume"
    else
      pass_on unsnapshotted "$volume" "\${said:0:1000}"
    fi
  done
}

# A volume's word, from beside: to the file at once, and by way of the bell to whoever follows.
pass_on() {
  note "$@"
  printf '%s\\n' "$line" >&"$bell"
}

# LVM can hang in the kernel, and nothing may end it half-way. The guests don't wait for it.
make_all() {
  local group waiting=0 line what volume
  for group in "\${groups[@]}"; do
    (
      [ -z "$virsh_id" ] || exec {to}>&- {from}<&-
      make_group "$group"
      echo group >&"$bell"
    ) </dev/null >/dev/null 2>&1 &
    waiting=$((waiting + 1))
  done
  while ((waiting > 0)) && clock && ((now < until)) && seconds $((until - now)); do
    IFS= read -r -t "$seconds" -u "$bell" line || continue
    case $line in
      group) waiting=$((waiting - 1)); continue ;;
      'host '*) continue ;;
    esac
    what=\${line#* } volume=\${line##* }
    case $what in
      snapshotted' '[0-9]*) [ "\${made[volume]-}" = spoiled ] || made[volume]=yes ;;
    esac
    show
  done
  ((waiting == 0)) || say over
}

# Who stands still now did so while the snapshots were made. A guest that runs was resumed by
# someone else.
check_still() {
  local guest answers=yes
  for guest; do
    [ $answers = yes ] && state_of "$guest" 200 || { answers=no; say unknown "$guest"; spoil "$guest"; continue; }
    stands_still && continue
    say moved "$guest" "$word"
    spoil "$guest"
  done
}

# The guests that this run paused, over one connection: over a new one behind a guest that does not
# answer. Behind the second they are left to the service that comes after this one, which does not
# let one wait for another.
resume_ours() {
  local guest limit=200 answers=yes told=() untold=()
  for guest; do
    if ((\${#untold[@]} > 1)); then untold+=("$guest"); continue; fi
    say resuming "$guest"
    tell $limit "\${resume[guest]}"
    case $?:$answer in
      0:*) told+=("$guest") ;;
      # One that was paused until now stood still until now.
      1:*'already running'*) told+=("$guest"); say moved "$guest" running; spoil "$guest" ;;
      1:*) told+=("$guest"); say unresumed "$guest" "$answer" ;;
      # A connection takes longer to open than to talk over.
      *) untold+=("$guest"); say unresumed "$guest"; limit=300 ;;
    esac
  done
  for guest in "\${told[@]}"; do
    state_of "$guest" 200 || { answers=no; break; }
    if is_running; then say running "$guest"; else say found "$guest" "$word"; fi
    ! is_running && ! is_over || ours[guest]=''
  done
  check_still "\${untold[@]}"
  [ $answers = yes ] && ((\${#untold[@]} == 0)) && [[ \${ours[*]-} != *paused* ]]
}

unmark_all() {
  local guest
  for guest in "\${all[@]}"; do
    [ "\${marked[guest]-}\${ours[guest]-}" = yes ] || continue
    # It ended with a guest that has ended.
    tell 200 "\${unmark[guest]}" || { state_of "$guest" 200 && is_over; } || return 1
    say unmarked "$guest"
    marked[guest]=''
  done
}

# Exits with 0 where all went well, 2 where it was run before, 3 where no guest was paused, 4 where
# a guest does not run yet, and 5 where a volume has no good snapshot.
run() {
  # It is for once.
  [ ! -e "$folder/events" ] || exit 2
  local guest volume mine=() others=() good=yes code=0
  exec {bell}<> <(:)
  clock
  begun=$now
  say began
  if ((\${#all[@]} > 0)); then
    ask_all || exit 3
    for told in first again; do
      clock
      flushed_at=$now
      flush_all
      if [ $told = first ]; then
        flush_host_within
        anything_left || exit 3
        mark_all
      fi
      clock
      # What a guest has written since is in its buffers again.
      ((now - flushed_at <= settle + 500)) && break
    done
    clock
    ((now - begun <= ready + 2 * settle)) || { say not-ready; unmark_all && say ended; exit 3; }
  else
    flush_host_within
  fi
  clock
  until=$((now + budget))
  following=later
  suspend_all
  for guest in "\${all[@]}"; do
    case \${ours[guest]-} in paused) mine+=("$guest") ;; '') others+=("$guest") ;; *) good=no ;; esac
  done
  anything_left && make_all
  resume_ours "\${mine[@]}" || good=no
  if anything_left; then check_still "\${others[@]}"; fi
  unmark_all || good=no
  for volume in "\${!volumes[@]}"; do
    if [ "\${made[volume]-}" = yes ]; then say frozen "$volume"; else code=5; fi
  done
  if [ $good = yes ]; then say ended; else code=4; fi
  show_held
  exit $code
}
`;
