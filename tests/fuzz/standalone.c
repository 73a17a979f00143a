/* tests/fuzz/standalone.c - a plain main for a fuzz target: runs it once on each file named, so that what
 * fuzzing once found is tried in every test run. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = NULL;
    long size = -1;
    int good = 0;

    if (file && fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    if (size >= 0 && fseek(file, 0, SEEK_SET) == 0)
        data = malloc((size_t)size + 1);
    if (data && fread(data, 1, (size_t)size, file) == (size_t)size)
        good = LLVMFuzzerTestOneInput(data, (size_t)size) == 0;
    else
        perror(path);
    free(data);
    if (file)
        fclose(file);
    return good;
}

int main(int argc, char **argv)
{
    int good = 1;

    for (int i = 1; i < argc; i++)
        good = run_file(argv[i]) && good;
    return good ? 0 : 1;
}
