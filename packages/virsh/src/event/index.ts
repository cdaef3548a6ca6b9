export { type EventSubscription, type SubscriptionReady } from './event-subscription.js';
export {
  parseVirshEvent,
  virshEventCommand,
  type DomainEvent,
  type DomainEventKind,
  type LifecycleEvent,
  type LifecycleType,
  type OtherEvent,
  type OtherEventKind,
  type UnknownEvent,
  type VirshEventOptions,
} from './event.js';
export type { EventMethods } from './event-methods.js';
