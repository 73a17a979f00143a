/* src/report/evidence_page.c - the page at the front of an examiner's bundle: for which days it is, what is in it, and how
 * to check it step by step with common tools, and what these print when all is well. */
#include "report/evidence.h"

#include "base/day.h"
#include "report/document.h"
#include "report/words.h"

#include <stdio.h>

typedef struct telling {
    gr_document *document;
    const gr_bundle *bundle;
} telling;

static void say(const telling *t, const char *words)
{
    gr_document_say(t->document, GR_TONE_PLAIN, gr_text_of(words));
}

static void code(const telling *t, gr_text text)
{
    gr_document_say(t->document, GR_TONE_CODE, text);
}

static void heading(const telling *t, const char *anchor, const char *words)
{
    gr_document_heading_start(t->document, 2, anchor);
    gr_document_say(t->document, GR_TONE_BOLD, gr_text_of(words));
    gr_document_heading_end(t->document);
}

static void start(const telling *t)
{
    gr_document_paragraph_start(t->document, GR_PARAGRAPH_PLAIN);
}

static void end(const telling *t)
{
    gr_document_paragraph_end(t->document);
}

static const gr_trail_link *head_of(const gr_bundle *bundle)
{
    return &bundle->link[bundle->link_count - 1];
}

/* ---- what it is ---- */

static void tell_days(const telling *t)
{
    const gr_bundle *b = t->bundle;
    char day[GR_DAY_TEXT];

    say(t, "Gifts that were given ");
    if (!b->has_from && !b->has_to)
        say(t, "on any day");
    if (b->has_from) {
        say(t, "from ");
        code(t, gr_text_of(gr_day_print(b->from, day)));
    }
    if (b->has_to) {
        say(t, b->has_from ? " to " : "up to ");
        code(t, gr_text_of(gr_day_print(b->to, day)));
    }
    say(t, ", as the ledger ");
    code(t, b->ledger);
    gr_document_print(t->document, GR_TONE_PLAIN, " had them at the end of its entry %lld, of ",
                      (long long)head_of(b)->run);
    code(t, head_of(b)->started);
    say(t, ".");
}

static void tell_making(const telling *t)
{
    const gr_bundle *b = t->bundle;
    char moment[GR_MOMENT_TEXT];

    say(t, "Made by ");
    code(t, b->program);
    say(t, " on ");
    code(t, gr_text_of(gr_moment_print(b->generated, moment)));
    if (b->role.len > 0) {
        say(t, " for the role ");
        code(t, b->role);
    }
    say(t, ". Making it has changed nothing, and has left no entry in the ledger's trail: a "
           "report does not write.");
    if (b->leaves_out)
        say(t, " For this role the words of people in decisions and in the trail are left out.");
}

static void count(const telling *t, uint64_t n, const char *one, const char *many, const char *then)
{
    gr_document_print(t->document, GR_TONE_PLAIN, "%llu %s%s", (unsigned long long)n,
                      n == 1 ? one : many, then);
}

static void tell_sums(const telling *t)
{
    const gr_bundle *b = t->bundle;

    say(t, "It has ");
    count(t, b->gifts, "gift", "gifts", "; of findings ");
    count(t, b->summary.violations, "violation", "violations", ", ");
    count(t, b->summary.needs_review, "to review", "to review", ", ");
    count(t, b->summary.warnings, "warning", "warnings", ", and ");
    count(t, b->summary.decided, "decided", "decided", "; ");
    count(t, b->decisions, "decision", "decisions", "; ");
    count(t, b->link_count, "entry of the trail", "entries of the trail", "; ");
    count(t, b->rules_count, "set of rules", "sets of rules", ".");
}

static void tell_front(const telling *t)
{
    gr_document_heading_start(t->document, 1, NULL);
    gr_document_say(t->document, GR_TONE_BOLD, GR_TEXT("Examiner's bundle"));
    gr_document_heading_end(t->document);
    gr_document_paragraph_start(t->document, GR_PARAGRAPH_LEAD);
    tell_days(t);
    end(t);
    start(t);
    tell_sums(t);
    end(t);
    start(t);
    tell_making(t);
    end(t);
}

/* ---- what is in it ---- */

static const char *const contents[][2] = {
    { "register/", "the separate record of all gifts, FINRA 3220(c): for a browser, as CSV and as "
                   "a spreadsheet" },
    { "findings/", "what was found: the report for a browser, as JSON, and as CSV; counted.csv has "
                   "the gifts that each sum counts" },
    { "decisions.csv", "what officers decided on findings about gifts of these days, and on who is "
                       "who; with author, moment and reason" },
    { "rules/", "the rule files as they stood, a folder for each set that judged since the first "
                "of these gifts came in; index.csv says which set judged when, choices.csv in each "
                "folder what the firm had chosen" },
    { "trail.csv, trail.json", "every entry of the audit trail, with its hash and the hash of the "
                               "entry before it" },
    { "head.txt", "the last of these hashes, on which all others depend" },
    { "seal.json", "that hash, signed: what giftrule ledger verify --seal takes" },
    { "SHA256SUMS", "the digest of every file here" },
    { "SHA256SUMS.sig, public-key.pem", "the signature over that list, and the key to check it "
                                        "with" },
};

static bool is_there(const gr_bundle *b, size_t i)
{
    return b->is_signed || (i != 6 && i != 8); /* seal.json, the signature */
}

static void tell_contents(const telling *t)
{
    static const gr_column columns[] = { { "file", 'l', true }, { "what it is", 'w', false } };

    heading(t, "contents", "What is in it");
    gr_document_table_start(t->document, "The files", columns, GR_COUNT(columns));
    for (size_t i = 0; i < GR_COUNT(contents); i++) {
        if (!is_there(t->bundle, i))
            continue;
        gr_document_row_start(t->document, NULL);
        gr_document_cell_start(t->document);
        code(t, gr_text_of(contents[i][0]));
        gr_document_cell_end(t->document);
        gr_document_cell_start(t->document);
        say(t, contents[i][1]);
        gr_document_cell_end(t->document);
        gr_document_row_end(t->document);
    }
    gr_document_table_end(t->document);
}

/* ---- how to check it ---- */

static void step(const telling *t, const char *why, const char *command, const char *prints)
{
    gr_document_item_start(t->document, NULL);
    say(t, why);
    say(t, " ");
    code(t, gr_text_of(command));
    say(t, " prints ");
    code(t, gr_text_of(prints));
    say(t, ".");
    gr_document_item_end(t->document);
}

static void tell_files(const telling *t)
{
    char number[32];

    step(t, "Every file is as it was:", "sha256sum -c --quiet SHA256SUMS && echo unchanged",
         "unchanged");
    snprintf(number, sizeof number, "%llu",
             (unsigned long long)(t->bundle->files + (t->bundle->is_signed ? 3 : 1)));
    step(t, "Nothing was added, and nothing is missing:", "find . -type f | wc -l", number);
}

static void tell_signature(const telling *t)
{
    char digits[80];

    step(t, "The list is the one that was signed:",
         "openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in SHA256SUMS -sigfile "
         "SHA256SUMS.sig",
         "Signature Verified Successfully");
    snprintf(digits, sizeof digits, "%.*s", GR_ALL(t->bundle->public_key));
    step(t,
         "The key is the firm's. Anybody can make a key: compare these digits with those that the "
         "firm has given you in another way.",
         "openssl pkey -pubin -in public-key.pem -outform DER | tail -c 32 | od -An -tx1 -v | tr "
         "-d ' \\n'",
         digits);
}

static void tell_ledger(const telling *t)
{
    gr_document_item_start(t->document, NULL);
    say(t,
        "The firm's ledger still is what this was made from. With the ledger, or a copy of it: ");
    gr_document_print(t->document, GR_TONE_CODE, "giftrule ledger verify --ledger LEDGER%s",
                      t->bundle->is_signed ? " --seal seal.json --public-key " : "");
    if (t->bundle->is_signed)
        code(t, t->bundle->public_key);
    say(t, " prints ");
    code(t, GR_TEXT("The ledger is whole"));
    if (t->bundle->is_signed) {
        say(t, " and ");
        code(t, GR_TEXT("the signature is right, and the ledger still has what was sealed"));
    } else {
        say(t, "; another bundle of that ledger has the same hash for that entry in its trail.csv, "
               "whatever came in later");
    }
    say(t, ". Its exit status is 0.");
    gr_document_item_end(t->document);
}

static void tell_checks(const telling *t)
{
    heading(t, "check", "How to check it");
    start(t);
    say(t, "In this folder, with the tools of any Linux, and OpenSSL 3. Each step rests on "
           "those before it.");
    end(t);
    gr_document_list_start(t->document, GR_LIST_NUMBERED);
    tell_files(t);
    if (t->bundle->is_signed)
        tell_signature(t);
    tell_ledger(t);
    gr_document_list_end(t->document);
    start(t);
    if (!t->bundle->is_signed)
        say(t, "Nobody has signed this bundle: the digests show what was damaged on its way, and "
               "not who made it. ");
    say(t, "The entries of the trail cannot be computed anew from what is here, since their hashes "
           "cover every row of the ledger; verifying the ledger does that.");
    end(t);
}

/* ---- the rules ---- */

static void tell_set(const telling *t, const gr_evidence_rules *r)
{
    gr_document_row_start(t->document, NULL);
    gr_document_cell_start(t->document);
    code(t, gr_text_slice(r->sha256, 0, 16));
    gr_document_cell_end(t->document);
    gr_document_cell_start(t->document);
    if (r->last_run > r->run)
        gr_document_print(t->document, GR_TONE_PLAIN, "%lld to %lld", (long long)r->run,
                          (long long)r->last_run);
    else
        gr_document_print(t->document, GR_TONE_PLAIN, "%lld", (long long)r->run);
    gr_document_cell_end(t->document);
    gr_document_cell_start(t->document);
    code(t, r->program);
    gr_document_cell_end(t->document);
    gr_document_cell_start(t->document);
    if (r->folder.len > 0) {
        gr_document_print(t->document, GR_TONE_PLAIN, "%llu files in ",
                          (unsigned long long)r->file_count);
        code(t, r->folder);
    } else {
        say(t, "not kept: this ledger was of an older version then, which kept digests only");
    }
    gr_document_cell_end(t->document);
    gr_document_row_end(t->document);
}

static void tell_rules(const telling *t)
{
    static const gr_column columns[] = { { "rules", 'l', true },
                                         { "entries", 'l', false },
                                         { "program", 'l', false },
                                         { "files", 'w', false } };

    heading(t, "rules", "By which rules was judged");
    if (t->bundle->rules_count == 0) {
        start(t);
        say(t, "The ledger has no gift of these days: none were needed.");
        end(t);
        return;
    }
    start(t);
    say(t, "A set of rules is known by a digest over the program's version, the firm's choices and "
           "the digests of its files. With ");
    code(t, GR_TEXT("giftrule audit --rules rules/..."));
    say(t, ", the choices that choices.csv marks as set for the run given by ");
    code(t, GR_TEXT("--set"));
    say(t, ", and the same version of the program, the same exports give the same findings.");
    end(t);
    gr_document_table_start(t->document, "Sets of rules", columns, GR_COUNT(columns));
    for (size_t i = 0; i < t->bundle->rules_count; i++)
        tell_set(t, &t->bundle->rules[i]);
    gr_document_table_end(t->document);
}

gr_status gr_bundle_page(const gr_bundle *bundle, gr_writer *writer, gr_error *err)
{
    telling t = { NULL, bundle };
    gr_status status =
        gr_document_open_html(writer, GR_TEXT("Examiner's bundle"), &t.document, err);

    if (status != GR_OK)
        return status;
    tell_front(&t);
    tell_contents(&t);
    tell_checks(&t);
    tell_rules(&t);
    return gr_document_close(t.document, err);
}
