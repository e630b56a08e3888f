/* A disk whose flushes take longer than this machine's: preloaded by script/measure --slow-disk into the product, its
   references and PostgreSQL, so that all of them meet the same disk. PORTICO_MEASURE_SLOW_DISK says by how many milliseconds. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

static int slowly(const char *name, int fd) {
    const char *set = getenv("PORTICO_MEASURE_SLOW_DISK");
    long ms = set ? atol(set) : 0;
    struct timespec longer = {ms / 1000, ms % 1000 * 1000000};
    nanosleep(&longer, NULL);
    int (*flush)(int) = dlsym(RTLD_NEXT, name);
    return flush(fd);
}

int fsync(int fd) { return slowly("fsync", fd); }

int fdatasync(int fd) { return slowly("fdatasync", fd); }
