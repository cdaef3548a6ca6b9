import type { WithoutMethod } from '@quiesce/command';

/**
 * Subcommands without a method of their own, by the reason. {@link Virsh.run} runs them
 * all the same.
 */
export const virshWithoutMethod: WithoutMethod = {
  forPeople: `
    cd connect console echo exit help pwd quit edit checkpoint-edit iface-edit managedsave-edit
    net-edit nwfilter-edit pool-edit save-image-edit snapshot-edit
  `,
  notYet: `
    attach-device attach-disk attach-interface autostart blkdeviotune domthrottlegroupset
    domthrottlegroupdel domthrottlegroupinfo domthrottlegrouplist blkiotune blockcommit
    blockcopy blockjob blockpull blockresize change-media cpu-stats create define desc destroy
    detach-device detach-device-alias detach-disk detach-interface domdisplay domfsfreeze
    domfsthaw domfsinfo domfstrim domhostname domid domif-setlink domiftune domjobabort
    domjobinfo domlaunchsecinfo domsetlaunchsecstate domname domrename dompmsuspend dompmwakeup
    domuuid domxml-from-native domxml-to-native dump get-user-sshkeys inject-nmi iothreadinfo
    iothreadpin iothreadadd iothreadset iothreaddel send-process-signal lxc-enter-namespace
    managedsave managedsave-remove managedsave-dumpxml managedsave-define memtune perf migrate
    migrate-setmaxdowntime migrate-getmaxdowntime migrate-compcache migrate-setspeed
    migrate-getspeed migrate-postcopy numatune qemu-attach qemu-monitor-command
    qemu-monitor-event qemu-agent-command guest-agent-timeout reboot reset restore save
    save-image-define save-image-dumpxml schedinfo screenshot set-lifecycle-action
    set-user-sshkeys set-user-password setmaxmem setmem setvcpus shutdown start ttyconsole
    undefine update-device update-memory-device vcpucount vcpuinfo vcpupin emulatorpin
    vncdisplay guestvcpus setvcpu domblkthreshold guestinfo domdirtyrate-calc dom-fd-associate
    domdisplay-reload domblkerror domblkinfo domblklist domblkstat domcontrol domif-getlink
    domifaddr domiflist domifstat dominfo dommemstat allocpages capabilities
    cpu-baseline cpu-compare cpu-models domcapabilities freecell freepages hostname
    hypervisor-cpu-baseline hypervisor-cpu-compare hypervisor-cpu-models maxvcpus
    node-memory-tune nodecpumap nodecpustats nodeinfo nodememstats nodesevinfo nodesuspend
    sysinfo version checkpoint-create checkpoint-create-as checkpoint-delete checkpoint-dumpxml
    checkpoint-info checkpoint-list checkpoint-parent iface-begin iface-bridge iface-commit
    iface-define iface-destroy iface-dumpxml iface-list iface-mac iface-name iface-rollback
    iface-start iface-unbridge iface-undefine nwfilter-define nwfilter-dumpxml nwfilter-list
    nwfilter-undefine nwfilter-binding-create nwfilter-binding-delete nwfilter-binding-dumpxml
    nwfilter-binding-list net-autostart net-create net-define net-desc net-destroy
    net-dhcp-leases net-dumpxml net-event net-info net-list net-metadata net-name net-start
    net-undefine net-update net-uuid net-port-list net-port-create net-port-dumpxml
    net-port-delete nodedev-create nodedev-destroy nodedev-detach nodedev-dumpxml nodedev-list
    nodedev-reattach nodedev-reset nodedev-event nodedev-define nodedev-undefine nodedev-start
    nodedev-autostart nodedev-info nodedev-update secret-define secret-dumpxml secret-event
    secret-get-value secret-list secret-set-value secret-undefine snapshot-create
    snapshot-create-as snapshot-current snapshot-delete snapshot-dumpxml snapshot-info
    snapshot-list snapshot-parent snapshot-revert backup-begin backup-dumpxml
    find-storage-pool-sources-as find-storage-pool-sources pool-autostart pool-build
    pool-create-as pool-create pool-define-as pool-define pool-delete pool-destroy pool-dumpxml
    pool-info pool-list pool-name pool-refresh pool-start pool-undefine pool-uuid pool-event
    pool-capabilities vol-clone vol-create-as vol-create vol-create-from vol-delete
    vol-download vol-dumpxml vol-info vol-key vol-list vol-name vol-pool vol-resize vol-upload
    vol-wipe
  `,
};
