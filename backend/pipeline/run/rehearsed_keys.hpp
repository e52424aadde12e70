#pragma once

#include <atomic>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/run/key_probe.hpp"
#include "pipeline/run/resolve.hpp"

namespace migrateiq {

/// A key of the target that a rehearsal follows.
struct RehearsedKey {
  enum class Use : uint8_t { kUnique, kParent, kChild };

  Use use = Use::kUnique;
  std::string title;      ///< "primary key", "unique key one_email", "foreign key f"
  std::string columns;    ///< "email", "a, b"
  bool deferred = false;  ///< made after the rows are loaded: they are not refused, but the key then cannot be made
  ProbedKey probed;
  const RehearsedKey* parent = nullptr;  ///< of a child's key
};

/// A table whose keys are followed: one of the plan's, or one that only the target has and that is referred to.
struct RehearsedTable {
  const TableTask* task = nullptr;  ///< null: not written by the plan
  Table definition;
  bool reads_target = false;  ///< rows that the target has already count too
  bool unread = false;        ///< those rows could not be read
  std::deque<RehearsedKey> keys;
  std::vector<std::string> notes;
  std::atomic<uint64_t> rows = 0;  ///< numbered so far
  std::vector<bool> refused = {};  ///< by number, once known

  /// The keys that probes of this table fill.
  std::vector<const ProbedKey*> Probed() const;
};

/// Which keys of the target the rehearsal follows; the plan's tables come first, in their order. What cannot be
/// predicted is said in the tables' notes.
Result<std::deque<RehearsedTable>> FollowKeys(const ResolvedPlan& resolved, const Ends& ends, SpillFile& spill);

/// Whether the run makes `name` (a key, an index, a check) only after the rows are loaded.
bool IsMadeAfterRows(const TableTask& task, const Dialect& dialect, ObjectKind kind, const std::string& name);

}  // namespace migrateiq
