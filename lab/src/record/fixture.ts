/** One recorded command, as it is in a fixture. */
export interface Fixture {
  readonly args: readonly string[];
  readonly exitCode: number;
  readonly stdout: FixtureText;
  readonly stderr: FixtureText;
}

/** What was printed: a string, or base64 where it is not valid UTF-8. */
export type FixtureText = string | { readonly base64: string };

/** All that was recorded of one topic, by name. */
export type TopicFixtures = Readonly<Record<string, Fixture>>;

/** Makes the text of a fixture from the bytes that were printed. */
export function toFixtureText(bytes: Uint8Array): FixtureText {
  const buffer = Buffer.from(bytes);
  const text = buffer.toString('utf8');
  return Buffer.from(text).equals(buffer) ? text : { base64: buffer.toString('base64') };
}

/** The bytes that a text of a fixture was made from. */
export function bytesOf(text: FixtureText): Buffer {
  return typeof text === 'string' ? Buffer.from(text) : Buffer.from(text.base64, 'base64');
}
