/* Stands between a process and its disk, for the files of one folder: counts what is written and synced, lets the k-th
   of these fail or kills the process at it, and writes down every one, so that a power cut can be played through.
   cc -shared -fPIC -o shim.so shim.c -ldl; LD_PRELOAD=shim.so SHIM_FOLDER=/x/ SHIM_LOG=/y/log */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long counted, fail_at = -1;
static int fail_with, sticky, log_fd = -2;
#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)

static ssize_t put(int fd, const void *data, size_t size) { REAL(ssize_t, "write", int, const void *, size_t); return real(fd, data, size); }

/* At call number `at` from now (1: the next): fail with `error`, once or from then on; with error 0: kill -9. */
void shim_arm(long at, int error, int stick) { counted = 0; fail_at = at; fail_with = error; sticky = stick; }
long shim_count(void) { return counted; }

static int ours(const char *path) {
    const char *folder = getenv("SHIM_FOLDER");
    return folder && *folder && !strncmp(path, folder, strlen(folder));
}

static int named(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, size - 1);
    if (length < 0) return 0;
    path[length] = 0;
    const char *folder = getenv("SHIM_FOLDER");
    return ours(path) || (folder && strlen(folder) == (size_t)length + 1 && !strncmp(path, folder, length));
}

static void note(char what, const char *path, int64_t at, const void *data, uint32_t size) {
    if (log_fd == -2) {
        const char *name = getenv("SHIM_LOG");
        log_fd = name ? open(name, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    }
    if (log_fd < 0) return;
    uint16_t length = strlen(path);
    char head[15];
    head[0] = what;
    memcpy(head + 1, &at, 8), memcpy(head + 9, &size, 4), memcpy(head + 13, &length, 2);
    put(log_fd, head, 15), put(log_fd, path, length);
    if (data) put(log_fd, data, size);
}

static int fails(void) {
    counted++;
    if (fail_at < 0 || counted < fail_at || (counted > fail_at && !sticky)) return 0;
    if (!fail_with) kill(getpid(), SIGKILL);
    errno = fail_with;
    return 1;
}

#define ON_FD(fd) char path[4096]; int mine = named(fd, path, sizeof path); if (mine && fails()) return -1
#define PWRITE(name, off) ssize_t name(int fd, const void *data, size_t size, off at) { \
    REAL(ssize_t, #name, int, const void *, size_t, off); ON_FD(fd); \
    ssize_t done = real(fd, data, size, at); if (mine && done > 0) note('W', path, at, data, done); return done; }
#define TRUNCATE(name, off) int name(int fd, off size) { \
    REAL(int, #name, int, off); ON_FD(fd); \
    int done = real(fd, size); if (mine && !done) note('T', path, size, 0, 0); return done; }
#define SYNC(name) int name(int fd) { \
    REAL(int, #name, int); ON_FD(fd); \
    int done = real(fd); if (mine && !done) note('S', path, 0, 0, 0); return done; }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)
SYNC(fsync)
SYNC(fdatasync)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    if (fd == log_fd) return real(fd, data, size);
    ON_FD(fd);
    off_t at = mine ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = real(fd, data, size);
    if (mine && done > 0) note('W', path, at, data, done);
    return done;
}

int unlink(const char *path) {
    REAL(int, "unlink", const char *);
    if (ours(path) && fails()) return -1;
    int done = real(path);
    if (ours(path) && !done) note('U', path, 0, 0, 0);
    return done;
}
