/* tests/fault/crash.c - the loop behind crash.h. */
#include "crash.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_MET = 17, NOT_DONE = 18 }; /* exit statuses of the child */

/* An operation that is done is done, and so the power is cut off behind it, too. */
static _Noreturn void die(const firm *f, const golden *g, const disk_fault *fault)
{
    bytes said = { 0 };
    gr_error err = { 0 };

    disk_set(fault);
    if (golden_run(f, g, &said, &err) != GR_OK || !bytes_equal(&said, &g->first))
        _exit(NOT_DONE);
    if (fault->end == DISK_LOSES_POWER)
        disk_cut_off(NOT_MET);
    _exit(NOT_MET);
}

/* Gives the child's exit status; 0: it was killed. */
static int run_child(const firm *f, const golden *g, const crash *c, size_t n, uint64_t seed)
{
    disk_fault fault = c->fault;
    int status = 0;
    pid_t child;

    fault.n = n;
    fault.seed = seed ^ n << 32;
    golden_place(f, g);
    child = fork();
    if (child == 0)
        die(f, g, &fault);
    if (child < 0 || waitpid(child, &status, 0) != child)
        return -1;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        return 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

crash_result crash_at(const firm *f, const golden *g, const crash *c, size_t n, uint64_t seed)
{
    int status = run_child(f, g, c, n, seed);
    crash_result result = { .met = status == 0 };

    if (!result.met && status != NOT_MET)
        result.wrong = "the child fails";
    else
        result.wrong = golden_check(f, g, &result.is_after);
    if (!result.wrong && !result.met && !result.is_after)
        result.wrong = "what was done is gone";
    return result;
}

static crash_result must_stand_at(const firm *f, const golden *g, const crash *c, size_t n,
                                  uint64_t seed, size_t surely)
{
    crash_result r = crash_at(f, g, c, n, seed);

    if (!r.wrong && n >= surely && !r.is_after)
        r.wrong = "what was there is gone";
    if (r.wrong)
        fail_msg("%s, %s call %zu, GR_SEED=%llu: %s", g->op->name, c->name, n,
                 (unsigned long long)seed, r.wrong);
    return r;
}

size_t must_stand(const firm *f, const golden *g, const crash *c, size_t surely)
{
    size_t points = 0, first = SIZE_MAX, rounds = every_point() && c->rounds > 0 ? c->rounds : 1;

    for (size_t round = 0; round < rounds; round++) {
        uint64_t seed = chosen_seed() + round * 1000000;
        bool met = true;

        for (size_t n = 1; met; n = following_point(n, c->step), points++) {
            crash_result r = must_stand_at(f, g, c, n, seed, surely);

            met = r.met;
            if (r.is_after && n < first)
                first = n;
            if (c->is_steady && n == first)
                surely = first;
        }
    }
    print_message("# %s, %s a call: %zu points, GR_SEED=%llu\n", g->op->name, c->name, points,
                  (unsigned long long)chosen_seed());
    return first;
}

void crash_before(const firm *f, golden *g, const crash *c, size_t first)
{
    do
        first--;
    while (crash_at(f, g, c, first, chosen_seed()).is_after);
    assert_int_equal(run_child(f, g, c, first, chosen_seed()), 0);
    golden_take(f, g);
}
