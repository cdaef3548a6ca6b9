/** What runs the lab's machine: the processor itself, or QEMU's software emulation. */
export type Accelerator = 'kvm' | 'tcg';

/** What is known about `/dev/kvm` on this host. */
export interface KvmFacts {
  /** Whether this user may open it. */
  readonly device: 'usable' | 'missing' | 'forbidden';
  /** Whether a Debian kernel started on it. Undefined when that was not seen in time. */
  readonly booted?: boolean;
}

/** An accelerator, and why it was chosen. */
export interface AcceleratorChoice {
  readonly accelerator: Accelerator;
  /** For people, as the end of a sentence. */
  readonly reason: string;
}

/** Chooses KVM only where it was seen to work: the device can exist and still not run a kernel. */
export function chooseAccelerator(facts: KvmFacts): AcceleratorChoice {
  if (facts.device === 'missing') return { accelerator: 'tcg', reason: '/dev/kvm does not exist' };
  if (facts.device === 'forbidden') return { accelerator: 'tcg', reason: '/dev/kvm may not be opened by this user' };
  if (facts.booted === true) return { accelerator: 'kvm', reason: 'a kernel booted on /dev/kvm' };
  const why = facts.booted === false ? 'no kernel boots on it' : 'a kernel took too long to boot on it';
  return { accelerator: 'tcg', reason: `/dev/kvm exists, but ${why}` };
}

/** A sentence that says which it is. */
export function describeChoice({ accelerator, reason }: AcceleratorChoice): string {
  return accelerator === 'kvm' ? `using KVM: ${reason}` : `using software emulation: ${reason}`;
}

/** The arguments that make QEMU use an accelerator. */
export function acceleratorArguments(accelerator: Accelerator): readonly string[] {
  return accelerator === 'kvm'
    ? ['-accel', 'kvm', '-cpu', 'host']
    : // Page tables of five levels make emulated memory accesses slower. AVX, which programs choose for speed, makes rsync's
      // checksums take twice the time when it is emulated.
      ['-accel', 'tcg,thread=multi', '-cpu', 'max,la57=off,-avx,-avx2'];
}
