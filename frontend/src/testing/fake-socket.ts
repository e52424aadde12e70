type Message = Record<string, unknown>;

/** Stands in for the WebSocket of the browser: a test speaks as the hub. */
export class FakeSocket {
  static readonly OPEN = 1;
  static last: FakeSocket | undefined;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly said: Message[] = [];
  private readonly sequences = new Map<string, number>();

  constructor(readonly url: string) {
    FakeSocket.last = this;
    setTimeout(() => {
      if (this.readyState !== 0) return;
      this.readyState = FakeSocket.OPEN;
      this.onopen?.();
    });
  }

  send(text: string) {
    const message = JSON.parse(text) as Message;
    this.said.push(message);
    if (message.do === 'subscribe')
      this.hear({ is: 'subscribed', topic: message.topic, sequence: this.sequences.get(String(message.topic)) ?? 0 });
  }

  close(code = 1000) {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  hear(message: Message) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  event(topic: string, type: string, data: unknown) {
    const sequence = (this.sequences.get(topic) ?? 0) + 1;
    this.sequences.set(topic, sequence);
    this.hear({ is: 'event', topic, sequence, type, data });
  }

  topics() {
    return this.said.filter((message) => message.do === 'subscribe').map((message) => message.topic);
  }
}
