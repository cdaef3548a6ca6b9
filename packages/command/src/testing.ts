export { describeEachOption, type EachOptionSettings } from './testing/each-option.js';
export {
  scriptedTransport,
  type Script,
  type ScriptedReply,
  type ScriptedTransport,
} from './testing/scripted-transport.js';
export {
  describeTransportContract,
  type ContractRunner,
  type TransportContractOptions,
} from './testing/transport-contract.js';
export { describeWrongOptions } from './testing/wrong-options.js';
