import { InvalidArgumentError, type IntegerRow } from '@quiesce/command';

const sectorBytes = 512;

/** The row of a size. LVM rounds it up to whole extents. */
export const sizeRow: IntegerRow & { readonly required: true } = {
  kind: 'integer',
  option: '--size',
  unit: 'b',
  minimum: sectorBytes,
  required: true,
  check: (argument, value) => {
    if (value % sectorBytes === 0) return value;
    throw new InvalidArgumentError({ argument, value, expected: 'bytes, a multiple of 512' });
  },
};

/** The row of the size of a snapshot's chunks. */
export const chunkSizeRow: IntegerRow & { readonly required?: never } = {
  kind: 'integer',
  option: '--chunksize',
  unit: 'b',
  sample: 65_536,
  check: (argument, value) => {
    if (Number.isInteger(Math.log2(value)) && value >= 4096 && value <= 524_288) return value;
    throw new InvalidArgumentError({ argument, value, expected: 'bytes, a power of 2 from 4096 to 524288' });
  },
};
