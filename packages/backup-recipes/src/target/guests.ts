import * as z from 'zod';

/** A file that a guest's disk is on, and where its copy is in the target. */
export interface GuestImage {
  /** Its path on the host, as the guest's definition gives it. */
  readonly path: string;
  /** The folder of the target, as `SSD.images`. */
  readonly folder: string;
  /** Its path in that folder, as `MySQL.img`. */
  readonly file: string;
}

/** A guest that has images on the volumes of a run. */
export interface GuestRecord {
  readonly name: string;
  readonly uuid: string;
  /** As libvirt has it: what `virsh define` takes. Without passwords. */
  readonly definition: string;
  /** Its images that lie on the volumes. Backing files are among them, and no other disks. */
  readonly images: readonly GuestImage[];
}

/** The guests of the run that wrote to a target last. */
export interface TargetGuests {
  readonly runId: string;
  readonly guests: readonly GuestRecord[];
}

const version = 1;

const schema = z.object({
  version: z.literal(version),
  run: z.string(),
  guests: z.array(
    z.object({
      ...{ name: z.string(), uuid: z.string(), definition: z.string() },
      images: z.array(z.object({ path: z.string(), folder: z.string(), file: z.string() })),
    }),
  ),
});

/** The text of the file that tells of them, in one line. */
export function guestsText({ guests, runId }: TargetGuests): string {
  const records = guests.map(({ definition, images, name, uuid }) => ({
    ...{ name, uuid, definition },
    images: images.map(({ file, folder, path }) => ({ path, folder, file })),
  }));
  return `${JSON.stringify({ version, run: runId, guests: records })}\n`;
}

/** Reads that text. A file that is none of ours, or is broken, says nothing. */
export function parseGuests(text: string): TargetGuests | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data } = schema.safeParse(json);
  return data === undefined ? undefined : { runId: data.run, guests: data.guests };
}
