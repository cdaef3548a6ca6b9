/** The part of a pause's script that talks: to whoever reads its events, and to virsh. */
export const talkFunctions = `# Tells what happens, with the time: to a file for who comes later, and to whoever follows. Fails where the file can't be
# written: what is not noted can't be undone.
say() {
  local line
  note "$@" || return
  show
}

note() {
  line="$EPOCHREALTIME $*"
  line=\${line//[[:cntrl:]]/ }
  printf '%s\\n' "$line" >>"$folder/events"
}

# Whoever follows may read slowly or not at all, and a pipe that is full would hold up this script.
# So what is said while guests are paused is held back, and what comes after the script is only
# noted.
following=yes held=()

show() {
  case $following in
    yes) printf '%s\\n' "$line" ;;
    later) held+=("$line") ;;
  esac
} 2>/dev/null

show_held() {
  following=yes
  for line in "\${held[@]}"; do show; done
  held=()
}

# The time since the machine started, which nobody can set.
clock() {
  read -r now _ </proc/uptime
  now=\${now/./}
}

# Hundredths as seconds, for read -t.
seconds() { printf -v seconds '%d.%02d' $(($1 / 100)) $(($1 % 100)); }

to='' from='' number=0 virsh_id=''

# Opens a connection to libvirt that stays open: starting virsh takes longer than anything that it
# is told. It dies with this shell, so that nothing that it was told comes later.
connect() {
  disconnect
  coproc VIRSH { exec setpriv --pdeathsig KILL -- virsh -c "$uri" 2>&1; }
  # One that has ended already has neither.
  [ -n "\${VIRSH_PID-}" ] && [ -n "\${VIRSH[1]-}" ] || return 1
  virsh_id=$VIRSH_PID
  exec {to}>&"\${VIRSH[1]}" {from}<&"\${VIRSH[0]}"
}

disconnect() {
  [ -n "$virsh_id" ] || return 0
  exec {to}>&- {from}<&-
  kill -KILL "$virsh_id"
  wait "$virsh_id"
  to='' from='' virsh_id=''
} 2>/dev/null

# Tells virsh one thing and hears its answer, no longer than some hundredths. 1: it refused. 2: no
# answer, and the connection is closed, with whatever was under way.
tell() {
  local until line refused=0
  number=$((number + 1)) answer=''
  [ -n "$virsh_id" ] || connect || return 2
  clock
  until=$((now + $1))
  printf 'echo asked-%d\\n%s\\necho answer-%d\\n' "$number" "$2" "$number" 1>&"$to" 2>/dev/null
  while clock && ((now < until)) && seconds $((until - now)) && IFS= read -r -t "$seconds" line <&"$from"; do
    # Its prompt, and after it what it was told.
    line=\${line#virsh # }
    case $line in
      "asked-$number") refused=0 answer='' ;;
      "answer-$number") return $refused ;;
      "$2" | "echo answer-$number" | '') ;;
      # libvirt was away, and is back.
      'error: Reconnected to the hypervisor') ;;
      'error: '*) refused=1 answer+="\${line#error: } " ;;
      *) answer+="$line " ;;
    esac
  done
  disconnect
  return 2
}

# The state of a guest in one word. 2: no answer.
state_of() {
  tell "$2" "\${state[$1]}"
  case $?:$answer in
    # Behind it stands the reason, in brackets.
    0:*) word=\${answer%% (*} ;;
    # virsh says so too where libvirt has just gone. Only a list without the guest tells that it has
    # gone.
    1:*'failed to get domain'* | 1:*'Domain not found'*)
      word=unknown
      tell "$2" "$list" && [[ $answer != *"\${uuids[$1]}"* ]] || return 2
      word=gone
      ;;
    *) word=unknown; return 2 ;;
  esac
}

is_running() { [ "$word" = running ] || [ "$word" = idle ]; }

# Whether nothing can be resumed any more.
is_over() { case $word in 'shut off' | crashed | pmsuspended | gone) ;; *) false ;; esac; }

stands_still() { [ "$word" = paused ] || is_over; }
`;
