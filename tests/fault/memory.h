/* tests/fault/memory.h - libraries take their memory where ours can fail: fault_blocks() counts theirs too. */
#ifndef GR_TESTS_MEMORY_H
#define GR_TESTS_MEMORY_H

/* Before their first use. Of libxml2 whoever wants it sees to it: its memory outlives a test (test_rules.c). */
void memory_of_sqlite_and_jansson(void);

#endif
