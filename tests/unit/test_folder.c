/* tests/unit/test_folder.c - files that appear together: names, the list, the signature, what may be replaced. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "folder_box.h"

#include <spawn.h>
#include <sys/wait.h>

extern char **environ;

/* The exit status; 127: there is no such program. */
static int run(const char *const *words)
{
    pid_t child;
    int status;

    if (posix_spawnp(&child, words[0], NULL, NULL, (char *const *)(uintptr_t)words, environ) != 0)
        return 127;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int check_sums(const folder_box *box)
{
    char script[256];
    const char *words[] = { "sh", "-c", script, NULL };

    snprintf(script, sizeof script,
             "cd %s && sha256sum -c --strict --quiet SHA256SUMS 2> /dev/null", box->path);
    return run(words);
}

static int check_signature(const folder_box *box)
{
    char script[512];
    const char *words[] = { "sh", "-c", script, NULL };

    snprintf(script, sizeof script,
             "cd %s && openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in SHA256SUMS "
             "-sigfile SHA256SUMS.sig > /dev/null",
             box->path);
    return run(words);
}

static bool has_openssl(void)
{
    const char *words[] = { "sh", "-c", "command -v openssl > /dev/null", NULL };

    return run(words) == 0;
}

static void test_list(void **state)
{
    folder_box box;
    gr_error err;

    (void)state;
    box_open(&box);
    assert_int_equal(box_fill(&box, "abc", 0, NULL, &err), GR_OK);
    assert_string_equal(
        box_read(&box, "SHA256SUMS"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a.txt\n"
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b/c/deep.txt\n");
    assert_string_equal(box_read(&box, "b/c/deep.txt"), "abc");
    assert_null(box_read(&box, "SHA256SUMS.sig"));
    assert_int_equal(check_sums(&box), 0);
    assert_int_equal(box_beside(&box), 1);
    box_close(&box);
}

static void test_signature(void **state)
{
    const uint8_t seed[GR_KEY_SEED] = { 7, 1, 2 };
    folder_box box;
    gr_error err;
    char list[4096];

    (void)state;
    box_open(&box);
    assert_int_equal(box_fill(&box, "abc", 0, seed, &err), GR_OK);
    assert_string_equal(strstr(box_read(&box, "public-key.pem"), "-----END"),
                        "-----END PUBLIC KEY-----\n");
    if (has_openssl()) {
        assert_int_equal(check_signature(&box), 0);
        snprintf(list, sizeof list, "%s", box_read(&box, "SHA256SUMS"));
        list[3]++; /* one digit of one digest */
        box_write(&box, "SHA256SUMS", list);
        assert_int_not_equal(check_signature(&box), 0);
    }
    box_close(&box);
}

/* Each file in turn: a byte that differs is found. */
static void test_flipped_byte(void **state)
{
    static const char *const names[] = { "a.txt", "b/c/deep.txt" };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(names); i++) {
        folder_box box;
        gr_error err;

        box_open(&box);
        assert_int_equal(box_fill(&box, "abc", 0, NULL, &err), GR_OK);
        assert_int_equal(check_sums(&box), 0);
        box_write(&box, names[i], "abb");
        assert_int_not_equal(check_sums(&box), 0);
        box_close(&box);
    }
}

static void test_names(void **state)
{
    static char long_piece[257], long_name[1100];
    static const struct {
        const char *name;
        bool good;
    } cases[] = {
        { "x", true },
        { "a/b/c.d", true },
        { "...", true },
        { ".a", true },
        { "a b,\xc3\xa9", true },
        { "", false },
        { "/a", false },
        { "a//b", false },
        { "a/", false },
        { ".", false },
        { "..", false },
        { "../x", false },
        { "a/../b", false },
        { "a/./b", false },
        { "a\nb", false },
        { "a\\b", false },
        { "SHA256SUMS", false },
        { "SHA256SUMS.sig", false },
        { "public-key.pem", false },
        { "a/SHA256SUMS", true },
        { long_piece, false },
        { long_name, false },
    };
    folder_box box;
    gr_folder *folder;
    gr_error err;

    (void)state;
    memset(long_piece, 'a', 256);
    for (size_t i = 0; i < sizeof long_name - 1; i++)
        long_name[i] = i % 2 ? '/' : 'a';
    box_open(&box);
    assert_int_equal(gr_folder_create(box.path, &folder, &err), GR_OK);
    for (size_t i = 0; i < GR_COUNT(cases); i++)
        if (box_add(folder, cases[i].name, "x", &err) != (cases[i].good ? GR_OK : GR_EUSAGE))
            fail_msg("'%s'", cases[i].name);
    assert_int_equal(box_add(folder, "a.txt", "x", &err), GR_OK);
    assert_int_equal(box_add(folder, "a.txt", "x", &err), GR_EIO); /* twice */
    gr_folder_free(folder);
    assert_int_equal(box_beside(&box), 0);
    box_close(&box);
}

/* A folder that is there: what is put into it, and whether it may be replaced. */
static void test_what_is_there(void **state)
{
    static const struct {
        const char *prepare; /* words of the shell, in the folder above */
        const char *foreign; /* told in the message; NULL: it is replaced */
    } cases[] = {
        { "true", NULL },
        { "mkdir out", NULL },
        { "mkdir out; touch out/notes.txt", "notes.txt" },
        { "touch out", "a file is there" },
        { "cp -r made out", NULL },
        { "cp -r made out; rm out/a.txt", NULL },
        { "cp -r made out; touch out/SHA256SUMS.sig out/public-key.pem", NULL },
        { "cp -r made out; touch out/z.txt out/b/notes.txt", "z.txt" },
        { "cp -r made out; touch out/b/c/notes.txt", "b/c/notes.txt" },
        { "cp -r made out; mkdir out/b/empty", "b/empty" },
        { "cp -r made out; rm out/a.txt; mkdir out/a.txt", "a.txt" },
        { "cp -r made out; rm out/a.txt; ln -s /etc/passwd out/a.txt", "a.txt" },
        { "cp -r made out; rm out/SHA256SUMS", "a.txt" },
        { "cp -r made out; echo >> out/SHA256SUMS", NULL },
        { "cp -r made other; ln -s other out", NULL },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        folder_box box;
        gr_error err = { 0 };
        char script[512];
        const char *words[] = { "sh", "-c", script, NULL };
        gr_status status;

        box_open(&box);
        snprintf(box.path, sizeof box.path, "%s/made", box.at);
        assert_int_equal(box_fill(&box, "old", 0, NULL, &err), GR_OK);
        snprintf(script, sizeof script, "cd %s && { %s; }", box.at, cases[i].prepare);
        assert_int_equal(run(words), 0);
        snprintf(box.path, sizeof box.path, "%s/out", box.at);
        status = box_fill(&box, "new", 0, NULL, &err);
        if (status != (cases[i].foreign ? GR_EUSAGE : GR_OK) ||
            (cases[i].foreign && !strstr(err.message, cases[i].foreign)))
            fail_msg("%s: %d %s", cases[i].prepare, (int)status, err.message);
        if (!cases[i].foreign)
            assert_string_equal(box_read(&box, "a.txt"), "new");
        assert_int_equal(box_beside(&box), strstr(cases[i].prepare, "ln -s other") ? 3 : 2);
        box_close(&box);
    }
}

static void test_places(void **state)
{
    static const struct {
        const char *path;
        gr_status status;
    } cases[] = {
        { "", GR_EUSAGE },
        { ".", GR_EUSAGE },
        { "/", GR_EUSAGE },
        { "/tmp/..", GR_EUSAGE },
        { "/nowhere/at/all", GR_EIO },
    };

    (void)state;
    for (size_t i = 0; i < GR_COUNT(cases); i++) {
        gr_folder *folder;
        gr_error err;

        assert_int_equal(gr_folder_create(cases[i].path, &folder, &err), cases[i].status);
    }
}

/* Somebody else's writing, and a slash at the end. */
static void test_added(void **state)
{
    folder_box box;
    gr_folder *folder;
    gr_error err;
    const char *path;
    FILE *file;

    (void)state;
    box_open(&box);
    snprintf(box.path, sizeof box.path, "%s/out/", box.at);
    assert_int_equal(gr_folder_create(box.path, &folder, &err), GR_OK);
    assert_int_equal(gr_folder_path_of(folder, "x/a.bin", &path, &err), GR_OK);
    file = fopen(path, "wb");
    assert_non_null(file);
    fputs("abc", file);
    fclose(file);
    assert_int_equal(gr_folder_add_file(folder, "x/a.bin", &err), GR_OK);
    assert_int_equal(gr_folder_finish(folder, NULL, &err), GR_OK);
    gr_folder_free(folder);
    assert_int_equal(check_sums(&box), 0);
    box_close(&box);
}

static void test_mode(void **state)
{
    folder_box box;
    struct stat about;
    gr_error err;

    (void)state;
    box_open(&box);
    assert_int_equal(mkdir(box.path, 0700), 0);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(box_fill(&box, "abc", 100, NULL, &err), GR_OK);
        assert_int_equal(stat(box.path, &about), 0);
        assert_int_equal(about.st_mode & 0777, 0700);
    }
    box_close(&box);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list),          cmocka_unit_test(test_signature),
        cmocka_unit_test(test_flipped_byte),  cmocka_unit_test(test_names),
        cmocka_unit_test(test_what_is_there), cmocka_unit_test(test_places),
        cmocka_unit_test(test_added),         cmocka_unit_test(test_mode),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
