import type { Command, Transport } from '@quiesce/command';

/** A transport that tells of each command when it has just been started. */
export function watched(onStart: (command: Command) => void, transport: Transport): Transport {
  return {
    name: transport.name,
    start: (command, options) => {
      const running = transport.start(command, options);
      onStart(command);
      return running;
    },
  };
}
