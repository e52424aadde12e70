#include "connectors/postgres/postgres_splits.hpp"

#include <algorithm>
#include <charconv>

#include "base/errors/run.hpp"

namespace migrateiq::postgres {

namespace {

std::string Edge(const std::optional<int64_t>& value) { return value ? std::to_string(*value) : "-"; }

/// The next word; quoted identifiers count as one word with their blanks.
std::string TakeWord(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  bool quoted = false;
  size_t end = 0;
  for (; end < text.size() && (quoted || text[end] != ' '); ++end) {
    if (text[end] == '"') quoted = !quoted;
  }
  std::string word(text.substr(0, end));
  text.remove_prefix(end);
  return word;
}

bool ReadEdge(const std::string& word, std::optional<int64_t>& edge) {
  if (word == "-") return true;
  int64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (word.empty() || error != std::errc() || end != word.data() + word.size()) return false;
  edge = value;
  return true;
}

}  // namespace

std::string ToText(const Bounds& bounds) {
  const std::string range = " " + Edge(bounds.from) + " " + Edge(bounds.to);
  switch (bounds.kind) {
    case Bounds::Kind::kAll: return "all";
    case Bounds::Kind::kCtid: return "ctid" + range;
    case Bounds::Kind::kLeaf: return "leaf " + bounds.relation + range;
    case Bounds::Kind::kKey: return "key " + bounds.relation + range;
    case Bounds::Kind::kRest: break;
  }
  std::string text = "rest";
  for (const std::string& relation : bounds.relations) text += " " + relation;
  return text;
}

Result<Bounds> ParseBounds(std::string_view text) {
  const std::string_view whole = text;
  Bounds bounds;
  const std::string kind = TakeWord(text);
  if (kind == "all") return bounds;
  if (kind == "rest") {
    bounds.kind = Bounds::Kind::kRest;
    while (!text.empty()) bounds.relations.push_back(TakeWord(text));
    return bounds;
  }
  bounds.kind = kind == "ctid" ? Bounds::Kind::kCtid : kind == "leaf" ? Bounds::Kind::kLeaf : Bounds::Kind::kKey;
  if (kind == "leaf" || kind == "key") bounds.relation = TakeWord(text);
  const bool known = kind == "ctid" || kind == "leaf" || kind == "key";
  const bool read = known && ReadEdge(TakeWord(text), bounds.from) && ReadEdge(TakeWord(text), bounds.to);
  if (!read || !text.empty()) return Fail(codes::kInternal, "ill-formed split bounds: " + std::string(whole));
  return bounds;
}

std::vector<Split> CutBlocks(Bounds shape, int64_t blocks, int64_t per_split, int64_t rows, int64_t bytes) {
  per_split = std::max<int64_t>(per_split, 1);
  const int64_t count = std::max<int64_t>((blocks + per_split / 2) / per_split, 1);
  std::vector<Split> splits;
  for (int64_t i = 0; i < count; ++i) {
    shape.from = blocks * i / count;
    shape.to.reset();
    if (i + 1 < count) shape.to = blocks * (i + 1) / count;
    splits.push_back({ToText(shape), rows < 0 ? -1 : rows / count, bytes < 0 ? -1 : bytes / count});
  }
  return splits;
}

std::string ConditionOf(const Bounds& bounds) {
  const bool key = bounds.kind == Bounds::Kind::kKey;
  if (bounds.kind == Bounds::Kind::kAll || bounds.kind == Bounds::Kind::kRest) return "";
  const std::string column = key ? bounds.relation : "ctid";
  const auto literal = [&](int64_t value) {
    return key ? std::to_string(value) : "'(" + std::to_string(value) + ",0)'::pg_catalog.tid";
  };
  std::string condition;
  if (bounds.from && (key || *bounds.from > 0)) condition = column + " >= " + literal(*bounds.from);
  if (bounds.to) condition += (condition.empty() ? "" : " AND ") + column + " < " + literal(*bounds.to);
  return condition;
}

}  // namespace migrateiq::postgres
