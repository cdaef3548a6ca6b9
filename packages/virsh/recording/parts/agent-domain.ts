/** A domain that runs and has a channel for a guest agent, but no guest in it that answers. */
export const agent = 'quiesce-virsh-agent';

const agentXml = `
<domain type='qemu'>
  <name>${agent}</name>
  <memory unit='KiB'>24576</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type></os>
  <clock offset='utc'/>
  <devices>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
  </devices>
</domain>`;

/** Shell that starts it. It has no definition and is gone when it ends. */
export const createAgentDomain: string = String.raw`
  cat >agent.xml <<'XML'${agentXml}
XML
  virsh --quiet create agent.xml
`;

/** Shell that removes it. */
export const removeAgentDomain: string = String.raw`
  virsh destroy ${agent}
`;
