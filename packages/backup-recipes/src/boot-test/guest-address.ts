/**
 * An address with its network, as `192.0.2.7/24`. Undefined where it is none that a guest can have.
 */
export function parseGuestAddress(
  text: string,
): { readonly address: number; readonly first: number; readonly prefix: number } | undefined {
  const numbers = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text)?.slice(1).map(Number);
  if (numbers === undefined) return undefined;
  const prefix = numbers.pop() ?? 0;
  // In a smaller one there is no room for what QEMU has in it.
  if (prefix < 8 || prefix > 29 || numbers.some((number) => number > 255)) return undefined;
  const address = numbers.reduce((sum, number) => sum * 256 + number, 0);
  const size = 2 ** (32 - prefix);
  const first = address - (address % size);
  return address === first || address === first + size - 1 ? undefined : { address, first, prefix };
}
