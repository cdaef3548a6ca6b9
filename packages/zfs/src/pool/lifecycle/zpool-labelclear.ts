import {
  argumentWords,
  checkOptions,
  createCommand,
  type CallOptions,
  type Command,
  type Rows,
} from '@quiesce/command';
import { newDeviceRow } from '../device/device-rows.js';

/** What {@link PoolMethods.labelclear} takes. */
export interface ZpoolLabelclearOptions extends CallOptions {
  /** The device or file, as `/dev/sdb1`. */
  readonly device: string;
  /**
   * Takes what an exported pool, or one of another host, says about it from it too.
   * @default false
   */
  readonly force?: boolean;
}

/** The words of {@link ZpoolLabelclearOptions}. */
export const zpoolLabelclearRows: Rows<ZpoolLabelclearOptions> = {
  force: { kind: 'flag', option: '-f' },
  device: { ...newDeviceRow, required: true },
};

/** Builds the command of {@link PoolMethods.labelclear}. See zpool-labelclear(8). */
export function zpoolLabelclearCommand(options: ZpoolLabelclearOptions): Command {
  const checked = checkOptions<ZpoolLabelclearOptions>(zpoolLabelclearRows, options);
  const words = [...argumentWords(zpoolLabelclearRows, checked), '--', checked.device];
  return createCommand('zpool', ['labelclear', ...words], { effect: 'write' });
}
