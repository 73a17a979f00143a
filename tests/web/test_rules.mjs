// Rulebooks as pages: every one that is in the rule folder.
import { assert, assertValidHtml, filesBelow, folder, giftrule, join, readFileSync, root, shoot, test, withPage } from "./frame.mjs";
import { writeFileSync } from "node:fs";
import { basename } from "node:path";

const where = folder();
const ids = filesBelow(join(root, "rules/rulebooks"), ".xml").map((file) => basename(file, ".xml"));
const pages = ids.map((id) => {
    const file = join(where, `${id}.html`);

    writeFileSync(file, giftrule("rules", "show", id, "--format", "html"));
    return file;
});

test("every rulebook is valid HTML", () => assertValidHtml(pages));

test("every rulebook opens in a browser without a complaint, with its title and text", async () => {
    assert.ok(pages.length >= 14);
    for (const [i, file] of pages.entries()) {
        await withPage(file, {}, async (page) => {
            assert.notEqual(await page.title(), "");
            assert.equal(await page.locator("h1").count(), 1);
            assert.ok((await page.locator("body").innerText()).length > 500);
            await shoot(page, `rules-${ids[i]}`);
        });
    }
});

test("a page with a mistake is not valid, so the checker can fail", () => {
    const file = join(where, "broken.html");

    writeFileSync(file, readFileSync(pages[0], "utf8").replace("<h1", "<blink>no</blink><h1"));
    assert.throws(() => assertValidHtml([file]));
});
