/* tests/fault/test_folder.c - each call fails in turn, and the program is killed before each: what stands at the place is
 * the old folder, whole, or the new one, whole; and nobody is told that the new one is there when it is not. */
#include <stdarg.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "../unit/folder_box.h"

#include "fault.h"

#include <sys/wait.h>

static const uint8_t seed[GR_KEY_SEED] = { 3 };

/* All files of one filling; which. '?': they are of several. */
static char standing(folder_box *box, int more)
{
    const char *text = box_read(box, "a.txt");
    char which = text ? text[0] : '-', name[32];
    bool has_list = box_read(box, "SHA256SUMS") != NULL;

    if (!text)
        return has_list ? '?' : '-';
    text = box_read(box, "b/c/deep.txt");
    if (!text || text[0] != which || !has_list)
        return '?';
    for (int i = 0; i < more; i++) {
        snprintf(name, sizeof name, "more/%d", i);
        text = box_read(box, name);
        if (!text || text[0] != which)
            return '?';
    }
    return which;
}

/* old: what is there before: '-' nothing, 'o' a folder. */
static void fail_each(fault_kind kind, bool is_once, char old, int more)
{
    for (size_t n = 1;; n++) {
        folder_box box;
        gr_error err = { 0 };
        gr_status status;
        size_t before = fault_blocks();
        char after;

        fault_set(FAULT_NONE, 0);
        box_open(&box);
        if (old == 'o')
            assert_int_equal(box_fill(&box, "old", more, NULL, &err), GR_OK);
        (is_once ? fault_set_once : fault_set)(kind, n);
        status = box_fill(&box, "new", more, seed, &err);
        assert_int_equal(fault_blocks(), before);
        if (!fault_met()) {
            fault_set(FAULT_NONE, 0);
            assert_int_equal(status, GR_OK);
            assert_int_equal(standing(&box, more), 'n');
            assert_int_equal(box_beside(&box), 1);
            box_close(&box);
            return;
        }
        fault_set(FAULT_NONE, 0);
        after = standing(&box, more);
        if (status == GR_OK)
            assert_int_equal(after, 'n');
        else if (strstr(err.message, "the new folder is in its place"))
            assert_int_equal(after, 'n');
        else if (after != old)
            fail_msg("kind %d call %zu: %c became %c: %s", (int)kind, n, old, after, err.message);
        if (status != GR_OK)
            assert_true(err.message[0]);
        if (status == GR_OK || (after == old && kind != FAULT_RENAME && kind != FAULT_REMOVE))
            assert_int_equal(box_beside(&box), (after == 'n') + (after == 'o'));
        box_close(&box);
    }
}

static void test_failures(void **state)
{
    static const fault_kind kinds[] = { FAULT_MEMORY, FAULT_OPEN,   FAULT_READ,  FAULT_WRITE,
                                        FAULT_SYNC,   FAULT_RENAME, FAULT_REMOVE };

    (void)state;
    for (int old_system = 0; old_system < 2; old_system++) {
        fault_old_system(old_system);
        for (size_t i = 0; i < GR_COUNT(kinds); i++)
            for (int more = 0; more <= (kinds[i] == FAULT_SYNC && !old_system ? 70 : 0);
                 more += 70) {
                fail_each(kinds[i], true, '-', more);
                fail_each(kinds[i], true, 'o', more);
            }
    }
    fault_old_system(false);
}

/* As when a disk is gone: nothing works from there on. Where names can be exchanged the old one is whole even then. */
static void test_from_there_on(void **state)
{
    (void)state;
    fail_each(FAULT_WRITE, false, 'o', 3);
    fail_each(FAULT_OPEN, false, 'o', 3);
    fail_each(FAULT_RENAME, false, 'o', 3);
    fail_each(FAULT_MEMORY, false, 'o', 3);
}

/* A child makes the folder, and is gone at its n-th call. False: there is no such call. */
static bool kill_at(folder_box *box, fault_kind kind, size_t n)
{
    pid_t child = fork();
    gr_error err;
    int status;

    assert_true(child >= 0);
    if (child == 0) {
        fault_set_kill(kind, n);
        _exit(box_fill(box, "new", 3, seed, &err) == GR_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_true(WEXITSTATUS(status) == FAULT_KILLED || WEXITSTATUS(status) == 0);
    return WEXITSTATUS(status) == FAULT_KILLED;
}

static void kill_each(fault_kind kind, bool is_old_system)
{
    bool is_killed = true;

    for (size_t n = 1; is_killed; n++) {
        folder_box box;
        gr_error err;
        char after;

        box_open(&box);
        assert_int_equal(box_fill(&box, "old", 3, NULL, &err), GR_OK);
        is_killed = kill_at(&box, kind, n);
        after = standing(&box, 3);
        /* without an exchange the old one stands aside between two renames */
        if (after != 'n' && !(is_killed && after == 'o') &&
            !(is_killed && is_old_system && after == '-' && kind == FAULT_RENAME))
            fail_msg("kind %d call %zu: %c", (int)kind, n, after);
        box_close(&box);
    }
}

static void test_kills(void **state)
{
    static const fault_kind kinds[] = { FAULT_OPEN, FAULT_READ,   FAULT_WRITE,
                                        FAULT_SYNC, FAULT_RENAME, FAULT_REMOVE };

    (void)state;
    for (int old_system = 0; old_system < 2; old_system++) {
        fault_old_system(old_system);
        for (size_t i = 0; i < GR_COUNT(kinds); i++)
            kill_each(kinds[i], old_system);
    }
    fault_old_system(false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_failures),
        cmocka_unit_test(test_from_there_on),
        cmocka_unit_test(test_kills),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
