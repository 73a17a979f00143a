// tests/serve/test_systems.mjs BUILD - the HTTP server as other systems meet it: what it refuses, many at once, slow ones, its
// sudden end.
import { ask, build, end, environment, expect, folder, gift, giftrule, ledger, shout, start, test } from './frame.mjs';
import { spawn } from 'node:child_process';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';

// ---- the tests

const token = giftrule('serve', 'token', 'add', 'desk', '--scopes', 'check reserve', '--ledger', ledger).trim();
const bearer = { Authorization: `Bearer ${token}` };
let server = await start('--access-log', join(folder, 'access.log'));

await test('it says how it does', async () => {
  expect((await ask(server, 'GET', '/health')).text, 'ok\n', '/health');
  const reply = await ask(server, 'GET', '/metrics');
  expect(reply.status, 200, '/metrics');
  expect(/giftrule_calls_total\{route="\/health",status="200"\} 1/.test(reply.text), true, 'the count of /health');
});

await test('headers of a reply', async () => {
  const reply = await ask(server, 'GET', '/api/v1/openapi.json');
  expect(reply.status, 200, 'the document');
  expect(reply.headers['x-content-type-options'], 'nosniff', 'nosniff');
  expect(reply.headers['content-security-policy'].startsWith("default-src 'none'"), true, 'the policy');
  const head = await ask(server, 'HEAD', '/api/v1/openapi.json');
  expect(head.status, 200, 'HEAD');
  expect(head.text, '', 'the body of HEAD');
  expect(head.headers['content-length'], reply.headers['content-length'], 'the length of HEAD');
});

for (const [name, method, path, options, status] of [
  ['nobody', 'POST', '/api/v1/check', { body: gift('Una Kerr', '10.00') }, 401],
  ['a token that is none', 'POST', '/api/v1/check', { body: gift('Una Kerr', '10.00'), headers: { Authorization: 'Bearer x' } }, 401],
  ['a scope that is missing', 'GET', '/api/v1/findings', { headers: bearer }, 403],
  ['nothing there', 'GET', '/api/v1/nothing', { headers: bearer }, 404],
  ['another method', 'DELETE', '/api/v1/check', { headers: bearer }, 405],
  ['another type', 'POST', '/api/v1/check', { body: 'a=1', headers: { ...bearer, 'Content-Type': 'text/plain' } }, 415],
  ['half a document', 'POST', '/api/v1/check', { body: '{"giver"', headers: bearer }, 400],
  ['no UTF-8', 'POST', '/api/v1/check', { body: Buffer.from([0x22, 0xff, 0x22]), headers: bearer }, 400],
  ['a NUL', 'POST', '/api/v1/check', { body: Buffer.from([0x7b, 0, 0x7d]), headers: bearer }, 400],
  ['too much', 'POST', '/api/v1/check', { body: 'x'.repeat(100 * 1024), headers: bearer }, 413],
  ['a bad escape', 'GET', '/api/v1/people?q=%zz', { headers: bearer }, 400],
  ['a hidden NUL', 'GET', '/api/v1/%00', { headers: bearer }, 400],
]) {
  await test(`${name} is ${status}`, async () => {
    const reply = await ask(server, method, path, options);
    expect(reply.status, status, 'the status');
    expect(typeof reply.json().error.message, 'string', 'the message');
    expect(typeof reply.json().error.hint, 'string', 'the hint');
  });
}

for (const [name, text, status] of [
  ['no host', 'GET /health HTTP/1.1\r\n\r\n', 400],
  ['a path that is none', 'GET health HTTP/1.1\r\nHost: x\r\n\r\n', 400],
  ['a header too long', `GET /health HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(64 * 1024)}\r\n\r\n`, 431],
]) {
  await test(`${name} is refused`, async () => {
    const reply = await shout(server, text);
    const got = Number(reply.slice(9, 12));
    expect(got >= 400 && got < 500, true, `${reply.slice(0, 40)}: a 4xx (${status})`);
  });
}

await test('on what is no request at all it hangs up', async () => {
  expect(await shout(server, 'rubbish\r\n\r\n'), '', 'the reply');
  expect((await ask(server, 'GET', '/health')).status, 200, '/health');
});

await test('a check keeps nothing, and a key keeps its answer', async () => {
  const check = await ask(server, 'POST', '/api/v1/check', { body: gift('Ann Key', '85.00'), headers: bearer });
  expect(check.json().decision, 'approved', 'the decision');
  expect(check.json().approval, null, 'the approval');
  const once = { ...bearer, 'Idempotency-Key': 'k-1' };
  const first = await ask(server, 'POST', '/api/v1/reserve', { body: gift('Ann Key', '85.00'), headers: once });
  const second = await ask(server, 'POST', '/api/v1/reserve', { body: gift('Ann Key', '85.00'), headers: once });
  expect(/^PA-\d{4}-\d{4}$/.test(first.json().approval), true, 'a number');
  expect(second.text, first.text, 'the second answer');
  const other = await ask(server, 'POST', '/api/v1/reserve', { body: gift('Ann Key', '86.00'), headers: once });
  expect(other.status, 409, 'another gift by the same key');
});

await test('many who ask at once never get more than is left', async () => {
  const replies = await Promise.all(Array.from({ length: 24 }, () =>
    ask(server, 'POST', '/api/v1/reserve', { body: gift('Last Part', '100.00'), headers: bearer })));
  expect(replies.filter((r) => r.status === 200 && r.json().approval).length, 3, 'approvals');
  expect(replies.every((r) => r.status === 200 || r.status === 503), true, 'every answer is one');
});

await test('a thousand slow clients keep nobody waiting', async () => {
  const slow = [];
  for (let i = 0; i < 1000; i++)
    slow.push(new Promise((resolve) => {
      const socket = net.connect(server.port, '127.0.0.1', () => { socket.write('POST /api/v1/check HTTP/1.1\r\nHost: x\r\nX-Slow: '); resolve(socket); });
      socket.on('error', () => resolve(socket));
    }));
  const sockets = await Promise.all(slow);
  const began = Date.now();
  for (let i = 0; i < 20; i++)
    expect((await ask(server, 'POST', '/api/v1/check', { body: gift('Una Kerr', '10.00'), headers: bearer })).status, 200, 'a check');
  const took = Date.now() - began;
  sockets.forEach((socket) => socket.destroy());
  expect(took < 5000, true, `20 checks took ${took} ms: less than 5 s`);
});

await test('who writes in the ledger for long keeps no check waiting', async () => {
  const audit = spawn(join(build, 'giftrule'), ['audit', '-', '--ledger', ledger, '-q'], { env: environment, stdio: ['pipe', 'ignore', 'ignore'] });
  audit.stdin.write('<gift-log xmlns="urn:giftrule:gift-log:1">');
  await new Promise((resolve) => setTimeout(resolve, 500)); // it has the ledger now
  const waiting = Array.from({ length: 12 }, (_, i) =>
    ask(server, 'POST', '/api/v1/reserve', { body: gift(`Person Waiting${i}`, '20.00'), headers: bearer }));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const began = Date.now();
  for (let i = 0; i < 10; i++)
    expect((await ask(server, 'POST', '/api/v1/check', { body: gift('Una Kerr', '10.00'), headers: bearer })).status, 200, 'a check');
  const took = Date.now() - began;
  audit.stdin.end('</gift-log>');
  const replies = await Promise.all(waiting);
  expect(took < 2000, true, `10 checks took ${took} ms: less than 2 s`);
  expect(replies.every((r) => r.status === 200 && r.json().approval), true, 'each of those who waited is answered');
});

await test('what was answered is kept, whenever it is killed', async () => {
  const numbers = [];
  for (let round = 0; round < 3; round++) {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 8 });
    let goes = true;
    const clients = Array.from({ length: 8 }, async (_, client) => {
      for (let i = 0; goes && i < 200; i++) {
        try {
          const reply = await ask(server, 'POST', '/api/v1/reserve', { agent, headers: bearer,
            body: gift(`Person Number${round * 10000 + client * 1000 + i}`, '20.00') });
          if (reply.status === 200 && reply.json().approval) numbers.push(reply.json().approval);
        } catch { return; }
      }
    });
    await new Promise((resolve) => setTimeout(resolve, 400 + 150 * round));
    server.child.kill('SIGKILL');
    await server.ended;
    goes = false;
    await Promise.all(clients);
    agent.destroy();
    server = await start();
  }
  expect(numbers.length > 0, true, 'something was answered');
  expect(new Set(numbers).size, numbers.length, 'no number was given twice: how many');
  for (const number of numbers)
    expect((await ask(server, 'GET', `/api/v1/approvals/${number}`, { headers: bearer })).status, 200, number);
  expect(giftrule('ledger', 'verify', ledger).startsWith('The ledger is whole'), true, 'the ledger');
});

await test('it ends when it is told to', async () => {
  server.child.kill('SIGTERM');
  expect(await server.ended, 0, 'the exit status');
});

await test('a public address needs TLS', async () => {
  try {
    giftrule('serve', '--ledger', ledger, '--listen', '0.0.0.0:0');
  } catch (error) {
    expect(error.status, 2, 'the exit status');
    return;
  }
  throw new Error('it was served');
});

end();
