export { describeEachOption, type EachOptionSettings } from './testing/each-option.js';
export { describeWrongOptions } from './testing/wrong-options.js';
