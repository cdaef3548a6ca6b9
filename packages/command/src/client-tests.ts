export { describeEachOption, type EachOptionSettings } from './testing/each-option.js';
export { localSshd } from './testing/local-sshd.js';
export { describeWrongOptions } from './testing/wrong-options.js';
