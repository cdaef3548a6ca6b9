import { quoteWord } from '@quiesce/command';
import type { AllowedCommand, AllowedWord } from './allowed.js';

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/*
 * sudoers(5) compares the arguments of a command joined by blanks, so it can't tell `'a b'` from
 * `a b`: a rule for a script would allow its first word alone too. Here each word is compared.
 */
const functions = `
given=("$@")
# allow WORD...: =TEXT is that word, ~PATTERN one that it matches as a whole, * all the rest.
allow() {
  local index=0 pattern
  for pattern; do
    if [[ $pattern == '*' ]]; then index=\${#given[@]}; break; fi
    ((index < \${#given[@]})) || return 0
    case $pattern in
      =*) [[ \${given[index]} == "\${pattern:1}" ]] || return 0 ;;
      *) [[ \${given[index]} =~ ^(\${pattern:1})$ ]] || return 0 ;;
    esac
    ((index += 1))
  done
  ((index == \${#given[@]})) || return 0
  type -P -- "\${given[0]}" >/dev/null || { printf 'sudo: %s: command not found\\n' "\${given[0]}" >&2; exit 1; }
  exec -- "\${given[@]}"
}
# Whether a process was started by this user through sudo.
is_own() {
  local pid=$1
  while [[ $pid =~ ^[0-9]+$ ]] && ((pid > 1)); do
    [ "$(stat --format=%u -- "/proc/$pid" 2>/dev/null)" != "\${SUDO_UID-}" ] || return 0
    pid=$(sed -n 's/^PPid:[[:blank:]]*//p' "/proc/$pid/status" 2>/dev/null)
  done
  return 1
}
# What is stopped is ended by this: nobody else's processes.
if [[ $# -gt 4 && $1 == kill && $2 == -s && $3 =~ ^(TERM|KILL)$ && $4 == -- ]]; then
  own=()
  for pid in "\${@:5}"; do if is_own "$pid"; then own+=("$pid"); fi; done
  ((\${#own[@]} > 0)) || exit 1
  exec kill -s "$3" -- "\${own[@]}"
fi
`.trim();

function patternOf(word: AllowedWord): string {
  return typeof word === 'string' ? `=${word}` : `~${word.matching}`;
}

function rule({ rest, words }: AllowedCommand): string {
  const patterns = words.map((word) => quoteWord(patternOf(word)));
  return ['allow', ...patterns, ...(rest ? ["'*'"] : [])].join(' ');
}

/** Who may go through a door to what. */
export interface DoorOptions {
  readonly user: string;
  /** Where the door is: an absolute path. */
  readonly doorPath: string;
  readonly commands: readonly AllowedCommand[];
  /** What it is for, in a line. */
  readonly what: string;
}

/** The program that root owns and that runs these commands and no other. */
export function doorScript({ commands, doorPath, user, what }: DoorOptions): string {
  const lines = [
    '#!/bin/bash -p',
    `# Runs as root what ${user} needs for ${what}, and nothing else.`,
    '# Made by leastRights of @quiesce/backup-recipes: make it again after each update of that.',
    `export LC_ALL=C PATH=${path}`,
    'if ((EUID != 0)); then',
    '  # It is called with the words of sudo.',
    '  if [[ ${1-} == -n && ${2-} == -- ]]; then shift 2; fi',
    `  exec sudo -n -- ${quoteWord(doorPath)} "$@"`,
    'fi',
    functions,
    ...new Set(commands.map(rule)),
    'words=$*',
    'printf \'Sorry, user %s is not allowed to execute %q as root through %s.\\n\' "${SUDO_USER-}" "${words:0:200}" "$0" >&2',
    'exit 1',
  ];
  return `${lines.join('\n')}\n`;
}
