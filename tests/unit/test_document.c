/* tests/unit/test_document.c - one document, three kinds of page: the page for a browser is well-formed and fetches
 * nothing, it says the words of the page for a terminal, and lines are told apart. */
#include "prose_desk.h"

#include <libxml/parser.h>
#include <libxml/xpath.h>

#include "report/html_page.h"
#include "report/prose_diff.h"

/* ---- the page for a browser ---- */

static void as_sample(const gr_prose *prose, const gr_node *node)
{
    static const gr_column columns[] = { { "what", 'l', true }, { "how much", 'r', false } };
    static const gr_content entries[] = { { "Part", "part" } };
    gr_document *doc = prose->document;

    (void)node;
    gr_tell_heading(prose, 1, NULL, "Title <&> \"quoted\"");
    gr_document_contents(doc, entries, GR_COUNT(entries));
    gr_tell_heading(prose, 2, "part", "Part");
    gr_document_paragraph_start(doc, GR_PARAGRAPH_LEAD);
    for (gr_tone tone = GR_TONE_PLAIN; tone < GR_TONE_COUNT; tone++)
        gr_document_say(doc, tone, GR_TEXT("<script>x</script> "));
    gr_document_say(doc, GR_TONE_PLAIN, GR_TEXT("bad \xFF \x01 \xE2\x80\xAE end"));
    gr_document_link(doc, GR_TONE_BOLD, "row", GR_TEXT("to the row"));
    gr_document_quote(doc, GR_TEXT("said"));
    gr_document_paragraph_end(doc);
    gr_document_list_start(doc, GR_LIST_NUMBERED);
    gr_document_item_start(doc, "item");
    gr_tell(prose, "one");
    gr_document_list_start(doc, GR_LIST_PLAIN);
    gr_document_item_start(doc, NULL);
    gr_tell(prose, "inner");
    gr_document_item_end(doc);
    gr_document_list_end(doc);
    gr_document_item_end(doc);
    gr_document_list_end(doc);
    gr_document_table_start(doc, "A table", columns, GR_COUNT(columns));
    gr_document_row_start(doc, "row");
    gr_tell_cell(prose, GR_TEXT("thing"));
    gr_tell_cell(prose, GR_TEXT("")); /* must not become <td/> */
    gr_document_row_end(doc);
    gr_document_table_end(doc);
    gr_document_blank(doc, "Signature");
}

static xmlDoc *parsed(const char *page)
{
    xmlDoc *doc = xmlReadMemory(page, (int)strlen(page), NULL, NULL, XML_PARSE_NONET);

    assert_non_null(doc);
    return doc;
}

static int count_of(xmlXPathContext *context, const char *path)
{
    xmlXPathObject *found = xmlXPathEvalExpression((const xmlChar *)path, context);
    int count;

    assert_non_null(found);
    count = found->nodesetval ? found->nodesetval->nodeNr : 0;
    xmlXPathFreeObject(found);
    return count;
}

static void test_html_page(void **state)
{
    static const struct {
        const char *path;
        int count;
    } cases[] = {
        { "/html[@lang='en']/head/meta[@charset='utf-8']", 1 },
        { "/html/head/title[.='A page']", 1 },
        { "/html/head/style", 1 },
        { "/html/body/main/h1[contains(.,'<&> \"quoted\"')]", 1 },
        { "//nav[@aria-label]//a[@href='#part']", 1 },
        { "//section[@aria-labelledby='part']/h2[@id='part']", 1 },
        { "//p[@class='lead']/strong", 4 },
        { "//p/code", 1 },
        { "//p/del", 1 },
        { "//p/ins", 1 },
        { "//p/q[.='said']", 1 },
        { "//a[@href='#row']/strong", 1 },
        { "//ol/li[@id='item']/ul/li[.='inner']", 1 },
        { "//table/caption", 1 },
        { "//thead/tr/th[@scope='col']", 2 },
        { "//tbody/tr[@id='row']/th[@scope='row']", 1 },
        { "//tbody/tr/td[@class='right']", 1 },
        { "//script", 0 },
        { "//@src|//@style|//@onclick|//link|//iframe|//img", 0 },
        { "//a[not(starts-with(@href,'#'))]", 0 },
    };
    desk *d = *state;
    xmlDoc *doc = parsed(told(d, GR_FORMAT_HTML, as_sample, NULL));
    xmlXPathContext *context = xmlXPathNewContext(doc);

    assert_int_equal(strncmp(d->page, "<!DOCTYPE html>\n<html lang=\"en\">", 32), 0);
    for (size_t i = 0; i < GR_COUNT(cases); i++)
        if (count_of(context, cases[i].path) != cases[i].count)
            fail_msg("%s: %d times", cases[i].path, count_of(context, cases[i].path));
    assert_non_null(strstr(d->page, "bad \xEF\xBF\xBD \xEF\xBF\xBD \xEF\xBF\xBD end"));
    assert_non_null(strstr(d->page, "<td class=\"right\"></td>")); /* HTML knows no <td/> */
    xmlXPathFreeContext(context);
    xmlFreeDoc(doc);
}

/* The style sheet is written raw: nothing in it may end its element, be fetched, or need an escape. */
static void test_style(void **state)
{
    (void)state;
    for (size_t i = 0; gr_html_style[i]; i++) {
        assert_null(strchr(gr_html_style[i], '<'));
        assert_null(strchr(gr_html_style[i], '&'));
        assert_null(strstr(gr_html_style[i], "url("));
        assert_null(strstr(gr_html_style[i], "@import"));
    }
}

/* Of every link there is a target, and no name is there twice. */
static void check_links(desk *d, const char *path)
{
    xmlDoc *doc = parsed(told(d, GR_FORMAT_HTML, as_rulebook, load_file(d, path, NULL)));
    xmlXPathContext *context = xmlXPathNewContext(doc);

    assert_true(count_of(context, "//a") > 10);
    assert_int_equal(count_of(context, "//a[not(substring(@href,2)=//@id)]"), 0);
    assert_int_equal(count_of(context, "//*[@id=preceding::*/@id or @id=ancestor::*/@id]"), 0);
    xmlXPathFreeContext(context);
    xmlFreeDoc(doc);
}

static void test_links(void **state)
{
    check_links(*state, "rules/rulebooks/finra-3220.xml");
    check_links(*state, "tests/golden/rules-show/everything.xml");
}

/* ---- both pages say the same ---- */

/* The words of main without what is for the eye alone: the contents, captions. */
static void words_of_html(xmlNode *node, char *out)
{
    for (; node; node = node->next) {
        if (node->type == XML_TEXT_NODE)
            strncat(out, (const char *)node->content, ROOM - strlen(out) - 1);
        if (node->type != XML_ELEMENT_NODE || strcmp((const char *)node->name, "nav") == 0 ||
            strcmp((const char *)node->name, "caption") == 0)
            continue;
        words_of_html(node->children, out);
        if (strchr("hpltu", node->name[0]) && strcmp((const char *)node->name, "strong") != 0)
            strncat(out, " ", ROOM - strlen(out) - 1);
    }
}

/* Quotes, bullets, numbers of items and underlines are how a page looks. */
static void only_words(char *text)
{
    size_t n = 0;
    bool fresh = true;

    for (const char *p = text; *p; p++) {
        if (fresh && p[0] == '-' && strchr(" -\n", p[1]))
            continue;
        if (fresh && p[0] >= '1' && p[0] <= '9' && p[1] == '.' && p[2] == ' ') {
            p++;
            continue;
        }
        fresh = *p == '\n' || (fresh && *p == ' ');
        if (*p != '"' && *p != '_')
            text[n++] = *p;
    }
    text[n] = '\0';
    one_space(text);
}

static void check_agreement(desk *d, telling tell, const char *path)
{
    const gr_node *root = load_file(d, path, NULL);
    xmlDoc *doc = parsed(told(d, GR_FORMAT_HTML, tell, root));

    d->other[0] = '\0';
    words_of_html(xmlDocGetRootElement(doc)->last, d->other); /* body */
    xmlFreeDoc(doc);
    only_words(d->other);
    told(d, GR_FORMAT_TEXT, tell, root);
    only_words(d->page);
    assert_string_equal(d->page, d->other);
}

static void test_agreement(void **state)
{
    check_agreement(*state, as_rulebook, "rules/rulebooks/finra-3220.xml");
    check_agreement(*state, as_rulebook, "tests/golden/rules-show/everything.xml");
    check_agreement(*state, as_detection, "rules/detection.xml");
}

/* ---- lines, and what differs ---- */

/* Lines parted by '|': "#" begins a heading, "." an item, ":" a paragraph. */
static void draw(const gr_prose *prose, const char *lines)
{
    gr_text rest = gr_text_of(lines);
    bool listing = false;

    while (rest.len > 0) {
        const char *bar = memchr(rest.ptr, '|', rest.len);
        size_t length = bar ? (size_t)(bar - rest.ptr) : rest.len;
        gr_text text = gr_text_slice(rest, 1, length);
        char sign = rest.ptr[0];

        rest = gr_text_slice(rest, length + 1, rest.len);
        if (sign == '.' && !listing)
            gr_document_list_start(prose->document, GR_LIST_PLAIN);
        if (sign != '.' && listing)
            gr_document_list_end(prose->document);
        listing = sign == '.';
        if (sign == '#')
            gr_document_heading_start(prose->document, 2, NULL);
        else if (sign == '.')
            gr_document_item_start(prose->document, NULL);
        else
            gr_document_paragraph_start(prose->document, GR_PARAGRAPH_PLAIN);
        gr_tell_text(prose, text);
        if (sign == '#')
            gr_document_heading_end(prose->document);
        else if (sign == '.')
            gr_document_item_end(prose->document);
        else
            gr_document_paragraph_end(prose->document);
    }
    if (listing)
        gr_document_list_end(prose->document);
}

static void lines_of(desk *d, const char *lines, gr_list *out)
{
    gr_error err;

    *out = GR_LIST(gr_line);
    assert_int_equal(gr_document_open_lines(out, d->arena, &d->prose.document, &err), GR_OK);
    draw(&d->prose, lines);
    assert_int_equal(gr_document_close(d->prose.document, &err), GR_OK);
}

static const char *difference(desk *d, const char *before, const char *after, bool *differs)
{
    gr_list a, b;
    gr_writer writer;
    gr_document *page;
    gr_error err;

    lines_of(d, before, &a);
    lines_of(d, after, &b);
    d->used = 0;
    d->page[0] = '\0';
    *differs = false;
    gr_writer_open(&writer, take, d);
    assert_int_equal(gr_document_open_text(&writer, WIDE, false, &page, &err), GR_OK);
    assert_true(gr_prose_diff(page, GR_TEXT("H"), &a, &b, d->arena, differs));
    assert_int_equal(gr_document_close(page, &err), GR_OK);
    assert_true(gr_writer_close(&writer));
    one_space(d->page);
    gr_list_free(&a);
    gr_list_free(&b);
    return d->page;
}

static void test_diff(void **state)
{
    static const struct {
        const char *before, *after, *said; /* said "": nothing differs */
    } cases[] = {
        { "", "", "" },
        { "#A|.one|.two", "#A|.one|.two", "" },
        { "#A|.one|.two", "#A|.one|.three", "H A - gone: two - new: three" },
        { "#A|.one|.two|.three", "#A|.one|.three", "H A - gone: two" },
        { "#A|.one|.three", "#A|.one|.two|.three", "H A - new: two" },
        /* order matters: the first that fits decides */
        { "#A|.one|.two", "#A|.two|.one", "H A - gone: one - new: one" },
        /* the same words elsewhere are not the same */
        { "#A|.one|#B|.two", "#A|.two|#B|.two", "H A - gone: one - new: two" },
        { "#A|.one|#B|.two", "#A|.two|#B|.one",
          "H A - gone: one - new: two B - gone: two - new: one" },
        { "#A|:if all hold:|.one|.two", "#A|:if all hold:|.one",
          "H A - gone: two [under: if all hold]" },
        { "#A|:if all hold:|.one", "#A|:if any holds:|.one",
          "H A - gone: if all hold: - new: if any holds:" },
        { "#A|:if all hold:|.one|:two", "#A|:if all hold:|.one|.two",
          "H A - gone: two - new: two [under: if all hold]" },
        { "#A|.one", "#A|.one|#B|.two", "H B - new: two" },
        { "#A|.one|#B", "#A|.one", "H B - gone: B" },
        { ".one", ".two", "H Title - gone: one - new: two" },
    };
    desk *d = *state;

    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        bool differs;

        assert_string_equal(difference(d, cases[i].before, cases[i].after, &differs),
                            cases[i].said);
        assert_int_equal(differs, cases[i].said[0] != '\0');
    }
}

/* More lines than the table has room for: all are told, none is compared. */
static void test_diff_of_many(void **state)
{
    enum { MANY = 2100, ROW = 16 };
    desk *d = *state;
    char *before = calloc(MANY, ROW), *after = calloc(MANY, ROW);
    bool differs;

    assert_non_null(before);
    assert_non_null(after);
    for (int i = 0; i < MANY; i++) {
        snprintf(before + strlen(before), ROW, "%s.a%04d", i ? "|" : "", i);
        snprintf(after + strlen(after), ROW, "%s.b%04d", i ? "|" : "", i);
    }
    difference(d, before, after, &differs);
    assert_true(differs);
    assert_non_null(strstr(d->page, "gone: a0000"));
    assert_non_null(strstr(d->page, "gone: a2099"));
    assert_non_null(strstr(d->page, "new: b0000"));
    assert_non_null(strstr(d->page, "new: b2099"));
    free(before);
    free(after);
}

/* ---- failures ---- */

static bool refuse(void *context, const char *bytes, size_t length)
{
    (void)context;
    (void)bytes;
    (void)length;
    return false;
}

static void test_output_fails(void **state)
{
    desk *d = *state;
    const gr_node *root = load_file(d, "rules/rulebooks/finra-3220.xml", NULL);

    for (int html = 0; html < 2; html++) {
        gr_writer writer;
        gr_error err = { 0 };

        gr_writer_open(&writer, refuse, NULL);
        assert_int_equal(
            html ? gr_document_open_html(&writer, GR_TEXT("x"), &d->prose.document, &err)
                 : gr_document_open_text(&writer, WIDE, false, &d->prose.document, &err),
            GR_OK);
        as_rulebook(&d->prose, root);
        assert_int_equal(gr_document_close(d->prose.document, &err), GR_EIO);
        assert_true(err.message[0] && err.hint[0]);
    }
}

#define WITH_DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_DESK(test_html_page),    WITH_DESK(test_links),        WITH_DESK(test_agreement),
        WITH_DESK(test_diff),         WITH_DESK(test_diff_of_many), WITH_DESK(test_output_fails),
        cmocka_unit_test(test_style),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
