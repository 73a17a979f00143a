// tests/serve/frame.mjs - what a test_*.mjs imports: test("what holds", async () => { ... }), a ledger of samples, servers, calls.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const build = process.argv[2];
export const folder = mkdtempSync(join(tmpdir(), 'giftrule-serve-'));
export const ledger = join(folder, 'ledger');
export const environment = { ...process.env };
delete environment.SOURCE_DATE_EPOCH; // moments of real runs
let passed = 0, failed = 0;

export const giftrule = (...words) => execFileSync(join(build, 'giftrule'), words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: environment });

export const addUser = (name, password, ...more) =>
  execFileSync(join(build, 'giftrule'), ['serve', 'user', 'add', name, '--ledger', ledger, ...more], { input: `${password}\n`, env: environment });

export async function test(name, run) {
  try {
    await run();
    passed++;
  } catch (error) {
    failed++;
    console.log(`FAILED serve: ${name}: ${error.message}`);
  }
}

export function expect(got, wanted, what) {
  if (got !== wanted) throw new Error(`${what} is ${got}, not ${wanted}`);
}

// ---- a server

const children = [];

export async function start(...more) {
  const child = spawn(join(build, 'giftrule'), ['serve', '--ledger', ledger, '--listen', '127.0.0.1:0', ...more], { env: environment });
  children.push(child);
  let said = '';
  const port = await new Promise((resolve, reject) => {
    child.stdout.on('data', (bytes) => {
      said += bytes;
      const found = said.match(/^listening on http:\/\/127\.0\.0\.1:(\d+)$/m);
      if (found) resolve(Number(found[1]));
    });
    child.stderr.on('data', (bytes) => (said += bytes));
    child.on('exit', () => reject(new Error(`it ended: ${said}`)));
  });
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve(code ?? signal)));
  return { child, port, ended };
}

export function ask(server, method, path, { body, headers = {}, agent } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request({ port: server.port, host: '127.0.0.1', method, path, agent,
      headers: body === undefined ? headers : { 'Content-Type': 'application/json', ...headers } }, (reply) => {
      let text = '';
      reply.setEncoding('utf8');
      reply.on('data', (piece) => (text += piece));
      reply.on('end', () => resolve({ status: reply.statusCode, headers: reply.headers, text, json: () => JSON.parse(text) }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

// What a client that is not well-behaved sends, byte by byte.
export function shout(server, text, wait = 3000) {
  return new Promise((resolve) => {
    let got = '';
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(text, 'latin1'));
    const done = () => { socket.destroy(); resolve(got); };
    socket.on('data', (bytes) => { got += bytes; if (got.includes('\r\n\r\n')) done(); });
    socket.on('error', done);
    socket.on('close', done);
    setTimeout(done, wait).unref();
  });
}

export const gift = (name, cost) => JSON.stringify({ giver: { id: 'AE-017' }, payer: 'firm', date: '2026-12-10', cost,
  recipients: [{ name, employer: 'Delta Trust', employer_kind: 'institutional-customer' }] });

try {
  giftrule('audit', 'samples/gift-log.xml', '--ledger', ledger, '-q');
} catch (error) {
  if (error.status !== 1) throw error; // findings are no failure here
}

export function end() {
  children.filter((child) => child.exitCode === null).forEach((child) => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true });
  console.log(`${passed} passed, ${failed} failed`);
}
