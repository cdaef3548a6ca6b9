import { StringDecoder } from 'node:string_decoder';
import { Transform, type TransformCallback } from 'node:stream';

/**
 * Makes libvirt's client library tell on standard error which answers it receives. virsh itself
 * says nothing once it is subscribed, and the numbers of the wire protocol never change.
 */
export const subscriptionLogEnvironment: Readonly<Record<string, string>> = {
  LIBVIRT_LOG_OUTPUTS: '2:stderr',
  LIBVIRT_LOG_FILTERS: '2:rpc.netclient',
};

const logLine = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}[+-]\d{4}: \d+: (?:debug|info|warning|error) : /;
// The answer (type 1) to REMOTE_PROC_CONNECT_DOMAIN_EVENT_CALLBACK_REGISTER_ANY of the remote
// program 0x20008086.
const registered = /RPC_CLIENT_MSG_RX: .* prog=536903814 vers=1 proc=316 type=1 /;

/** Takes libvirt's log out of standard error, and counts the subscriptions that it tells of. */
export class SubscriptionLog extends Transform {
  private readonly decoder = new StringDecoder('utf8');
  private rest = '';
  private count = 0;
  private readonly waiting: { count: number; resolve: () => void }[] = [];

  /** Resolves when that many subscriptions were answered. */
  answered(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push({ count, resolve });
      this.notify();
    });
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const lines = (this.rest + this.decoder.write(chunk)).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines) this.takeLine(`${line}\n`);
    done();
  }

  override _flush(done: TransformCallback): void {
    this.takeLine(this.rest + this.decoder.end());
    done();
  }

  private takeLine(line: string): void {
    if (!logLine.test(line)) {
      this.push(line);
      return;
    }
    if (registered.test(line)) this.count += 1;
    this.notify();
  }

  private notify(): void {
    for (const { count, resolve } of this.waiting) if (this.count >= count) resolve();
  }
}
