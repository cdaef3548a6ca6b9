import type { AnyTable } from '@quiesce/command';
import type { Virsh } from './create-virsh.js';
import { domstateRows } from './domstate.js';
import { domstatsRows } from './domstats.js';
import { dumpxmlRows } from './dumpxml.js';
import { eventRows } from './event.js';
import { listRows } from './list.js';
import { metadataRows, setMetadataRows } from './metadata.js';
import { resumeRows } from './resume.js';
import { sendKeyRows } from './send-key.js';
import { suspendRows } from './suspend.js';
import { volPathRows } from './vol-path.js';

/** The rows of each method with options of its own: a method without them does not compile. */
export const virshRows: Readonly<Record<Exclude<keyof Virsh, 'batch' | 'run'>, AnyTable>> = {
  uri: {},
  list: listRows,
  domstate: domstateRows,
  domstats: domstatsRows,
  dumpxml: dumpxmlRows,
  suspend: suspendRows,
  resume: resumeRows,
  sendKey: sendKeyRows,
  metadata: metadataRows,
  setMetadata: setMetadataRows,
  removeMetadata: metadataRows,
  volPath: volPathRows,
  events: eventRows,
};
