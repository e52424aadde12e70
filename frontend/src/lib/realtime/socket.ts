import { client } from '@/lib/api/client';
import type { HubMessage, RealtimeEvent } from './messages';

export type LinkState = 'closed' | 'connecting' | 'open';
type Listener = (event: RealtimeEvent) => void;

const PING_MS = 25_000;
const LONGEST_PAUSE_MS = 15_000;

interface Topic {
  listeners: Set<Listener>;
  /** The last sequence number that was heard; what came after it is asked for when the connection is back. */
  since?: number;
}

/**
 * One WebSocket for all topics that somebody on the page listens to. It opens with the first, closes with the last,
 * and comes back by itself; what was missed meanwhile is caught up by sequence number, or announced as `resync`.
 */
export class Realtime {
  private socket: WebSocket | undefined;
  private state: LinkState = 'closed';
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private ping: ReturnType<typeof setInterval> | undefined;
  private readonly topics = new Map<string, Topic>();
  private readonly watchers = new Set<() => void>();

  linkState = () => this.state;
  onLink = (watcher: () => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  listen(name: string, listener: Listener) {
    const topic = this.topics.get(name) ?? { listeners: new Set() };
    topic.listeners.add(listener);
    if (!this.topics.has(name)) {
      this.topics.set(name, topic);
      if (this.state === 'open') this.subscribe(name, topic);
    }
    if (this.state === 'closed' && !this.retry) void this.open();
    return () => {
      this.leave(name, topic, listener);
    };
  }

  /** Who is here and what they edit; again every 20 s, by who calls. */
  presence(topic: string, state: unknown) {
    this.say({ do: 'presence', topic, state });
  }

  close() {
    clearTimeout(this.retry);
    this.retry = undefined;
    this.topics.clear();
    this.socket?.close();
    this.down(false);
  }

  private leave(name: string, topic: Topic, listener: Listener) {
    topic.listeners.delete(listener);
    if (topic.listeners.size > 0 || this.topics.get(name) !== topic) return;
    this.topics.delete(name);
    this.say({ do: 'unsubscribe', topic: name });
    if (this.topics.size === 0) this.close();
  }

  private become(state: LinkState) {
    this.state = state;
    this.watchers.forEach((watcher) => {
      watcher();
    });
  }

  private say(message: object) {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  private subscribe(topic: string, { since }: Topic) {
    this.say(since === undefined ? { do: 'subscribe', topic } : { do: 'subscribe', topic, since });
  }

  private async open() {
    this.become('connecting');
    try {
      const { data } = await client.POST('/api/v1/auth/ws-ticket');
      if (!data || this.topics.size === 0) {
        this.become('closed');
        return;
      }
      const address = `${location.origin.replace(/^http/, 'ws')}/api/v1/ws?ticket=${encodeURIComponent(data.ticket)}`;
      this.attach(new WebSocket(address));
    } catch {
      this.down(true);
    }
  }

  private attach(socket: WebSocket) {
    this.socket = socket;
    socket.onopen = () => {
      this.failures = 0;
      this.become('open');
      this.topics.forEach((topic, name) => {
        this.subscribe(name, topic);
      });
      this.ping = setInterval(() => {
        this.say({ do: 'ping' });
      }, PING_MS);
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      this.hear(JSON.parse(data) as HubMessage);
    };
    socket.onclose = ({ code }) => {
      if (this.socket === socket) this.down(code !== 4401);
    };
  }

  private down(again: boolean) {
    clearInterval(this.ping);
    this.socket = undefined;
    this.become('closed');
    if (!again || this.topics.size === 0 || this.retry) return;
    const pause = Math.min(LONGEST_PAUSE_MS, 500 * 2 ** this.failures++) * (0.5 + Math.random() / 2);
    this.retry = setTimeout(() => {
      this.retry = undefined;
      void this.open();
    }, pause);
  }

  private hear(message: HubMessage) {
    if (message.is === 'pong') return;
    const topic = this.topics.get(message.topic);
    if (!topic) return;
    if (message.is === 'subscribed') topic.since ??= message.sequence;
    if (message.is === 'event') {
      if (message.sequence > 0) topic.since = message.sequence;
      this.tell(topic, message);
    }
    if (message.is === 'resync') {
      delete topic.since;
      this.tell(topic, { topic: message.topic, type: 'resync', data: null });
    }
  }

  private tell(topic: Topic, { topic: name, type, data }: RealtimeEvent) {
    topic.listeners.forEach((listener) => {
      listener({ topic: name, type, data });
    });
  }
}

export const realtime = new Realtime();
