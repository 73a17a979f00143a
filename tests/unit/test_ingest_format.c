/* tests/unit/test_ingest_format.c - the format language: each row is a format, an export and what
 * comes of it. What no shipped format uses yet is here all the same; and what the compiler refuses
 * to compile. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <unistd.h>

#include "rulefile/rulefile.h"

#include "ingest_dump.h"

static void put_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    fclose(file);
}

static void keep_error(void *context, const gr_error *error)
{
    dump *d = context;

    dump_print(d, "%u: %s (%s)\n", error->line, error->message, error->hint);
}

/* What an export gives in a format of its own; or the errors of the format. */
static char *try_format(const char *format, const char *export)
{
    char folder[] = "/tmp/giftrule-test-XXXXXX", path[64];
    gr_arena *arena = gr_arena_create();
    dump d = { .room = 4096, .text = calloc(1, 4096) };
    gr_problems problems = { .on_error = keep_error, .context = &d };
    const gr_formats *formats = NULL;
    gr_error err = { 0 };

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/f.xml", folder);
    put_file(path, format);
    if (gr_formats_load(folder, "rules/schema/format.xsd", arena, &problems, &formats, &err) ==
        GR_OK) {
        char *bytewise = dump_bytes(formats, gr_text_of(export), 1, false);

        free(d.text);
        d.text = dump_bytes(formats, gr_text_of(export), GR_PIECE, false);
        assert_string_equal(bytewise, d.text);
        free(bytewise);
    }
    unlink(path);
    rmdir(folder);
    gr_arena_free(arena);
    return d.text;
}

#define START "<format xmlns='urn:giftrule:format:1' id='f' title='t'"
#define FORMAT(rest)                                                                               \
    START "><detect root='r'/><record path='g' kind='gift' label='gift'>" rest "</record></"       \
          "format>"
#define ONE(inside) "<r><g>" inside "</g></r>"

static void test_language(void **state)
{
    static const struct {
        const char *format, *export, *expected;
    } cases[] = {
        { FORMAT("<set fact='cost' path='a' as='cents'/>"), ONE("<a>41250</a>"),
          "gift 1:4 cost=412.50\n" },
        { FORMAT("<set fact='cost' path='a' as='cents'/>"), ONE("<a>5</a>"),
          "gift 1:4 cost=0.05\n" },
        { FORMAT("<set fact='cost' path='a' as='cents'/>"), ONE("<a>4.5</a>"),
          "quarantined 1:7 : '4.5' is not an amount in minor units (digits only, in the smallest "
          "unit)\n" },
        { FORMAT("<set fact='cost' path='a' as='minor' exponent='e'/>"), ONE("<a e='3'>41250</a>"),
          "gift 1:4 cost=41.25\n" },
        { FORMAT("<set fact='cost' path='a' as='minor' exponent='e'/>"), ONE("<a e='0'>7</a>"),
          "gift 1:4 cost=7.00\n" },
        { FORMAT("<set fact='cost' path='a' as='decimal-comma'/>"), ONE("<a>1.412,50</a>"),
          "gift 1:4 cost=1412.50\n" },
        { FORMAT("<set fact='cost' path='a' as='decimal-comma'/>"), ONE("<a>1.41,50</a>"),
          "quarantined 1:7 : '1.41,50' is not an amount (write it like 1.412,50)\n" },
        { FORMAT("<set fact='cost' path='a'/>"), ONE("<a>+50.00000000</a>"),
          "gift 1:4 cost=50.00\n" },
        { FORMAT("<minus path='s' is='C|CRDT'/><set fact='cost' path='a'/>"),
          ONE("<a>5</a><s>CRDT</s>"),
          "quarantined 1:4 : the amount 5.00 is a credit (a refund is no gift of its own: take the "
          "first record "
          "back instead)\n" },
        { FORMAT("<set fact='date' path='d' pattern='yyyymmdd'/>"), ONE("<d>20050827120000</d>"),
          "gift 1:4 date=2005-08-27\n" },
        { FORMAT("<set fact='date' path='d' pattern='dd.mm.yyyy'/>"), ONE("<d>31.02.2005</d>"),
          "quarantined 1:7 : '31.02.2005' is not a day of the calendar (check the day and the "
          "month)\n" },
        { FORMAT("<set fact='date' path='d' pattern='dd.mm.yyyy'/>"), ONE("<d>3.2.05</d>"),
          "quarantined 1:7 : '3.2.05' is not a date like dd.mm.yyyy (see the pattern in the format "
          "file)\n" },
        { FORMAT("<set fact='date'><part path='d/y'/><part path='d/m'/><part path='d/d'/></set>"),
          ONE("<d><d>7</d><m>03</m><y>2026</y></d>"), "gift 1:4 date=2026-03-07\n" },
        { FORMAT("<set fact='date'><part path='d/y'/><part path='d/m'/><part path='d/d'/></set>"),
          ONE("<d><d>7</d><y>2026</y></d>"),
          "quarantined 1:4 : '' is no part of a date (check year, month and day)\n" },
        { FORMAT("<set fact='date' path='@d'/>"), "<r><g d='1988-01-03-08:00'/></r>",
          "gift 1:4 date=1988-01-03\n" },
        { FORMAT("<set fact='giver-name' path='n' as='after-hash'/><set fact='giver-id' path='n' "
                 "as='before-hash'/>"),
          ONE("<n>12;#Jane Roe</n>"), "gift 1:4 giver-id=12 giver-name=Jane Roe\n" },
        { FORMAT("<set fact='giver-name' path='n' as='last-first'/>"),
          ONE("<n>Roe,  Jane\n Ann</n>"), "gift 1:4 giver-name=Jane Ann Roe\n" },
        { FORMAT("<set fact='giver-name' path='n' as='last-first'/>"), ONE("<n>,</n>"),
          "gift 1:4\n" },
        /* a leaf in one export, a branch in the next */
        { FORMAT("<set fact='approval'><from path='C/Value'/><from path='C'/></set>"),
          "<r><g><C>\n <Type>Text</Type><Value>P1</Value></C></g><g><C>P2</C></g></r>",
          "gift 1:4 approval=P1\ngift 2:44 approval=P2\n" },
        /* a choice that counts decides; a bad one that does not count does no harm */
        { FORMAT("<set fact='cost'><from path='b'/><from path='a'/></set>"),
          ONE("<a>x</a><b>2</b>"), "gift 1:4 cost=2.00\n" },
        { FORMAT("<set fact='cost'><from path='b'/><from path='a'/></set>"),
          ONE("<a>1</a><b>x</b>"),
          "quarantined 1:15 : 'x' is not an amount (write it like 412.50, without sign or "
          "separators)\n" },
        { FORMAT("<set fact='payer' path='p' other='third-party'><word from='F' to='firm'/></set>"),
          "<r><g><p>F</p></g><g><p>Z</p></g><g/></r>",
          "gift 1:4 payer=firm\ngift 1:19 payer=third-party\ngift 1:34\n" },
        { FORMAT("<set fact='currency' path='c' other='keep'><word from='840' to='USD'/></set>"),
          "<r><g><c>840</c></g><g><c>EUR</c></g></r>",
          "gift 1:4 currency=USD\ngift 1:21 currency=EUR\n" },
        { FORMAT("<skip path='k' is='header|trailer'/><set fact='id' path='i'/>"),
          "<r><g><k>header</k></g><g><i>1</i></g></r>", "gift 1:24 id=1\n" },
        { FORMAT("<retract path='@action' is='DELETE'/><set fact='id' path='i'/>"),
          "<r><g action='DELETE'><i>1</i></g></r>", "retraction 1:4 id=1\n" },
        { FORMAT("<each of='recipient' path='.'><set fact='name' path='n'/></each>"),
          "<r><g><n>Jo</n></g><g/></r>", "gift 1:4 -> name=Jo\ngift 1:20\n" },
        { FORMAT("<set fact='description' path='d' text='all'/>"),
          ONE("<d>a <b>b<i>c</i></b> d</d>"), "gift 1:4 description=a bc d\n" },
        { FORMAT("<set fact='description' path='d'/>"), ONE("<d>a <b>b<i>c</i></b> d</d>"),
          "gift 1:4 description=a d\n" },
        { FORMAT("<set fact='quantity' path='q'/>"), ONE("<q>3.0000</q>"),
          "gift 1:4 quantity=3\n" },
        { FORMAT("<set fact='quantity' path='q'/>"), ONE("<q>3.5</q>"),
          "quarantined 1:7 : '3.5' is not a number for quantity (digits only)\n" },
        /* sparse rows */
        { START " index='Index'><detect root='r'/><record path='t/row' kind='gift' label='row'>"
                "<set fact='id' path='c[1]/d'/><set fact='cost' path='c[3]/d'/></record></format>",
          "<r><t><row><c><d>1</d></c><c/><c><d>5</d></c></row><row><c><d>2</d></c><c "
          "s:Index='3'><d>6</d></c></row></t></r>",
          "gift 1:7 id=1 cost=5.00\ngift 1:52 id=2 cost=6.00\n" },
        /* values of an element between the root and the records hold for its own records only */
        { START "><detect root='r'/><control path='/a/total' of='cost'/><record path='a/g' "
                "kind='gift' label='g'>"
                "<set fact='giver-id' path='/a/@who'/><set fact='parent' path='/a/end'/><set "
                "fact='cost' path='c'/>"
                "</record></format>",
          "<r><a who='1'><g><c>1</c></g><end>x</end><total>1.00</total></a><a "
          "who='2'><g/><g><c>2</c></g><end>y</end>"
          "<total>3</total></a><a><g/></a></r>",
          "gift 1:15 giver-id=1 cost=1.00 parent=x\ngift 1:76 giver-id=2 parent=y\ngift 1:80 "
          "giver-id=2 cost=2.00 "
          "parent=y\ngift 1:130\nquarantined 1:107 : the document says that its records cost 3 "
          "together, but they "
          "cost 2.00 (export again: records may be missing or doubled)\n" },
        { START "><detect root='r'><has path='x/y'/><has path='@v'/></detect><record path='g' "
                "kind='gift' label='g'/>"
                "</format>",
          "<r v='1'><x><y/></x><g/></r>", "gift 1:21\n" },
        { START "><detect root='r'><has path='x/z'/></detect><record path='g' kind='gift' "
                "label='g'/></format>",
          "<r><x><y/></x><g/></r>",
          "refused 1:1 no format is known for a document whose root element is 'r' (known formats: "
          "f)\n" },
        { START "><detect root='r'/><null>-</null><null>0001-01-01</null><record path='g' "
                "kind='gift' label='g'>"
                "<need fact='date' what='date'/><set fact='date' path='d'/></record></format>",
          ONE("<d>0001-01-01</d>"),
          "quarantined 1:4 : the g has no date (complete the record at the source)\n" },
        /* a format that cannot be */
        { FORMAT("<set fact='cots' path='a'/>"), "",
          "1: 'cots' is not a fact (see the list of facts in schema/format.xsd)\n" },
        { FORMAT("<set fact='name' path='a'/>"), "",
          "1: 'name' is a fact of a recipient (move it into <each of=\"recipient\">)\n" },
        { FORMAT("<set fact='payer' path='a'><word from='x' to='y'/></set>"), "",
          "1: 'y' is no word for 'payer' (one of firm, giver, third-party)\n" },
        { FORMAT("<set fact='cost' path='a/@b/c'/>"), "",
          "1: 'a/@b/c' is not a path (write it like List/Item, Cell[3] or Item/@id)\n" },
        { FORMAT("<set fact='cost' path='a' as='last-first'/>"), "",
          "1: 'cost' cannot be read as 'last-first' (last-first and the hashes are for texts; "
          "cents, minor and decimal-comma for amounts)\n" },
        { FORMAT("<set fact='cost'/>"), "",
          "1: 'cost' comes from nowhere (give it a path or a value)\n" },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        char *got = try_format(cases[i].format, cases[i].export);

        assert_string_equal(got, cases[i].expected);
        free(got);
    }
}

static const gr_node *named(const gr_node *root, const char *element, const char *name)
{
    for (const gr_node *n = gr_node_child(root, element); n; n = gr_node_again(n))
        if (gr_text_is(gr_node_attribute(n, "name"), name))
            return n;
    return NULL;
}

/* The schema for authors lists the same words as the table of facts, in the same order. */
static void test_schema_words(void **state)
{
    static const struct {
        const char *type;
        gr_fact fact;
    } types[] = {
        { "payer", GR_F_PAYER },
        { "kind", GR_F_KIND },
        { "occasion", GR_F_OCCASION },
        { "relationship", GR_F_RELATIONSHIP },
        { "logo", GR_F_LOGO },
        { "host-present", GR_F_HOST_PRESENT },
        { "deceased", GR_F_DECEASED },
        { "declaration", GR_F_DECLARATION },
        { "sharers", GR_F_SHARERS },
        { "booked-as", GR_F_BOOKED_AS },
        { "through", GR_F_THROUGH },
        { "firm-kind", GR_F_EMPLOYER_KIND },
        { "yes-no", GR_F_REIMBURSED },
        { "contract-amount", GR_F_CONTRACT_AMOUNT },
        { "giver-kind", GR_F_GIVER_KIND },
        { "cost-tax", GR_F_COST_TAX },
    };
    gr_arena *arena = gr_arena_create();
    gr_problems problems = { 0 };
    gr_rulefile file;
    gr_error err;

    (void)state;
    assert_int_equal(
        gr_rulefile_load("rules/schema/gift-log.xsd", NULL, arena, &problems, &file, &err), 0);
    for (size_t i = 0; i < GR_COUNT(types); i++) {
        const gr_node *type = named(file.root, "simpleType", types[i].type);
        gr_text rest = gr_text_of(gr_fact_get(types[i].fact)->words), word;
        const gr_node *one;

        assert_non_null(type);
        one = gr_node_child(gr_node_child(type, "restriction"), "enumeration");
        for (; gr_text_word(&rest, &word); one = gr_node_again(one)) {
            assert_non_null(one);
            assert_true(gr_text_equal(gr_node_attribute(one, "value"), word));
        }
        assert_null(one);
    }
    gr_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_language),
        cmocka_unit_test(test_schema_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
