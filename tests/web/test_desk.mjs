// The desk in a browser, from the question to the report: an executive asks, an officer decides, the gift arrives in an
// export, and the report shows it. And each page by the checker of HTML, and without script.
import { assert, assertValidHtml, folder, giftrule, join, root, test, withBrowser } from "./frame.mjs";
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const environment = { ...process.env };
delete environment.SOURCE_DATE_EPOCH; // sessions and days are real

const ledger = join(folder(), "gifts.db");
const passwords = { dana: "a long enough word of dana", olga: "a long enough word of olga" };

giftrule("audit", "--ledger", ledger, "samples/gift-log.xml", "samples/roster");
for (const [name, role, giver, shown] of [["dana", "executive", "AE-017", "Dana Fox"], ["olga", "officer", "AE-900", "Olga Berg"]]) {
    const done = spawnSync("giftrule", ["serve", "user", "add", name, "--role", role, "--giver", giver, "--shown", shown, "--ledger", ledger],
        { cwd: root, input: `${passwords[name]}\n`, encoding: "utf8" });

    assert.equal(done.status, 0, done.stderr);
}

const server = spawn("giftrule", ["serve", "--ledger", ledger, "--listen", "127.0.0.1:0"], { cwd: root, env: environment });
const site = await new Promise((found, failed) => {
    server.stdout.on("data", (said) => found(String(said).match(/http:\S+/)[0]));
    server.on("exit", () => failed(new Error("the server ended")));
});
process.on("exit", () => server.kill("SIGKILL"));

async function signIn(browser, name, options = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();

    page.on("pageerror", (error) => assert.fail(error.message));
    await page.goto(`${site}/sign-in`);
    await page.fill("[name=name]", name);
    await page.fill("[name=password]", passwords[name]);
    await page.press("[name=password]", "Enter");
    await page.waitForURL(`${site}/`);
    return page;
}

async function fill(page, facts) {
    await page.goto(`${site}/ask`);
    for (const [name, value] of Object.entries(facts)) {
        const field = page.locator(`[name="${name}"]`).first();

        if ((await field.evaluate((element) => element.tagName)) === "SELECT")
            await field.selectOption(value);
        else
            await field.fill(value);
    }
}

const wedding = { name: "Jane Roe", employer: "Acme Pension Fund", "employer-kind": "institutional-customer", date: "2026-12-10",
    cost: "350.00", occasion: "wedding", payer: "giver" };

test("the story: asked, referred, approved, given, reported", async () => {
    await withBrowser(async (browser) => {
        const dana = await signIn(browser, "dana");

        await fill(dana, wedding);
        await dana.getByRole("button", { name: "Check" }).click();
        await dana.waitForLoadState();
        assert.match(await dana.innerText("main"), /Referred/);
        await dana.getByRole("button", { name: "Ask for approval" }).click();
        await dana.waitForURL(/\/requests\/RQ-/);
        const number = dana.url().match(/RQ-\d{4}-\d{4}/)[0];

        const olga = await signIn(browser, "olga");
        await olga.goto(`${site}/queue`);
        assert.match(await olga.innerText("main"), new RegExp(number));
        await olga.getByText("Approve", { exact: true }).first().click();
        await olga.locator(`form[action$="/approve"] [name=note]`).first().fill("Both were friends before they met at work");
        await olga.locator(`form[action$="/approve"] button`).first().click();
        await olga.waitForURL(/queue|requests/);

        await dana.goto(`${site}/requests/${number}`);
        const said = await dana.innerText("main");
        const approval = said.match(/PA-\d{4}-\d{4}/)?.[0];
        assert.match(said, /[Aa]pproved/);
        assert.ok(approval, said);

        const log = join(folder(), "december.xml");
        writeFileSync(log, `<gift-log xmlns="urn:giftrule:gift-log:1"><gift id="G-WED" date="2026-12-10"><giver id="AE-017">Dana Fox</giver>
<payer>giver</payer><relationship>none</relationship><occasion>wedding</occasion><recipient><name>Jane Roe</name>
<employer kind="institutional-customer">Acme Pension Fund</employer></recipient><description>Vase</description>
<cost>350.00</cost><approval>${approval}</approval></gift></gift-log>`);
        const report = giftrule("audit", "--ledger", ledger, log, "--new", "--format", "json");
        assert.match(report, /G-WED/);
        await olga.goto(`${site}/findings?gift=G-WED`);
        assert.match(await olga.innerText("main"), /G-WED|Jane Roe/);
    });
});

test("what is denied is told at once, and nobody decides on his or her own request", async () => {
    await withBrowser(async (browser) => {
        const dana = await signIn(browser, "dana");

        await fill(dana, { ...wedding, occasion: "none", payer: "firm", cost: "900.00" });
        await dana.getByRole("button", { name: "Check" }).click();
        await dana.waitForLoadState();
        assert.match(await dana.innerText("main"), /Denied/);
        const own = await dana.request.post(`${site}/requests/RQ-2026-0001/approve`, { form: { note: "x" } });
        assert.equal(own.status(), 403);
    });
});

test("pages are valid HTML, and no wider than a phone", async () => {
    const where = folder();

    await withBrowser(async (browser) => {
        const olga = await signIn(browser, "olga", { viewport: { width: 360, height: 740 } });
        const pages = ["/", "/ask", "/requests", "/queue", "/findings", "/people", "/dashboard", "/reports", "/rules", "/rules/finra-3220"];

        for (const [i, page] of pages.entries()) {
            await olga.goto(site + page);
            const wide = await olga.evaluate(() => document.documentElement.scrollWidth);
            assert.ok(wide <= 360, `${page} is ${wide} wide`);
            writeFileSync(join(where, `${i}.html`), await (await olga.request.get(site + page)).text());
        }
        assertValidHtml(pages.map((_, i) => join(where, `${i}.html`)));
    });
});

test("with script, who it may be and what is left are told while one types", async () => {
    await withBrowser(async (browser) => {
        const dana = await signIn(browser, "dana");

        await dana.goto(`${site}/ask`);
        await dana.locator("[name=name]").first().pressSequentially("Viv");
        await dana.getByText("Vivian Lau").first().waitFor();
    });
});

test("asking works without script", async () => {
    await withBrowser(async (browser) => {
        const dana = await signIn(browser, "dana", { javaScriptEnabled: false });

        await dana.goto(`${site}/ask`);
        await dana.fill("[name=name]", "Jane Roe");
        await dana.fill("[name=employer]", "Acme Pension Fund");
        await dana.fill("[name=date]", "2027-02-10");
        await dana.fill("[name=cost]", "20.00");
        await dana.getByRole("button", { name: "Check" }).click();
        assert.match(await dana.innerText("main"), /Approved/);
        await dana.goto(`${site}/ask`);
        await dana.getByRole("button", { name: "Check" }).click();
        assert.match(await dana.innerText("main"), /cost/i); // what is missing is told at its field
    });
});

test("who is signed out sees nothing", async () => {
    await withBrowser(async (browser) => {
        const dana = await signIn(browser, "dana");

        await dana.getByRole("button", { name: "Sign out" }).click();
        await dana.waitForURL(/sign-in/);
        await dana.goto(`${site}/requests`);
        assert.match(dana.url(), /sign-in/);
        server.kill("SIGTERM");
    });
});
