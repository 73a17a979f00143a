// tests/serve/test_people.mjs BUILD - the HTTP server as people meet it: signing in, cookies, forms that are not ours, guessing,
// proxies, TLS, what is cached, many at once, the log.
import { addUser, ask, build, end, environment, expect, folder, ledger, shout, start, test } from './frame.mjs';
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync, renameSync } from 'node:fs';
import https from 'node:https';
import net from 'node:net';
import { join } from 'node:path';

const password = 'several words in a row';

addUser('dana', password, '--role', 'executive', '--giver', 'AE-017', '--shown', 'Dana Fox');
addUser('olga', password, '--role', 'officer');
addUser('mark', password, '--role', 'auditor');

const form = (fields) => new URLSearchParams(fields).toString();
const typed = { 'Content-Type': 'application/x-www-form-urlencoded' };
const post = (server, path, fields, headers = {}) =>
  ask(server, 'POST', path, { body: form(fields), headers: { ...typed, ...headers } });
const secretOf = (text) => text.match(/name="csrf" value="([0-9a-f]{64})"/)?.[1];
const cookieOf = (reply, name = 'giftrule') =>
  (reply.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).find((line) => line.startsWith(`${name}=`) && line.length > name.length + 1);

async function knock(server) {
  const page = await ask(server, 'GET', '/sign-in');
  return { cookie: cookieOf(page, 'giftrule-form'), csrf: secretOf(page.text) };
}

async function signIn(server, name, word = password, more = {}) {
  const { cookie, csrf } = await knock(server);
  return post(server, '/sign-in', { csrf, name, password: word, ...more }, { Cookie: cookie });
}

// ---- the tests

const log = join(folder, 'people.log');
let server = await start('--access-log', log);

await test('nobody is shown to the door, and back again', async () => {
  const home = await ask(server, 'GET', '/queue');
  expect(home.status, 303, '/queue');
  expect(home.headers.location, '/sign-in?to=/queue', 'the way');
  const reply = await signIn(server, 'olga', password, { to: '/queue' });
  expect(reply.status, 303, 'signing in');
  expect(reply.headers.location, '/queue', 'the way back');
  for (const to of ['//evil.example', '/\\evil.example', 'https://evil.example', '/a b'])
    expect((await signIn(server, 'olga', password, { to })).headers.location, '/', to);
});

await test('the cookie of a session', async () => {
  const reply = await signIn(server, 'olga');
  const line = reply.headers['set-cookie'].find((l) => l.startsWith('giftrule='));
  for (const word of ['HttpOnly', 'SameSite=Lax', 'Path=/'])
    expect(line.includes(word), true, word);
  expect(/^giftrule=[0-9a-f]{64};/.test(line), true, '256 bits');
  expect((await ask(server, 'GET', '/queue', { headers: { Cookie: cookieOf(reply) } })).status, 200, '/queue');
  expect((await ask(server, 'GET', '/queue', { headers: { Cookie: `${cookieOf(reply)}; ${cookieOf(reply)}` } })).status, 303, 'two cookies of one name');
  const again = await signIn(server, 'olga');
  expect(cookieOf(again) !== cookieOf(reply), true, 'another id at each sign-in');
});

await test('a cookie is no key to the interface of systems', async () => {
  const cookie = cookieOf(await signIn(server, 'olga'));
  expect((await ask(server, 'GET', '/api/v1/findings', { headers: { Cookie: cookie } })).status, 401, 'findings');
});

await test('forms of others are refused', async () => {
  const cookie = cookieOf(await signIn(server, 'dana'));
  const csrf = secretOf((await ask(server, 'GET', '/', { headers: { Cookie: cookie } })).text);
  const other = secretOf((await ask(server, 'GET', '/', { headers: { Cookie: cookieOf(await signIn(server, 'dana')) } })).text);
  const origin = `http://127.0.0.1:${server.port}`;
  for (const [what, fields, headers, status] of [
    ['no secret', {}, {}, 403],
    ['a wrong secret', { csrf: '0'.repeat(64) }, {}, 403],
    ['the secret of another session', { csrf: other }, {}, 403],
    ['another origin', { csrf }, { Origin: 'https://evil.example' }, 403],
    ['an origin that is hidden', { csrf }, { Origin: 'null' }, 403],
    ['another scheme', { csrf }, { Origin: origin.replace('http', 'https') }, 403],
    ['another site', { csrf }, { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['no form', { csrf }, { 'Content-Type': 'text/plain' }, 415],
    ['ours', { csrf }, { Origin: origin, 'Sec-Fetch-Site': 'same-origin' }, 303],
  ])
    expect((await post(server, '/sign-out', fields, { Cookie: cookie, ...headers })).status, status, what);
  expect((await ask(server, 'GET', '/', { headers: { Cookie: cookie } })).status, 303, 'after signing out');
});

await test('nobody signs another in by a form of his own', async () => {
  const { cookie, csrf } = await knock(server);
  expect((await post(server, '/sign-in', { name: 'olga', password }, { Cookie: cookie })).status, 403, 'without the secret');
  expect((await post(server, '/sign-in', { csrf, name: 'olga', password })).status, 403, 'without the cookie');
});

await test('who may not, may not', async () => {
  const cookie = cookieOf(await signIn(server, 'dana'));
  const csrf = secretOf((await ask(server, 'GET', '/', { headers: { Cookie: cookie } })).text);
  expect((await ask(server, 'GET', '/findings', { headers: { Cookie: cookie } })).status, 403, '/findings');
  expect((await post(server, '/people', { csrf }, { Cookie: cookie })).status, 403, 'to decide who is who');
});

await test('malformed forms are refused', async () => {
  const cookie = cookieOf(await signIn(server, 'dana'));
  const send = (body) => ask(server, 'POST', '/ask', { body, headers: { ...typed, Cookie: cookie } });
  expect((await send('a=%zz')).status, 400, 'a bad escape');
  expect((await send('a=%00')).status, 400, 'a hidden NUL');
  expect((await send('a=%ff')).status, 400, 'no UTF-8');
  expect((await send('a=1&'.repeat(500))).status, 400, 'too many fields');
  expect((await send(`a=${'x'.repeat(70000)}`)).status, 413, 'too much');
});

await test('headers that contradict are refused', async () => {
  for (const [what, head] of [
    ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n'],
    ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\n\r\n'],
    ['two cookies', 'GET / HTTP/1.1\r\nHost: a\r\nCookie: a=1\r\nCookie: b=2\r\n\r\n'],
    ['two lengths', 'POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\na=1'],
    ['two ways of length', 'POST /sign-in HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\nTransfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n0\r\n\r\n'],
    ['another server', 'GET http://evil.example/ HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['nothing', 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])
    expect((await shout(server, head)).slice(9, 12), '400', what);
});

await test('what is the same for everybody is kept', async () => {
  const first = await ask(server, 'GET', '/style.css');
  expect(first.headers['cache-control'], 'no-cache', 'the style');
  const second = await ask(server, 'GET', '/style.css', { headers: { 'If-None-Match': first.headers.etag } });
  expect(second.status, 304, 'the second time');
  expect((await ask(server, 'GET', '/sign-in')).headers['cache-control'], 'no-store', 'a page');
  expect((await ask(server, 'HEAD', '/sign-in')).text, '', 'HEAD of a page');
});

await test('a wrong password is said to be one, and the name stays', async () => {
  const reply = await signIn(server, 'mark"><b>', 'wrong');
  expect(reply.status, 403, 'the status');
  expect(reply.text.includes('mark&quot;&gt;&lt;b&gt;'), true, 'the name');
  expect(cookieOf(reply), undefined, 'a session');
});

await test('who guesses waits', async () => {
  const replies = [];
  for (let i = 0; i < 5; i++) replies.push(await signIn(server, 'mark', `guess ${i}`));
  expect(replies.slice(0, 3).every((r) => r.status === 403), true, 'the first three are heard');
  const last = await signIn(server, 'mark');
  expect(last.status, 429, 'then even the right one');
  expect(Number(last.headers['retry-after']) >= 1, true, 'Retry-After');
  await new Promise((resolve) => setTimeout(resolve, 1000 * Number(last.headers['retry-after']) + 200));
  expect((await signIn(server, 'mark')).status, 303, 'after the wait');
  expect((await signIn(server, 'olga')).status, 303, 'another one meanwhile');
  expect(/giftrule_sign_ins_throttled_total [1-9]/.test((await ask(server, 'GET', '/metrics')).text), true, 'the count');
});

await test('many guesses at once are not more than one after another', async () => {
  const { cookie, csrf } = await knock(server);
  const replies = await Promise.all(Array.from({ length: 12 }, (_, i) =>
    post(server, '/sign-in', { csrf, name: 'nobody', password: `${i}` }, { Cookie: cookie })));
  expect(replies.filter((r) => r.status === 403).length <= 3, true, 'those that were heard: at most three');
});

await test('the log tells no names, and goes on in a new file', async () => {
  const old = `${log}.1`;
  renameSync(log, old);
  server.child.kill('SIGHUP');
  for (let i = 0; i < 50; i++) {
    await ask(server, 'GET', '/health');
    try { readFileSync(log); break; } catch { await new Promise((resolve) => setTimeout(resolve, 50)); }
  }
  await ask(server, 'GET', '/requests/RQ-2026-7777?q=Jane+Roe');
  await new Promise((resolve) => setTimeout(resolve, 100));
  const lines = readFileSync(old, 'utf8') + readFileSync(log, 'utf8');
  for (const line of lines.trim().split('\n')) JSON.parse(line);
  expect(lines.match(/olga|mark|dana|Jane|RQ-|127\.0\.0\.1/)?.[0], undefined, 'a name in the log');
  expect(readFileSync(log, 'utf8').includes('/requests/:number'), true, 'the pattern');
});

await test('a connection that sends little by little is cut', async () => {
  const began = Date.now();
  await new Promise((resolve) => {
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write('GET /health HTTP/1.1\r\nHost: x\r\nX: '));
    const drip = setInterval(() => socket.write('y'), 2000);
    socket.on('error', () => {});
    socket.on('close', () => { clearInterval(drip); resolve(); });
    setTimeout(() => socket.destroy(), 40000).unref();
  });
  const took = Date.now() - began;
  expect(took > 15000 && took < 30000, true, `after ${took} ms: 20 seconds`);
});

await test('half a request does not keep it from ending', async () => {
  const sockets = ['GET /hea', 'GET /health HTTP/1.1\r\nHost', 'POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc'].map((text) => {
    const socket = net.connect(server.port, '127.0.0.1', () => socket.write(text));
    socket.on('error', () => {});
    return socket;
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  sockets.forEach((socket) => socket.destroy());
  await new Promise((resolve) => setTimeout(resolve, 200));
  const began = Date.now();
  server.child.kill('SIGTERM');
  expect(await server.ended, 0, 'the exit status');
  expect(Date.now() - began < 5000, true, 'soon');
});

await test('a proxy that is trusted signs in', async () => {
  server = await start('--proxy-user', 'X-User', '--proxy-from', '127.0.0.1');
  const reply = await ask(server, 'GET', '/queue', { headers: { 'X-User': 'olga' } });
  expect(reply.status, 200, '/queue');
  const cookie = cookieOf(reply);
  const csrf = secretOf(reply.text);
  expect((await post(server, '/people', { csrf }, { Cookie: cookie, 'X-User': 'dana' })).status, 403, 'the session of another');
  expect((await ask(server, 'GET', '/queue', { headers: { 'X-User': 'stranger' } })).status, 403, 'who has no account');
  server.child.kill('SIGTERM');
  await server.ended;
  server = await start('--proxy-user', 'X-User', '--proxy-from', '10.0.0.1');
  expect((await ask(server, 'GET', '/queue', { headers: { 'X-User': 'olga' } })).status, 303, 'from elsewhere');
  server.child.kill('SIGTERM');
  await server.ended;
});

await test('by TLS cookies are for TLS only', async () => {
  const cert = join(folder, 'cert.pem'), key = join(folder, 'key.pem');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key,
    '-out', cert, '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'], { stdio: 'ignore' });
  const child = spawn(join(build, 'giftrule'), ['serve', '--ledger', ledger, '--listen', '127.0.0.1:0', '--cert', cert, '--key', key], { env: environment });
  const port = await new Promise((resolve, reject) => {
    child.stdout.on('data', (bytes) => resolve(Number(String(bytes).match(/^listening on https:\/\/127\.0\.0\.1:(\d+)$/m)[1])));
    child.on('exit', () => reject(new Error('it ended')));
  });
  const get = (options = {}) => new Promise((resolve, reject) => {
    https.get({ host: '127.0.0.1', port, path: '/sign-in', ca: readFileSync(cert), ...options }, (reply) => {
      reply.resume();
      reply.on('end', () => resolve(reply));
    }).on('error', reject);
  });
  try {
    const reply = await get();
    expect(reply.statusCode, 200, '/sign-in');
    expect(/^__Host-giftrule-form=.*; Secure$/.test(reply.headers['set-cookie'][0]), true, 'the cookie');
    expect(reply.headers['strict-transport-security'], 'max-age=31536000', 'HSTS');
    let refused = false;
    await get({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }).catch(() => (refused = true));
    expect(refused, true, 'old versions of TLS are refused');
  } finally {
    child.kill('SIGTERM');
  }
});

end();
