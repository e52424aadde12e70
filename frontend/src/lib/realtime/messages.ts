/** What the hub says; `data` is the event's own document. */
export type HubMessage =
  | { is: 'event'; topic: string; sequence: number; type: string; data: unknown }
  | { is: 'subscribed'; topic: string; sequence: number }
  | { is: 'resync'; topic: string }
  | { is: 'error'; topic: string; code: string; message: string }
  | { is: 'pong' };

export interface RealtimeEvent {
  topic: string;
  /** `resync`: events were missed; load the state again. */
  type: string;
  data: unknown;
}
