import { asApiError, errorOf } from '@/lib/api/errors';
import { sessionFetch } from '@/lib/api/session';
import type { Queue, Queued } from './queue';

type Heard = (entry: Queued, answer: unknown) => void;

const PAUSE_MS = 5000;
/** The server could not say yes or no: it is asked again. */
const mayPass = (status: number) => status === 0 || status === 401 || status === 429 || status >= 500;

async function post({ id, path, body }: Queued): Promise<unknown> {
  const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': id };
  const request = new Request(new URL(path, location.origin), { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await sessionFetch(request);
  if (!answer.ok) throw await errorOf(answer);
  return answer.status === 204 ? undefined : await answer.json();
}

/** Sends what waits in a queue, one after the other; begins again when the server can be reached again. */
export class Sender {
  private busy = false;
  private wanted = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly heard = new Set<Heard>();

  constructor(private readonly queue: Queue) {}

  /** Told of each answer, before the change leaves the queue. */
  onSent(listener: Heard) {
    this.heard.add(listener);
    return () => {
      this.heard.delete(listener);
    };
  }

  /** Sends from now on; what is given back ends that. */
  start() {
    const go = () => void this.run();
    const leave = this.queue.subscribe(go);
    window.addEventListener('online', go);
    this.wanted = true;
    go();
    return () => {
      this.wanted = false;
      leave();
      window.removeEventListener('online', go);
      clearTimeout(this.timer);
    };
  }

  private async run() {
    if (this.busy) return;
    clearTimeout(this.timer);
    this.busy = true;
    try {
      while (await this.sendNext());
    } finally {
      this.busy = false;
    }
    if (this.next()) this.timer = setTimeout(() => void this.run(), PAUSE_MS);
  }

  private next() {
    return this.wanted && navigator.onLine ? this.queue.next() : undefined;
  }

  /** Is there more to be sent now? */
  private async sendNext() {
    const entry = this.next();
    return entry !== undefined && (await this.send(entry));
  }

  /** False: not now. */
  private async send(entry: Queued) {
    let answer: unknown;
    try {
      answer = await this.queue.onItsWay(entry.id, () => post(entry));
    } catch (error) {
      const { status, code, detail } = asApiError(error);
      if (mayPass(status)) return false;
      this.queue.refuse(entry.id, { status, code, detail });
      return true;
    }
    this.heard.forEach((listener) => {
      listener(entry, answer);
    });
    this.queue.remove(entry.id);
    return true;
  }
}
