#pragma once

#include <cstdint>

/// What a process that lives for months and has thousands of connections asks of the system.
namespace migrateiq::serve {

/// Each connection is an open file, and the shell's limit is often 1,024: raises it as far as it may be, and warns when
/// that is too little.
void RaiseFileLimit(int64_t connections);

/// What one of many threads frees should not stay with it. By default glibc learns from large blocks (a password is
/// hashed in 19 MiB) to keep such for each thread.
void KeepLittleMemory();

/// What was freed goes back to the system: after a run, which takes much for a while.
void GiveMemoryBack();

}  // namespace migrateiq::serve
