import { InvalidArgumentError, type OtherRow } from '@quiesce/command';

function checkAll(argument: string, value: unknown): true {
  if (value === true) return value;
  throw new InvalidArgumentError({ argument, value, expected: 'true, or a dataset in its place' });
}

/** The row of what takes all datasets in place of one. Nothing else than true means all. */
export const allRow: OtherRow<true> & { readonly required: true } = {
  kind: 'other',
  option: '-a',
  check: checkAll,
  sample: true,
  required: true,
};
