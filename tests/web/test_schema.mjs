// The JSON of reports, by the schema that is published for it: whatever the report has must be declared there.
import { assert, folder, giftrule, join, need, rates, readFileSync, root, sampleLedger, test } from "./frame.mjs";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";

const Ajv = need("ajv/dist/2020").default;
const schema = JSON.parse(readFileSync(join(root, "include/report.schema.json"), "utf8"));
const validate = new Ajv({ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true }).compile(schema);

function assertFits(document, what) {
    const errors = validate(document) ? [] : validate.errors;

    assert.equal(errors.length, 0, `${what}: ${errors.length} errors\n` + errors.slice(0, 8).map(
        (e) => `  ${e.instancePath || "/"} ${e.message} ${JSON.stringify(e.params)}`).join("\n"));
}

function report(...args) {
    const document = JSON.parse(giftrule(...args, "--format", "json"));

    assertFits(document, args.join(" "));
    return document;
}

const audit = (...args) => report("audit", ...args);

/** Every name that objects of the document have, by the names above it: "account_executives[].findings[].id". */
function paths(value, path = "", all = new Set()) {
    if (Array.isArray(value))
        value.forEach((one) => paths(one, `${path}[]`, all));
    else if (value && typeof value === "object")
        Object.entries(value).forEach(([name, one]) => paths(one, path ? `${path}.${name}` : name, all.add(path ? `${path}.${name}` : name)));
    return all;
}

test("an audit of the samples, with and without a roster, pairs, days", () => {
    audit(...rates, "samples");
    assert.ok(audit(...rates, "samples", "samples/roster", "--pairs").reconciliation.pairs.length > 0);
    audit(...rates, "samples", "--from", "2026-01-01", "--to", "2026-03-31");
    audit(...rates, "samples", "--set", "period=unstated");
});

test("empty, refused and quarantined inputs", () => {
    const empty = join(folder(), "empty.xml");

    writeFileSync(empty, '<gift-log xmlns="urn:giftrule:gift-log:1"/>');
    assert.equal(audit(empty).summary.gifts, 0);
    const done = spawnSync("giftrule", ["audit", "-f", "json", "tests/golden/one-refused/in"], { cwd: root, encoding: "utf8" });
    assert.equal(done.status, 3);
    assertFits(JSON.parse(done.stdout), "one-refused");
});

test("every golden report in JSON", () => {
    const cases = readdirSync(join(root, "tests/golden"))
        .map((name) => join(root, "tests/golden", name, "expected"))
        .filter((file) => existsSync(file) && readFileSync(file, "utf8").startsWith('{\n  "giftrule"'));

    assert.ok(cases.length >= 3);
    for (const file of cases) {
        if (file.includes("register-json")) continue; // the register is another document, without a schema yet
        const whole = readFileSync(file, "utf8").replaceAll('"(digest)"', `"${"0".repeat(64)}"`);
        // one is cut before what changes with every word of the rulebooks
        assertFits(JSON.parse(whole.endsWith("}\n") ? whole : `${whole}  "assumptions": []\n}`), file);
    }
});

test("an audit into a ledger, with its news; only what is new", () => {
    const ledger = join(folder(), "l");

    assert.ok(audit("--ledger", ledger, ...rates, "samples/gift-log.xml").run.news.records.new > 0);
    assert.ok(audit("--ledger", ledger, ...rates, "samples", "--new").run.since);
});

test("reports of a ledger: whole, since, filtered, by role", () => {
    const ledger = sampleLedger();

    report("report", ledger);
    assert.ok(report("report", ledger, "--since", "last").run.since);
    assert.ok(report("report", ledger, "--recipient", "Jane Roe").filter.length === 1);
    for (const role of ["examiner", "auditor", "executive"])
        assert.equal(report("report", ledger, "--role", role, "--executive", "AE-017").role, role);
});

test("decided findings, and those that have changed since", () => {
    const ledger = join(folder(), "l");
    const log = (...gifts) => {
        const file = join(folder(), "log.xml");

        writeFileSync(file, spawnSync("tests/cli/gift-log.sh", gifts, { cwd: root, encoding: "utf8" }).stdout);
        return file;
    };
    const first = audit("--ledger", ledger, log("G1,2026-05-01,350", "G2,2026-05-03,90"));
    const ids = first.account_executives[0].findings.map((f) => f.id);

    assert.equal(ids.length, 2);
    for (const id of ids)
        giftrule("ledger", "resolve", id, "--ledger", ledger, "--accept", "--reason", "seen", "--author", "me");
    assert.equal(report("report", ledger).account_executives[0].findings[0].decision.kind, "accept");
    const changed = audit("--ledger", ledger, log("G1,2026-05-01,360", "G2,2026-05-03,90"));

    assert.ok(changed.account_executives[0].findings.some((f) => f.decided_before?.kind === "accept"));
});

test("a broken document does not fit", () => {
    const good = audit(...rates, "samples", "samples/roster");
    const breaks = [
        (d) => { d.extra = 1; },
        (d) => { delete d.summary.line; },
        (d) => { d.summary.gifts = "212"; },
        (d) => { d.run.as_of = "23 November 2026"; },
        (d) => { d.run.inputs[0].size = 12; },
        (d) => { d.account_executives[0].findings[0].limit = 300.00; },
        (d) => { d.account_executives[0].findings[0].limit = "300.0"; },
        (d) => { d.account_executives[0].findings[0].verdict = "guilty"; },
        (d) => { delete d.account_executives[0].findings[0].total; },
        (d) => { d.account_executives[0].findings[0].counted[0].value.certain = null; },
        (d) => { d.account_executives[0].clients = null; },
        (d) => { d.role = "auditor"; },
    ];

    for (const [i, change] of breaks.entries()) {
        const bad = structuredClone(good);

        change(bad);
        assert.equal(validate(bad), false, `change ${i} goes unnoticed`);
    }
});

test("every field says what it is", () => {
    const silent = [];
    const look = (node, path) => {
        for (const [name, one] of Object.entries(node.properties ?? {})) {
            const told = one.description ?? (one.$ref && schema.$defs[one.$ref.split("/").at(-1)].description);

            if (!told)
                silent.push(`${path}.${name}`);
            look(one, `${path}.${name}`);
            look(one.items ?? {}, `${path}.${name}[]`);
        }
        for (const [name, one] of Object.entries(node.$defs ?? {}))
            look(one, name);
    };

    look(schema, "");
    assert.deepEqual(silent, []);
    assert.ok(paths(audit(...rates, "samples")).size > 80);
});
