/* src/web/password.c - a password that is typed, and not shown; or a line of standard input, for who sets up many. It is
 * never an argument, which other users of the machine could see. */
#include "web/command.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Reads byte by byte: what stays behind in a buffer would be a copy more. */
static bool read_line(char *line, size_t size)
{
    size_t n = 0;
    char c = '\0';
    ssize_t got;

    while ((got = read(STDIN_FILENO, &c, 1)) == 1 && c != '\n')
        if (n + 1 < size)
            line[n++] = c;
    if (n > 0 && line[n - 1] == '\r')
        n--;
    line[n] = '\0';
    return n > 0 && (got == 1 || got == 0);
}

static bool read_hidden(const char *prompt, char *line, size_t size)
{
    struct termios as_it_is, silent;
    bool is_read;

    if (tcgetattr(STDIN_FILENO, &as_it_is) != 0)
        return false;
    silent = as_it_is;
    silent.c_lflag &= ~(tcflag_t)(ECHO | ECHOE | ECHOK);
    silent.c_lflag |= (tcflag_t)ECHONL;
    fputs(prompt, stderr);
    if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) != 0)
        return false;
    is_read = read_line(line, size);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &as_it_is);
    return is_read;
}

bool gr_serve_password(char *password, size_t size)
{
    char again[1026] = "";
    bool is_same;

    if (!isatty(STDIN_FILENO)) {
        if (read_line(password, size))
            return true;
        gr_serve_wrong("there is no password", "write it as a line of standard input");
        return false;
    }
    if (!read_hidden("Password: ", password, size) ||
        !read_hidden("The same again: ", again, sizeof again)) {
        gr_serve_wrong("there is no password", "type it twice");
        return false;
    }
    is_same = strcmp(password, again) == 0;
    memset(again, 0, sizeof again);
    if (!is_same)
        gr_serve_wrong("these are two passwords", "type the same one twice");
    return is_same;
}
