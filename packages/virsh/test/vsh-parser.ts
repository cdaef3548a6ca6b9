/**
 * How virsh cuts the text of its single argument into commands of words: vshCommandStringGetArg()
 * of libvirt's tools/vsh.c, which the releases 9.0 and 11.3 share.
 */
export function parseVshLine(line: string): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  let at = 0;
  const endCommand = (): void => {
    if (words.length > 0) commands.push(words);
    words = [];
  };
  while (at < line.length) {
    const rest = line.slice(at);
    const blank = /^(?:[ \t]|\\\n)+/.exec(rest);
    if (blank !== null) {
      at += blank[0].length;
    } else if (/^[;\n]/.test(rest)) {
      at += 1;
      endCommand();
    } else if (rest.startsWith('#')) {
      const end = rest.indexOf('\n');
      at += end === -1 ? rest.length : end + 1;
      endCommand();
    } else {
      let word = '';
      let quote: "'" | '"' | undefined;
      for (; at < line.length; at += 1) {
        const character = line.charAt(at);
        if (quote === undefined && /[ \t\n;]/.test(character)) break;
        if (quote !== '"' && character === "'") quote = quote === undefined ? "'" : undefined;
        else if (quote !== "'" && character === '\\') word += line.charAt((at += 1));
        else if (quote !== "'" && character === '"') quote = quote === undefined ? '"' : undefined;
        else word += character;
      }
      words.push(word);
    }
  }
  endCommand();
  return commands;
}
