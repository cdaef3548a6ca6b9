export { virshResumeCommand, type VirshResumeOptions } from './resume.js';
export { virshSuspendCommand, type VirshSuspendOptions } from './suspend.js';
export type { LifecycleMethods } from './lifecycle-methods.js';
