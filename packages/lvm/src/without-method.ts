import type { WithoutMethod } from '@quiesce/command';

/**
 * Subcommands without a method of their own, by the reason. {@link Lvm.run} runs them
 * all the same.
 */
export const lvmWithoutMethod: WithoutMethod = {
  forPeople: `
    help
  `,
  notYet: `
    config devtypes dumpconfig formats fullreport lastlog lvdisplay lvextend lvmchange
    lvmconfig lvmdevices lvmdiskscan lvmsadc lvmsar lvpoll lvreduce lvrename lvresize lvscan
    pvchange pvck pvcreate pvdata pvdisplay pvmove pvremove pvresize pvs pvscan segtypes
    systemid tags version vgcfgbackup vgcfgrestore vgchange vgconvert vgcreate vgdisplay
    vgexport vgextend vgimport vgimportclone vgimportdevices vgmerge vgmknodes vgreduce
    vgremove vgrename vgscan vgsplit
  `,
};
