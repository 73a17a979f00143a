// tests/web/frame.mjs - what a test_*.mjs imports: test("what holds", async () => { ... }), assertions, the program, a ledger of
// samples, pages in Chromium, the checker of HTML, packages below BUILD/web.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const web = process.env.GR_WEB;

/** A package of tests/web/package.json: need("ajv/dist/2020"). */
export const need = createRequire(join(resolve(web), "package.json"));

// ---- tests

const tests = [];

export function test(name, run) {
    tests.push({ name, run });
}

/** Runs the tests of each file one after another, says which fail and why, and at the end how many there were. */
export async function runTests(files) {
    let passed = 0, failed = 0;

    for (const file of files) {
        await import(pathToFileURL(resolve(file)).href);
        for (const { name, run } of tests.splice(0)) {
            try {
                await run();
                passed++;
            } catch (error) {
                failed++;
                console.log(`FAILED ${file}: ${name}\n${error.stack ?? error}`);
            }
        }
    }
    await closeAll();
    console.log(`${passed} passed, ${failed} failed`);
    return failed === 0 && passed > 0;
}

// ---- the program

/** An empty folder, removed at the end. */
const folders = [];

export function folder() {
    folders.push(mkdtempSync(join(tmpdir(), "giftrule-web-")));
    return folders.at(-1);
}

/** Runs giftrule from the root of the repository. Any exit status that only tells of findings is right. */
export function giftrule(...args) {
    const done = spawnSync("giftrule", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 30 });

    assert.ok(done.status === 0 || done.status === 1,
        `giftrule ${args.join(" ")}: status ${done.status}\n${done.stderr}`);
    return done.stdout;
}

export const rates = ["--set", "rates=samples/rules/rates.xml"];

/** A ledger of the samples: the first run brings the log, the second all the rest and the roster. */
let sampled;

export function sampleLedger() {
    if (!sampled) {
        sampled = join(folder(), "gifts.db");
        giftrule("audit", "--ledger", sampled, "--author", "tests", ...rates, "samples/gift-log.xml");
        giftrule("audit", "--ledger", sampled, "--author", "tests", ...rates, "samples", "samples/roster");
    }
    return sampled;
}

/** Every file below a folder that ends so. */
export function filesBelow(where, end) {
    return readdirSync(where, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1)).flatMap((entry) => {
        const path = join(where, entry.name);

        return entry.isDirectory() ? filesBelow(path, end) : path.endsWith(end) ? [path] : [];
    });
}

// ---- HTML

// xmlTextWriter closes void elements so; HTML allows it, and every attribute of ours is quoted.
const selfClosing = "Trailing slash on void elements has no effect";
// A keyboard of digits where there is one; elsewhere the attribute does nothing.
const digits = "The “inputmode” attribute is not supported in all browsers";

/** What the Nu HTML checker finds in these files, which may be many: "file:line: error: message". */
export function htmlErrors(files) {
    const jar = join(web, "node_modules/vnu-jar/build/dist/vnu.jar");
    const done = spawnSync("java", ["-Xmx384m", "-jar", jar, "--format", "json", "--stdout", ...files],
        { encoding: "utf8", maxBuffer: 1 << 28 });

    assert.ok(done.stdout.trim().startsWith("{"), `the checker of HTML says: ${done.stdout}${done.stderr}`);
    return JSON.parse(done.stdout).messages.filter((m) => !m.message.startsWith(selfClosing) && !m.message.startsWith(digits)).map(
        (m) => `${m.url}:${m.lastLine}: ${m.subType ?? m.type}: ${m.message} | ${m.extract ?? ""}`);
}

export function assertValidHtml(files) {
    assert.ok(files.length > 0, "there is no page");
    const errors = htmlErrors(files);

    assert.equal(errors.length, 0, `${errors.length} errors\n${errors.slice(0, 10).join("\n")}`);
}

// ---- the browser

let browser;

async function startBrowser() {
    const { chromium } = need("playwright-core");
    const at = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();

    browser = await chromium.launch({
        executablePath: at, args: process.getuid() === 0 ? ["--no-sandbox"] : [],
    });
}

/** Opens a page from its file and passes it to look. Fails if the page says an error, or asks for anything that is no file.
 *  options: those of playwright's newContext, such as { viewport: { width: 390, height: 844 }, colorScheme: "dark" }. */
export async function withPage(file, options, look) {
    if (!browser)
        await startBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints = [];

    page.on("console", (m) => ["error", "warning"].includes(m.type()) && complaints.push(`console: ${m.text()}`));
    page.on("pageerror", (e) => complaints.push(`error: ${e.message}`));
    page.on("requestfailed", (r) => complaints.push(`not loaded: ${r.url()}`));
    page.on("request", (r) => /^(file|data):/.test(r.url()) || complaints.push(`asks for ${r.url()}`));
    try {
        await page.goto(pathToFileURL(resolve(file)).href, { waitUntil: "load" });
        await look(page);
        assert.deepEqual(complaints, [], file);
    } finally {
        await context.close();
    }
}

/** The browser itself, for what a server writes; contexts are closed afterwards. */
export async function withBrowser(look) {
    if (!browser)
        await startBrowser();
    try {
        await look(browser);
    } finally {
        await Promise.all(browser.contexts().map((context) => context.close()));
    }
}

/** A picture to look at, in BUILD/web/shots; only with GR_SHOTS=1. */
export async function shoot(page, name) {
    const where = join(web, "shots");

    if (!process.env.GR_SHOTS)
        return;
    mkdirSync(where, { recursive: true });
    await page.screenshot({ path: join(where, `${name}.png`), fullPage: true });
}

async function closeAll() {
    await browser?.close();
    for (const one of folders)
        rmSync(one, { recursive: true, force: true });
}

export { assert, join, readFileSync, statSync };
