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
