import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another entry and version than the page has: as a build of other sources would say. */
const newerThan = (worker: string) =>
  worker
    .replace(/entry:(["'`]).*?\1/, 'entry:"/assets/index-newer000.js"')
    .replace(/version:(["'`]).*?\1/, 'version:"newer"');

async function textOf(answer: http.IncomingMessage) {
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** A way to the server that can be shut, as a network that fails, and behind which a newer app can stand. */
export async function openDoor(server: string) {
  let newer = false;
  const onto = new URL(server);
  const hand = async (given: http.IncomingMessage, path: string, answer: http.ServerResponse) => {
    if (!newer || path !== '/sw.js') {
      answer.writeHead(given.statusCode ?? 502, given.headers);
      given.pipe(answer);
      return;
    }
    const text = newerThan(await textOf(given));
    answer.writeHead(200, { ...given.headers, 'content-length': Buffer.byteLength(text), etag: '"newer"' }).end(text);
  };
  const door = http.createServer((asked, answer) => {
    const path = asked.url ?? '/';
    const { 'accept-encoding': codings, 'if-none-match': known, ...headers } = asked.headers;
    const passed = path === '/sw.js' ? headers : { ...headers, 'accept-encoding': codings, 'if-none-match': known };
    const all = Object.fromEntries(Object.entries(passed).filter(([, value]) => value !== undefined));
    const onward = http.request(
      { host: onto.hostname, port: onto.port, path, method: asked.method, headers: all },
      (given) => void hand(given, path, answer),
    );
    onward.on('error', () => answer.destroy());
    asked.pipe(onward);
  });
  const open = (port: number) => new Promise<void>((done) => door.listen(port, '127.0.0.1', done));
  await open(0);
  const { port } = door.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    shut: () =>
      new Promise((done) => {
        door.close(done);
        door.closeAllConnections();
      }),
    open: () => open(port),
    standNewer: () => {
      newer = true;
    },
  };
}
