import type { Scenario } from '@quiesce/lab/scenario';
import { createDomains, removeDomains, runningWord } from './parts/domains.js';

const base = '/srv/quiesce-virsh';

/** Shell that makes a domain go through everything that a kind of event tells of. */
const happenings = `
  virsh suspend ${runningWord}
  virsh resume ${runningWord}
  virsh metadata ${runningWord} http://x.org/ --live --key x --set '<a/>'
  virsh metadata ${runningWord} http://x.org/ --live --remove
  virsh reset ${runningWord}
  virsh change-media ${runningWord} hda --insert ${base}/base.qcow2
  virsh change-media ${runningWord} hda --eject
  virsh reset ${runningWord}
  virsh blockcommit ${runningWord} vda --active --wait --pivot
  virsh blkdeviotune ${runningWord} vda --live --total-bytes-sec 1000000
  virsh save ${runningWord} ${base}/saved
  virsh restore ${base}/saved
  virsh suspend ${runningWord}
  virsh reset ${runningWord}
  virsh destroy ${runningWord}
  virsh undefine ${runningWord}
  virsh define running.xml
  virsh start ${runningWord}
`;

export const scenario: Scenario = {
  program: 'virsh',
  setUp: createDomains,
  cases: [
    { name: 'event-bad', args: ['event', '--event=nosuch', '--loop', '--timestamp'] },
    { name: 'event-nodom', args: ['event', '--domain=nosuch', '--all', '--loop', '--timestamp'] },
    {
      name: 'event-all',
      // The log on standard error tells of the daemon's answers to each subscription.
      script: `
        export LIBVIRT_LOG_OUTPUTS=2:stderr LIBVIRT_LOG_FILTERS=2:rpc.netclient
        virsh 'event --list; echo MARK; event --all --loop --timestamp' >events 2>log &
        listener=$!
        unset LIBVIRT_LOG_OUTPUTS LIBVIRT_LOG_FILTERS
        sleep 8
        (${happenings}) >happened 2>&1
        sleep 3
        kill -INT $listener
        wait $listener
        code=$?
        cat events
        cat log >&2
        exit $code
      `,
    },
  ],
  tearDown: removeDomains,
};
