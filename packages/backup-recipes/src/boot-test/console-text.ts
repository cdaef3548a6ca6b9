import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';

const keptCharacters = 65_536;

/** What a guest prints, of which only the end is kept. */
export class ConsoleText {
  /** How much it printed, in bytes. */
  bytes = 0;
  private readonly decoder = new StringDecoder('utf8');
  private kept = '';

  push(chunk: Buffer): void {
    this.bytes += chunk.length;
    // What comes now is looked at whole.
    this.kept = this.kept.slice(-keptCharacters) + this.decoder.write(chunk);
  }

  /** What is kept of it, without what moves a cursor or colours. */
  get text(): string {
    return stripVTControlCharacters(this.kept).replaceAll(/[^\P{Cc}\n\t]/gu, '');
  }

  /** Its last lines. */
  lines(count: number): string[] {
    return this.text
      .replace(/\n$/, '')
      .split('\n')
      .slice(-count)
      .filter((line, index) => index > 0 || line !== '');
  }

  /** Whether it has what is wanted in it. */
  shows(wanted: string | RegExp): boolean {
    if (typeof wanted === 'string') return this.text.includes(wanted);
    // With g or y it would go on where it ended last.
    return new RegExp(wanted.source, wanted.flags.replaceAll(/[gy]/g, '')).test(this.text);
  }
}
