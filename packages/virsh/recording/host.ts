import type { Scenario } from '@quiesce/lab/scenario';

const address = 'qemu+unix:///system?socket=/tmp/quiesce-recording/socket';

/** Shell that starts a daemon which only hands on to libvirt's, so that it can be ended. */
const startProxy = `
  systemd-socket-activate -l "$PWD/socket" /usr/lib/systemd/systemd-socket-proxyd /run/libvirt/libvirt-sock \\
    >/dev/null 2>&1 &
  proxy=$!
  until [ -S socket ]; do sleep 0.1; done
  (sleep 4; rm -f socket; kill $proxy) >/dev/null 2>&1 &
`;

export const scenario: Scenario = {
  program: 'virsh',
  cases: [
    { name: 'uri', args: ['uri'] },
    { name: 'connection-no-driver', args: ['-c', 'foo:///bar', 'uri'] },
    { name: 'connection-no-daemon', args: ['-c', 'qemu+unix:///system?socket=/none', 'uri'] },
    { name: 'connection-no-rights', script: "su nosudo -s /bin/sh -c 'virsh -c qemu:///system uri'" },
    {
      name: 'connection-lost',
      script: `
        ${startProxy}
        virsh -c '${address}' 'event --all --loop'
      `,
    },
    {
      name: 'connection-not-again',
      // Of a batch, what its second command says.
      script: `
        ${startProxy}
        virsh -c '${address}' 'event --all --loop; uri' 2>said
        code=$?
        sed -n '/reconnect/,$p' said >&2
        exit $code
      `,
    },
  ],
};
