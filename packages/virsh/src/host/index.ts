export { parseVirshUri, virshUriCommand } from './uri.js';
export type { HostMethods } from './host-methods.js';
