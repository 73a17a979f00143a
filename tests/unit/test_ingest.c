/* tests/unit/test_ingest.c - the reader and the gift log: every row is an export and what comes of
 * it, read whole, in pieces of seven bytes and byte by byte. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <iconv.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/os.h"

#include "ingest_dump.h"

#define LOG(inside) "<gift-log xmlns=\"urn:giftrule:gift-log:1\">\n" inside "</gift-log>\n"
#define GIFT(inside)                                                                               \
    LOG("<gift id=\"G-1\" date=\"2026-05-04\"><giver id=\"AE-1\"/><recipient/>" inside "</gift>")
#define PLAIN "gift 2:1 id=G-1 date=2026-05-04 giver-id=AE-1"

typedef struct setting {
    gr_arena *arena;
    const gr_formats *formats;
} setting;

static int load(void **state)
{
    static setting s;
    gr_problems problems = { 0 };
    gr_error err = { 0 };

    s.arena = gr_arena_create();
    if (gr_formats_load("rules/formats", "rules/schema/format.xsd", s.arena, &problems, &s.formats,
                        &err))
        print_error("%s:%u: %s\n", err.file, err.line, err.message);
    *state = &s;
    return s.formats ? 0 : -1;
}

static int unload(void **state)
{
    gr_arena_free(((setting *)*state)->arena);
    return 0;
}

static const gr_formats *formats_of(void **state)
{
    return ((setting *)*state)->formats;
}

static void expect(const gr_formats *formats, gr_text bytes, const char *expected)
{
    static const size_t pieces[] = { GR_PIECE, 7, 1 };

    for (size_t i = 0; i < GR_COUNT(pieces); i++) {
        char *got = dump_bytes(formats, bytes, pieces[i], false);

        assert_string_equal(got, expected);
        free(got);
    }
}

static void test_gift_log(void **state)
{
    static const struct {
        const char *export, *expected;
    } cases[] = {
        { LOG(""), "" },
        { GIFT(""), PLAIN " ->\n" },
        { GIFT("<cost/>"), PLAIN " ->\n" },
        { GIFT("<cost currency='USD' tax='included'> 125.5\n</cost>"),
          PLAIN " currency=USD cost=125.50 cost-tax=included ->\n" },
        { GIFT("<payer>firm</payer><kind>goods</kind><description>a\n  <!-- x -->b &amp; "
               "c</description>"),
          PLAIN " payer=firm description=a b & c kind=goods ->\n" },
        { GIFT("<description><![CDATA[1 < 2]]></description>"), PLAIN " description=1 < 2 ->\n" },
        { GIFT(
              "<contract signed='2026-01-02'><nature>yes</nature><amount>open</amount></contract>"),
          PLAIN " contract=yes contract-signed=2026-01-02 contract-nature=yes contract-amount=open "
                "->\n" },
        { GIFT(
              "<recipient id='R-1'><name>J</name><employer kind='bank'>B</employer><share>1</share>"
              "<capacity "
              "kind='union'>x</capacity><through>spouse</through><count>3</count></recipient>"),
          PLAIN " -> -> recipient-id=R-1 name=J employer=B employer-kind=bank capacity=union "
                "through=spouse share=1.00 count=3\n" },
        { LOG("<gift id='G-1' retracted='yes'/>"), "retraction 2:1 id=G-1\n" },
        { LOG("<gift id='G-1' retracted='no'/>"),
          "quarantined 2:1 G-1: the gift has no date (complete the record at the source)\n" },
        { LOG("<gift id='G-1' date='2026-05-04'><giver>A</giver></gift>"),
          "quarantined 2:1 G-1: the gift has no recipient (complete the record at the source)\n" },
        { LOG("<gift id='G-1' date='2026-05-04'><giver>\n</giver><recipient/></gift>"),
          "quarantined 2:1 G-1: the gift has no giver (complete the record at the source)\n" },
        { LOG("<gift date='2026-05-04'><giver>A</giver><recipient/></gift>"),
          "quarantined 2:1 : the gift has no id (complete the record at the source)\n" },
        { GIFT("\n <payer>company</payer>"), "quarantined 3:2 G-1: 'company' is not a word for "
                                             "payer (one of firm, giver, third-party)\n" },
        { GIFT("\n<cost>1,000.00</cost>"),
          "quarantined 3:1 G-1: '1,000.00' is not an amount (write it like 412.50, without sign or "
          "separators)\n" },
        { GIFT("<cost>-5</cost>"), "quarantined 2:64 G-1: the amount '-5' is below zero (a refund "
                                   "is no gift of its own: take the "
                                   "first record back instead)\n" },
        { GIFT("<cost>1</cost><cost>2</cost>"),
          "quarantined 2:78 G-1: there is a second cost (keep the one that is right)\n" },
        { GIFT("<cost currency='USD'>1</cost><tax currency='EUR'>1</tax>"),
          "quarantined 2:93 G-1: the currency 'EUR' is not the 'USD' that stands before (the whole "
          "record "
          "must agree in this)\n" },
        { GIFT("<recipient><share currency='EUR'>1</share></recipient><cost "
               "currency='USD'>1</cost>"),
          "quarantined 2:1 G-1: the currency is once 'EUR' and once 'USD' (the whole record must "
          "agree in "
          "this)\n" },
        { GIFT("<costs>1</costs>"),
          "quarantined 2:64 G-1: 'costs' is not an element of 'gift' (known: giver, "
          "payer, recipient, description, kind, quantity, cost, tax, delivery, fee, "
          "market-value, face-value, occasion, relationship, logo, host-present, "
          "reimbursed, sales-target, approval, reference, ordered, delivered, "
          "deceased ...)\n" },
        { GIFT("<cost curency='USD'>1</cost>"), "quarantined 2:64 G-1: 'cost' has no attribute "
                                                "'curency' (known attributes: currency, tax)\n" },
        { LOG("<gfit id='G-1'/>"),
          "quarantined 2:1 : 'gfit' is not an element of 'gift-log' (known: gift)\n" },
        { LOG("<gift id='G-1' retracted='si'/>"),
          "quarantined 2:1 G-1: 'si' is neither yes nor no (the format file lists the words)\n" },
        { GIFT("<ordered>2026-02-30</ordered>"),
          "quarantined 2:64 G-1: '2026-02-30' is not a day of the calendar (check the day and the "
          "month)\n" },
        { GIFT("<payer>x</payer>") "<!-- after -->",
          "quarantined 2:64 G-1: 'x' is not a word for payer (one of firm, giver, third-party)\n" },
        { "<g:gift-log xmlns:g='urn:giftrule:gift-log:1'><g:gift id='1' date='2026-05-04'><g:giver "
          "id='A'/>"
          "<g:recipient/></g:gift></g:gift-log>",
          "gift 1:47 id=1 date=2026-05-04 giver-id=A ->\n" },
        { "\xEF\xBB\xBF<gift-log><gift id='\xC3\xA9' date='2026-05-04'><giver id='A'/><recipient/>"
          "</gift></gift-log>",
          "gift 1:11 id=\xC3\xA9 date=2026-05-04 giver-id=A ->\n" },
        { "<?xml version='1.0' encoding='utf-16'?><gift-log/>", "" },
        { "<gift-log><gift id='R&amp;D&#38;&amp;#38;&lt;' date='2026-05-04'><giver "
          "id='A'/><recipient/>"
          "</gift></gift-log>",
          "gift 1:11 id=R&D&&#38;< date=2026-05-04 giver-id=A ->\n" },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++)
        expect(formats_of(state), gr_text_of(cases[i].export), cases[i].expected);
}

/* Refused whole, with a place and a hint. */
static void test_refusals(void **state)
{
    static const struct {
        const char *export, *expected;
    } cases[] = {
        { "", "1:1 the file is empty (export the file again)" },
        { " \n ", "1:1 the file is empty (export the file again)" },
        { "hello", "1:1 the file is not XML: it does not begin with a tag (give the file as it was "
                   "exported)" },
        { "<!-- nothing -->", "1:17 the file is not XML: it ends before its first element "
                              "(give the file as it was exported)" },
        { "<foo/>",
          "1:1 no format is known for a document whose root element is 'foo' (known formats: "
          "approvals, concur-entry-attendees, concur-report-details, gift-log, roster)" },
        { "<!DOCTYPE gift-log [<!ENTITY a 'b'>]><gift-log/>",
          "1:20 the document has a DOCTYPE (exports carry no DOCTYPE: remove it, or export the "
          "file again)" },
        { LOG("<gift id='G-1'><giver>&x;</giver></gift>"),
          "2:26 the document is not well-formed: entity 'x' not defined (mend it at the source, or "
          "export it "
          "again)" },
        { LOG("<gift id='G-1'>R & D</gift>"),
          "2:19 the document is not well-formed: an '&' stands alone; as a letter it is written "
          "&amp; (mend it at the "
          "source, or "
          "export it again)" },
        { LOG("<gift></gfit>"),
          "2:14 the document is not well-formed: opening and ending tag mismatch: gift "
          "line 2 and gfit (mend it at the source, or export it again)" },
        { "<gift-log><gift id='G-1' date='2026-05-04'><giver "
          "id='A'/><recipient/></gift>\n<gift><gi",
          "2:10 the document is cut short inside 'gift' (export the file again; the last whole "
          "record is "
          "'G-1')" },
        { "<gift-log>",
          "1:11 the document is cut short inside 'gift-log' (export the file again)" },
        { "<gift-log/><gift-log/>",
          "1:12 the document is not well-formed: something stands after the end of the "
          "root element (mend it at the source, or export it again)" },
        { "<gift-log a='\xff'/>", "1:14 the file is not XML: " },
        { "<?xml version='1.0' encoding='x-none'?><gift-log/>", "1:38 the file is not XML: " },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char *got = dump_bytes(formats_of(state), gr_text_of(cases[i].export), GR_PIECE, false);
        char *end = strstr(got, "refused ");

        assert_non_null(end);
        end += strlen("refused ");
        end[strnlen(end, strlen(cases[i].expected))] = '\0';
        assert_string_equal(end, cases[i].expected);
        free(got);
    }
}

static gr_text repeat(gr_arena *arena, const char *before, const char *what, size_t times,
                      const char *after)
{
    size_t one = strlen(what), length = strlen(before) + times * one + strlen(after);
    char *text = gr_arena_alloc(arena, length + 1);
    size_t n = strlen(before);

    memcpy(text, before, n);
    for (size_t i = 0; i < times; i++, n += one)
        memcpy(text + n, what, one);
    memcpy(text + n, after, strlen(after));
    text[length] = '\0';
    return (gr_text){ text, length };
}

/* Every bound is an error, and none of these takes long. */
static void test_bounds(void **state)
{
    static const struct {
        const char *before, *what;
        size_t times;
        const char *after, *expected;
    } cases[] = {
        { "<gift-log>", "<a>", 100, "", "elements are nested too deeply" },
        { "<gift-log><a>", "xxxxxxxxxx", 200000, "</a></gift-log>",
          "'a' is not an element of 'gift-log'" },
        { "<gift-log><gift id='1'><description>", "xxxxxxxxxx", 200000,
          "</description></gift></gift-log>", "'description' is longer than 65536 bytes" },
        { "<gift-log><gift id='", "xxxxxxxxxx", 200000, "'/></gift-log>", "is too long" },
        { "<gift-log><gift ", " a=''", 1, "><", "cut short" },
        { "<gift-log><!--", "xxxxxxxxxx", 200000, "--></gift-log>",
          "a tag or comment is too long" },
        { "<gift-log><", "xxxxxxxxxx", 200, "/></gift-log>", "the name of an element is too long" },
        { "<gift-log><gift id='1' date='2026-01-01'><giver>a</giver>", "<recipient/>", 1001,
          "</gift></gift-log>", "more than 1000 recipients of one gift" },
        { "<!DOCTYPE gift-log [<!ENTITY a 'aaaaaaaaaa'>", "<!ENTITY b '&a;&a;&a;&a;'>", 1000,
          "]><gift-log>&b;</gift-log>", "the document has a DOCTYPE" },
    };

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_arena *arena = gr_arena_create();
        int64_t begin = gr_os_ticks();
        gr_text bytes =
            repeat(arena, cases[i].before, cases[i].what, cases[i].times, cases[i].after);
        char *got = dump_bytes(formats_of(state), bytes, GR_PIECE, false);

        assert_non_null(strstr(got, cases[i].expected));
        assert_true(gr_os_ticks() - begin < 2000);
        free(got);
        gr_arena_free(arena);
    }
}

/* What goes to quarantine is kept as it stood; a record longer than the window too, up to its
 * bound. */
static void test_raw(void **state)
{
    static const char bad[] = "<gift id='2'><payer>x</payer>\n</gift>";
    gr_arena *arena = gr_arena_create();
    gr_text bytes = repeat(arena, "<gift-log>\n<gift id='1'><payer>x</payer>",
                           "<cost>12345678</cost>", GR_WINDOW / 8, "</gift></gift-log>");
    char *got = dump_bytes(formats_of(state),
                           gr_text_of(LOG("<gift id='2'><payer>x</payer>\n</gift>")), 1, true);

    assert_non_null(strstr(got, bad));
    assert_non_null(strstr(got, "0 accepted export.xml: 0 records, 1 quarantined"));
    free(got);
    got = dump_bytes(formats_of(state), bytes, GR_PIECE, true);
    assert_non_null(strstr(got, "\n<gift id='1'><payer>x</payer><cost>12345678</cost><cost>"));
    assert_non_null(strstr(got, "<cost>12345678</cost></gift>\n"));
    free(got);
    bytes = repeat(arena, "<gift-log>\n<gift id='1'><payer>x</payer>", "<cost>12345678</cost>",
                   100000, "</gift></gift-log>");
    got = dump_bytes(formats_of(state), bytes, GR_PIECE, true);
    assert_non_null(strstr(got, "... (cut: the record is longer)\n"));
    assert_in_range(strlen(got), 1 << 20, (1 << 20) + 1000);
    free(got);
    gr_arena_free(arena);
}

/* A single line of megabytes: columns stay right, and it takes no longer. */
static void test_one_line(void **state)
{
    static const char gift[] = "<gift id='1' date='2026-01-01'><giver>a</giver><recipient/></gift>";
    gr_arena *arena = gr_arena_create();
    gr_text bytes = repeat(arena, "<gift-log>", gift, 50000, "<gift/></gift-log>");
    char expected[80];
    char *got = dump_bytes(formats_of(state), bytes, GR_PIECE, false);

    snprintf(expected, sizeof expected, "quarantined 1:%zu ", 10 + 50000 * strlen(gift) + 1);
    assert_non_null(strstr(got, expected));
    free(got);
    gr_arena_free(arena);
}

static void test_encodings(void **state)
{
    static const char *const names[] = { "UTF-16",     "UTF-16LE",    "UTF-16BE",
                                         "ISO-8859-1", "ISO-8859-15", "windows-1252" };
    char expected[] = "gift 1:61 id=Andr\xC3\xA9 date=2026-05-04 giver-id=A ->\n";

    for (size_t i = 0; i < GR_COUNT(names); i++) {
        char utf8[400], other[2000];
        char *from = utf8, *to = other;
        size_t left, room = sizeof other;
        iconv_t c = iconv_open(names[i], "UTF-8");

        snprintf(utf8, sizeof utf8,
                 "%s<?xml version='1.0' encoding='%s'?><gift-log   >%*s<gift id='Andr\xC3\xA9' "
                 "date='2026-05-04'><giver id='A'/><recipient/></gift></gift-log>",
                 strchr(names[i], 'E') && names[i][4] == '1' && names[i][6] ? "\xEF\xBB\xBF" : "",
                 names[i], (int)(14 - strlen(names[i])), " ");
        left = strlen(utf8);
        assert_int_equal(iconv(c, &from, &left, &to, &room), 0);
        iconv_close(c);
        expect(formats_of(state), (gr_text){ other, sizeof other - room }, expected);
    }
}

static gr_text zip(gr_arena *arena, gr_text bytes)
{
    z_stream z = { 0 };
    char *out = gr_arena_alloc(arena, bytes.len + 1000);

    deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (Bytef *)(uintptr_t)bytes.ptr;
    z.avail_in = (uInt)bytes.len;
    z.next_out = (Bytef *)out;
    z.avail_out = (uInt)bytes.len + 1000;
    assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
    deflateEnd(&z);
    return (gr_text){ out, z.total_out };
}

static void test_compressed(void **state)
{
    gr_arena *arena = gr_arena_create();
    gr_text whole = gr_text_of(GIFT("")), packed = zip(arena, whole);
    gr_text half = gr_arena_print(arena, "%s", "");
    char *two = gr_arena_alloc(arena, 2000), *got;

    expect(formats_of(state), packed, PLAIN " ->\n");
    half = zip(arena, gr_text_slice(whole, 0, 50));
    memcpy(two, half.ptr, half.len);
    packed = zip(arena, gr_text_slice(whole, 50, whole.len));
    memcpy(two + half.len, packed.ptr, packed.len); /* one member behind the other */
    expect(formats_of(state), (gr_text){ two, half.len + packed.len }, PLAIN " ->\n");
    got = dump_bytes(formats_of(state), gr_text_slice(packed, 0, packed.len / 2), GR_PIECE, false);
    assert_string_equal(
        got, "refused 0:0 the compressed file is cut short (copy or export the file again)\n");
    free(got);
    memset(two + 12, 0xFF, 20);
    got = dump_bytes(formats_of(state), (gr_text){ two, half.len }, GR_PIECE, false);
    assert_non_null(strstr(got, "the compressed data is damaged"));
    free(got);
    gr_arena_free(arena);
}

/* More records than fit one batch, and a refusal after batches were put. */
static void test_many(void **state)
{
    static const char gift[] =
        "<gift id='1' date='2026-01-01'><giver>a</giver><recipient/></gift>\n";
    gr_arena *arena = gr_arena_create();
    gr_text bytes = repeat(arena, "<gift-log>\n", gift, 3000, "</gift-log>");
    char *got = dump_bytes(formats_of(state), bytes, GR_PIECE, true);

    assert_non_null(strstr(got, "gift 3001:1 "));
    assert_non_null(strstr(got, "accepted export.xml: 3000 records"));
    free(got);
    got = dump_bytes(formats_of(state), gr_text_slice(bytes, 0, bytes.len - 5), GR_PIECE, true);
    assert_null(strstr(got, "accepted"));
    assert_non_null(strstr(got, "refused 3002:7 the document is cut short inside 'gift-log'"));
    free(got);
    gr_arena_free(arena);
}

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    fclose(file);
}

static void test_inputs(void **state)
{
    char folder[] = "/tmp/giftrule-test-XXXXXX", here[4096];
    const char *const inputs[] = { ".", "none.xml", "b.xml" };
    const char *const empty[] = { "folder.xml" };
    const char *const names[] = { "b.xml", "a.xml", "read.me" };
    char *got;

    assert_non_null(getcwd(here, sizeof here));
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    assert_int_equal(mkdir("folder.xml", 0777), 0);
    put_file(names[0], GIFT(""));
    put_file(names[1], LOG("<gift id='G-0' retracted='yes'/>"));
    put_file(names[2], "hello");
    got = dump_files(formats_of(state), inputs, GR_COUNT(inputs));
    assert_string_equal(got, "retraction 2:1 id=G-0\n" PLAIN " ->\n" PLAIN " ->\n"
                             "refused 0:0 cannot read: Is a directory (name a file, not a folder)\n"
                             "refused 0:0 cannot open: No such file or directory (check the name)\n"
                             "note ./read.me is passed over: its name does not end in .xml "
                             "or .xml.gz\n");
    free(got);
    got = dump_files(formats_of(state), empty, 1);
    assert_string_equal(
        got, "refused 0:0 there is no export in this folder (name a folder with *.xml or "
             "*.xml.gz files)\n");
    free(got);
    for (size_t i = 0; i < GR_COUNT(names); i++)
        unlink(names[i]);
    rmdir("folder.xml");
    assert_int_equal(chdir(here), 0);
    rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_gift_log),   cmocka_unit_test(test_refusals),
        cmocka_unit_test(test_bounds),     cmocka_unit_test(test_raw),
        cmocka_unit_test(test_one_line),   cmocka_unit_test(test_encodings),
        cmocka_unit_test(test_compressed), cmocka_unit_test(test_many),
        cmocka_unit_test(test_inputs),
    };

    return cmocka_run_group_tests(tests, load, unload);
}
