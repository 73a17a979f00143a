// The report as pages: its numbers are those of the JSON of the same ledger, its links lead somewhere, it fits a telephone.
import { assert, assertValidHtml, filesBelow, folder, giftrule, join, readFileSync, sampleLedger, shoot, test, withPage } from "./frame.mjs";
import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";

const ledger = sampleLedger();
const where = join(folder(), "pages");
const one = join(folder(), "report.html");

giftrule("report", "--ledger", ledger, "--format", "html", "-o", where);
giftrule("report", "--ledger", ledger, "--format", "html", "-o", one);

const json = JSON.parse(giftrule("report", "--ledger", ledger, "--format", "json"));
const pages = filesBelow(where, ".html");
const findings = json.account_executives.flatMap((who) => who.findings);

test("every page is valid HTML", () => assertValidHtml([...pages, one]));

test("the figures of the overview are those of JSON", async () => {
    for (const file of [join(where, "index.html"), one]) {
        await withPage(file, {}, async (page) => {
            const shown = Object.fromEntries(await page.$$eval(".figures > div", (all) =>
                all.map((e) => [e.querySelector("dt").textContent, e.querySelector("dd").textContent])));

            assert.equal(shown.violations, String(json.summary.violations));
            assert.equal(shown["to review"], String(json.summary.needs_review));
            assert.equal(shown.warnings, String(json.summary.warnings));
            assert.equal(shown["in quarantine"], String(json.summary.quarantined));
            assert.equal(shown.gifts, String(json.summary.gifts));
            assert.equal(shown.recipients, String(json.summary.recipients));
        });
    }
});

test("every finding stands in the one page, with the total, the limit and the excess of JSON", async () => {
    assert.ok(findings.length > 50);
    await withPage(one, {}, async (page) => {
        const shown = await page.evaluate(() => Object.fromEntries([...document.querySelectorAll("[id^=F-]")].map((e) => [e.id, {
            verdict: e.dataset.verdict,
            money: Object.fromEntries(["total", "limit", "over"].map((name) =>
                [name, [...e.querySelectorAll(`tfoot .${name} td.right`)].map((td) => td.textContent)])),
            text: e.textContent,
        }])));

        for (const f of findings) {
            const e = shown[f.id];

            assert.ok(e, `${f.id} is not there`);
            if (!e.verdict) { // a row of those near the limit
                assert.ok(e.text.includes(f.total.certain) && e.text.includes(f.limit), f.id);
                continue;
            }
            assert.equal(e.verdict, f.verdict, f.id);
            if (!f.limit || f.unit === "gifts" || f.is_count)
                continue;
            assert.equal(Number(e.money.limit[0]), Number(f.limit), f.id);
            assert.equal(Number(e.money.total[0]), Number(f.total.certain), f.id);
            if (f.over && Number(f.over) > 0)
                assert.equal(Number(e.money.over[0]), Number(f.over), f.id);
        }
    });
});

test("every link leads to a page, and to a place on it", () => {
    const text = new Map([...pages, one].map((file) => [file, readFileSync(file, "utf8")]));
    const ids = new Map([...text].map(([file, t]) => [file, new Set([...t.matchAll(/ id="([^"]*)"/g)].map((m) => m[1]))]));
    let count = 0;

    for (const [file, t] of text)
        for (const [, href] of t.matchAll(/ href="([^"]*)"/g)) {
            const [to, anchor] = href.split("#");
            const target = to ? resolve(dirname(file), to) : file;

            assert.ok(existsSync(target), `${relative(where, file)}: ${href}`);
            assert.ok(!anchor || ids.get(target).has(anchor), `${relative(where, file)}: ${href}`);
            count++;
        }
    assert.ok(count > 500);
});

test("no page is wider than a telephone, each has one title, and nothing complains", async () => {
    for (const file of [...pages, one])
        await withPage(file, { viewport: { width: 390, height: 844 } }, async (page) => {
            const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

            assert.ok(over <= 0, `${relative(where, file)} is ${over} too wide`);
            assert.equal(await page.locator("h1").count(), 1, file);
            await shoot(page, `report-390-${relative(where, file).replaceAll(/\W/g, "-")}`);
        });
});

test("headings go down by one step at a time", async () => {
    for (const file of [...pages, one])
        await withPage(file, {}, async (page) => {
            const levels = await page.$$eval("h1,h2,h3,h4,h5,h6", (all) => all.map((e) => Number(e.tagName[1])));

            levels.forEach((level, i) => assert.ok(i === 0 ? level === 1 : level <= levels[i - 1] + 1,
                `${relative(where, file)}: heading ${i}`));
        });
});

test("it can be printed", async () => {
    await withPage(join(where, "index.html"), {}, async (page) => {
        const pdf = await page.pdf({ format: "Letter" });

        assert.ok((pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) ?? []).length >= 2);
    });
});
