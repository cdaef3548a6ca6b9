// A reporter for vitest that writes which errors came outside of every test, as a worker that died:
// its JSON results do not tell.
import { writeFileSync } from 'node:fs';
import process from 'node:process';

export default class {
  onTestRunEnd(_modules, unhandledErrors) {
    writeFileSync(process.env.QUIESCE_UNHANDLED_ERRORS, JSON.stringify(unhandledErrors.map(({ message }) => message)));
  }
}
