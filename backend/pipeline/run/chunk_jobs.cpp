#include "pipeline/run/chunk_jobs.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace migrateiq {

namespace {

std::string HashOf(const std::string& text) {
  const XXH128_hash_t hash = XXH3_128bits(text.data(), text.size());
  return Digest{.low = hash.low64, .high = hash.high64}.ToHex();
}

void Add(std::string& text, const std::string& part) { text += part + '\0'; }

void AddTable(std::string& text, const TableTask& task) {
  for (const std::string& part : {task.source_label, task.target_label, task.sql, task.where, task.load_name.ToString(),
                                  std::to_string(static_cast<int>(task.fate)), std::to_string(int{task.moves_only})})
    Add(text, part);
  for (const std::string& column : task.read_columns) Add(text, column);
  for (const CatalogColumn& column : task.source.columns) Add(text, column.name + " " + column.native);
  for (const Field& field : task.transform.target->fields) Add(text, field.name + " " + ToString(field.type));
  for (const std::string& column : task.key) Add(text, column);
}

}  // namespace

std::vector<ChunkJob> ChunkJobs(const std::string& run_id, size_t table, const std::string& label,
                                const std::vector<Split>& splits) {
  std::vector<ChunkJob> jobs;
  for (const Split& split : splits) {
    const std::string chunk = HashOf(run_id + '\0' + label + '\0' + split.bounds);
    jobs.push_back({table, split, {run_id, label, chunk}, splits.size() == 1});
  }
  return jobs;
}

std::string LoadFingerprint(const std::vector<TableTask>& tables, const std::vector<ChunkJob>& jobs) {
  std::string text;
  for (const TableTask& task : tables) AddTable(text, task);
  for (const ChunkJob& job : jobs) Add(text, job.key.chunk);
  return HashOf(text);
}

}  // namespace migrateiq
