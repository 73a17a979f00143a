// The OpenAPI document, and the server held to it: what the tests of the desk were answered fits what the document says.
import { assert, folder, join, need, readFileSync, root, test } from "./frame.mjs";
import { spawnSync } from "node:child_process";

const Ajv = need("ajv/dist/2020").default;
const document = JSON.parse(readFileSync(join(root, "include/openapi.json"), "utf8"));
const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true, allowUnionTypes: true });

ajv.addVocabulary(["components"]);
ajv.addSchema({ $id: "openapi", components: JSON.parse(JSON.stringify(document.components)) });

/** The schema of what is answered: what is in the document refers to its own components. */
const compiled = new Map();

function validator(schema) {
    const key = JSON.stringify(schema);

    if (!compiled.has(key))
        compiled.set(key, ajv.compile(JSON.parse(key.replaceAll('"#/components', '"openapi#/components'))));
    return compiled.get(key);
}

function replies(program) {
    const file = join(folder(), "replies");
    const done = spawnSync(join(process.env.PATH.split(":")[0], "tests/unit", program), [],
        { cwd: root, encoding: "utf8", env: { ...process.env, GR_DESK_REPLIES: file } });

    assert.equal(done.status, 0, done.stderr);
    return readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line));
}

/** What the document says of such a reply; undefined where there is no such path. */
function said(reply) {
    const path = reply.route.replace("/api/v1", "").replaceAll(/:(\w+)/g, "{$1}");
    const operation = document.paths[path]?.[reply.method.toLowerCase()];
    const answer = operation?.responses[reply.status];

    if (reply.route)
        assert.ok(answer, `${reply.method} ${reply.route} answers ${reply.status}, which is not described`);
    return answer?.$ref ? document.components.responses[answer.$ref.split("/").at(-1)] : answer;
}

for (const program of ["test_desk_json", "test_desk_roles"])
    test(`every reply of ${program} is described`, () => {
        const all = replies(program);
        const error = document.components.responses.Error;

        assert.ok(all.length > 50);
        for (const reply of all) {
            const content = (said(reply) ?? error).content[reply.type];

            assert.ok(content, `${reply.method} ${reply.route}: ${reply.type}`);
            if (reply.type !== "application/json")
                continue;
            const validate = validator(content.schema);

            assert.ok(validate(JSON.parse(reply.body)),
                `${reply.method} ${reply.route} ${reply.status}: ${JSON.stringify(validate.errors?.slice(0, 4))}\n${reply.body}`);
        }
    });

test("a broken reply does not fit", () => {
    const validate = validator({ $ref: "#/components/schemas/Error" });
    const good = { giftrule: 1, error: { status: "usage", message: "m", hint: "", file: "", line: 0, column: 0 } };

    assert.ok(validate(good));
    assert.ok(!validate({ ...good, more: 1 }));
    assert.ok(!validate({ ...good, error: { ...good.error, status: "bad" } }));
    assert.ok(!validate({ giftrule: 1 }));
});

test("every path has its operation described once", () => {
    const ids = Object.values(document.paths).flatMap((item) => Object.values(item).map((o) => o.operationId));

    assert.equal(new Set(ids).size, ids.length);
    for (const item of Object.values(document.paths))
        for (const operation of Object.values(item))
            assert.ok(operation.summary && Object.keys(operation.responses).length > 0);
});
