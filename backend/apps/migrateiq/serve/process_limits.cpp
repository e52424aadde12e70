#include "apps/migrateiq/serve/process_limits.hpp"

#include <malloc.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <algorithm>
#include <thread>

namespace migrateiq::serve {

namespace {

/// Files open besides connections: the store's, logs, those of runs.
constexpr int64_t kOtherFiles = 512;
constexpr int kLargeBlock = 4 << 20, kFreeAtTheEnd = 8 << 20;

}  // namespace

void RaiseFileLimit(int64_t connections) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const auto wanted = static_cast<rlim_t>(connections + kOtherFiles);
  if (limit.rlim_cur >= wanted) return;
  limit.rlim_cur = std::min(limit.rlim_max, wanted);
  ::setrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_cur < wanted)
    spdlog::warn("this process may open {} files, too few for server.max_connections = {}; raise `ulimit -n`",
                 limit.rlim_cur, connections);
}

void KeepLittleMemory() {
  ::mallopt(M_MMAP_THRESHOLD, kLargeBlock);
  ::mallopt(M_TRIM_THRESHOLD, kFreeAtTheEnd);
  ::mallopt(M_ARENA_MAX, std::max(2, static_cast<int>(std::thread::hardware_concurrency())));  // not one a thread
}

void GiveMemoryBack() { ::malloc_trim(0); }

}  // namespace migrateiq::serve
