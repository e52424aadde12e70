#pragma once

#include <map>
#include <mutex>

#include "pipeline/run/progress.hpp"
#include "pipeline/run/run_store.hpp"

namespace migrateiq::testing {

/// A RunStore that keeps everything in the process, for tests of the engine.
class MemoryStore final : public RunStore {
 public:
  Status PutSplits(const std::string&, const std::map<std::string, std::vector<Split>>& splits) override {
    const std::lock_guard lock(mutex_);
    for (const auto& [table, parts] : splits) splits_[table] = parts;
    return {};
  }
  Result<std::optional<std::vector<Split>>> GetSplits(const std::string&, const std::string& table) override {
    const std::lock_guard lock(mutex_);
    const auto found = splits_.find(table);
    return found == splits_.end() ? std::nullopt : std::optional(found->second);
  }
  Status PutQuarantine(const ChunkKey& chunk, const std::vector<QuarantinedRow>& rows) override {
    const std::lock_guard lock(mutex_);
    quarantine_[chunk.table + chunk.chunk] = rows;
    return {};
  }
  Status DropQuarantine(const std::string&, const std::string&) override { return {}; }
  Result<std::vector<QuarantinedRow>> ListQuarantine(const std::string&) override {
    const std::lock_guard lock(mutex_);
    std::vector<QuarantinedRow> all;
    for (const auto& [chunk, rows] : quarantine_) all.insert(all.end(), rows.begin(), rows.end());
    return all;
  }
  Status SetQuarantineState(int64_t, const std::string&) override { return {}; }
  Status PutFact(const std::string&, const std::string& name, const std::string& value) override {
    const std::lock_guard lock(mutex_);
    facts_[name] = value;
    return {};
  }
  Result<std::optional<std::string>> GetFact(const std::string&, const std::string& name) override {
    const std::lock_guard lock(mutex_);
    const auto found = facts_.find(name);
    return found == facts_.end() ? std::nullopt : std::optional(found->second);
  }

 private:
  std::mutex mutex_;
  std::map<std::string, std::vector<Split>> splits_;
  std::map<std::string, std::vector<QuarantinedRow>> quarantine_;
  std::map<std::string, std::string> facts_;
};

class QuietObserver final : public RunObserver {
 public:
  void OnProgress(const Progress& progress) override { last = progress; }
  void OnEvent(const std::string&, const std::string& text) override { events.push_back(text); }
  Progress last;
  std::vector<std::string> events;
};

}  // namespace migrateiq::testing
