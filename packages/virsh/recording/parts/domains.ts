const folder = '/srv/quiesce-virsh';

/** A domain that runs, with a name that is hard to quote. */
export const running = `quiesce-virsh it's "x" é`;
/** A domain that is shut off, with a disk of every kind. */
export const disks = 'quiesce-virsh-disks';
/** A guest of the lab: it is looked at, and nothing else. */
export const guest = 'MySQL';
/** The metadata of {@link disks}. */
export const metadataUri = 'https://quiesce.example/run';

/** The running domain for shell. */
export const runningWord = '5b0b6d1e-2f0f-4c5f-9a68-5f6b6d1c0001';

const runningXml = `
<domain type='kvm'>
  <name>quiesce-virsh it&apos;s &quot;x&quot; é</name>
  <uuid>5b0b6d1e-2f0f-4c5f-9a68-5f6b6d1c0001</uuid>
  <memory unit='KiB'>24576</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type><boot dev='hd'/></os>
  <clock offset='utc'/>
  <on_crash>destroy</on_crash>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='${folder}/top disk.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'>
      <target dev='hda' bus='ide'/>
      <readonly/>
    </disk>
    <interface type='user'>
      <mac address='52:54:00:f6:0f:13'/>
      <model type='virtio'/>
    </interface>
  </devices>
</domain>`;

const disksXml = `
<domain type='qemu'>
  <name>${disks}</name>
  <uuid>5b0b6d1e-2f0f-4c5f-9a68-5f6b6d1c0002</uuid>
  <title>Disks &lt;all kinds&gt;</title>
  <description>two
lines &amp; more</description>
  <memory unit='KiB'>24576</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type><boot dev='hd'/></os>
  <clock offset='utc'/>
  <on_crash>destroy</on_crash>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2'/>
      <source file='${folder}/top disk.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <disk type='block' device='disk'>
      <driver name='qemu' type='raw' cache='none'/>
      <source dev='/dev/SSD/guest &amp; &quot;data&quot;'/>
      <target dev='vdb' bus='virtio'/>
      <serial>S-1</serial>
    </disk>
    <disk type='network' device='disk'>
      <driver name='qemu' type='raw'/>
      <source protocol='rbd' name='pool/image'><host name='mon1.example.org' port='6789'/></source>
      <target dev='vdc' bus='virtio'/>
    </disk>
    <disk type='network' device='disk'>
      <driver name='qemu' type='raw'/>
      <source protocol='nbd'><host transport='unix' socket='/run/nbd.sock'/></source>
      <target dev='vdd' bus='virtio'/>
    </disk>
    <disk type='volume' device='disk'>
      <driver name='qemu' type='raw'/>
      <source pool='default' volume='data.img'/>
      <target dev='vde' bus='virtio'/>
      <shareable/>
    </disk>
    <disk type='dir' device='disk'>
      <driver name='qemu' type='fat'/>
      <source dir='/srv/share'/>
      <target dev='vdf' bus='virtio'/>
      <readonly/>
    </disk>
    <disk type='nvme' device='disk'>
      <driver name='qemu' type='raw'/>
      <source type='pci' managed='yes' namespace='1'>
        <address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/>
      </source>
      <target dev='vdg' bus='virtio'/>
    </disk>
    <disk type='file' device='cdrom'><target dev='hda' bus='ide'/><readonly/></disk>
    <disk type='block' device='lun'>
      <driver name='qemu' type='raw'/>
      <source dev='/dev/sdx'/>
      <target dev='sda' bus='scsi'/>
    </disk>
    <disk type='file' device='floppy'>
      <driver name='qemu' type='raw'/>
      <source file='/srv/floppy.img'/>
      <target dev='fda' bus='fdc'/>
    </disk>
    <interface type='user'><mac address='52:54:00:99:60:67'/><model type='virtio'/></interface>
  </devices>
</domain>`;

/** Shell that defines both domains, and starts the one that runs. */
export const createDomains: string = String.raw`
  mkdir -p ${folder}
  qemu-img create -q -f qcow2 ${folder}/base.qcow2 8M
  qemu-img create -q -f qcow2 -b ${folder}/base.qcow2 -F qcow2 '${folder}/top disk.qcow2'
  cat >running.xml <<'XML'${runningXml}
XML
  cat >disks.xml <<'XML'${disksXml}
XML
  virsh --quiet define disks.xml
  virsh --quiet define running.xml
  virsh --quiet start ${runningWord}
`;

/** Shell that removes both domains. */
export const removeDomains: string = String.raw`
  virsh destroy ${runningWord}
  virsh undefine ${runningWord}
  virsh undefine ${disks}
  rm -rf ${folder}
`;
