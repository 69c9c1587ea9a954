#pragma once
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

// Linux calls that Swift's Glibc module hides, because it is built without _GNU_SOURCE.
int pipe2(int ends[2], int flags);
int memfd_create(const char *name, unsigned int flags);
int posix_spawn_file_actions_addchdir_np(posix_spawn_file_actions_t *actions, const char *path);
int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);

static const short shim_POSIX_SPAWN_SETSID = 0x80;
static const unsigned int shim_MFD_CLOEXEC = 0x0001;

// glibc has a wrapper only since 2.36.
static inline int shim_pidfd_open(pid_t pid) { return (int)syscall(SYS_pidfd_open, pid, 0); }
