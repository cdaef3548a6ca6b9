import type { Transport } from './transport.js';

/** The disposal of a transport, where it has one: what wraps it ends it too. */
export type DisposalOf<Inner extends Transport> = Inner extends AsyncDisposable ? AsyncDisposable : object;

/** Hands on the disposal of a transport that is wrapped. */
export function disposalOf<Inner extends Transport>(inner: Inner): DisposalOf<Inner> {
  const { [Symbol.asyncDispose]: dispose } = inner as Transport & Partial<AsyncDisposable>;
  const disposal = dispose === undefined ? {} : { [Symbol.asyncDispose]: async () => dispose.call(inner) };
  return disposal as DisposalOf<Inner>;
}
