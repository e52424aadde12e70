#include <algorithm>

#include "connectors/mysql/mysql_dialect.hpp"

namespace migrateiq::mysql {

namespace {

using Adapted = std::expected<Index, std::string>;

std::unexpected<std::string> Manual(std::string why) { return std::unexpected<std::string>(std::move(why)); }

std::string WhyNot(const Index& index) {
  if (!index.where.empty()) return "MySQL has no partial indexes";
  if (index.nulls_not_distinct) return "MySQL's unique indexes always tell NULLs apart";
  if (index.method != "btree" && index.method != "hash" && index.method != "fulltext" && index.method != "spatial") {
    return "MySQL has no " + index.method + " indexes";
  }
  const bool expression = std::ranges::any_of(index.parts, [](const IndexPart& part) { return part.column.empty(); });
  return expression ? "an index over an expression needs a generated column made by hand" : "";
}

/// What one part may take when `parts` share the limit.
int PrefixCharacters(const NativeType& type, size_t parts) {
  const bool bytes = type.base.ends_with("blob") || type.base.ends_with("binary") || type.charset == "ascii" ||
                     type.charset == "latin1";
  const int limit = kMostKeyBytes / static_cast<int>(parts) / (bytes ? 1 : 4);
  return std::min(limit, bytes ? 767 : 191);
}

int64_t PartBytes(const IndexPart& part, const NativeType& type) {
  if (part.prefix > 0) return int64_t{part.prefix} * (type.base.ends_with("blob") ? 1 : 4);
  return KeyBytes(type);
}

/// Gives parts that are too long a prefix; a unique index would then mean something else.
std::string FitLength(Index& index, const Table& table) {
  int64_t total = 0;
  for (const IndexPart& part : index.parts) {
    const CatalogColumn* column = table.Find(part.column);
    if (column == nullptr) return "the column " + part.column + " is not carried over";
    total += PartBytes(part, ParseNative(column->native));
  }
  for (IndexPart& part : index.parts) {
    const NativeType type = ParseNative(table.Find(part.column)->native);
    if (type.base == "json" || type.base.starts_with("geom")) return "MySQL cannot index " + type.base + " like this";
    const bool whole_text = IsLargeObject(type) && part.prefix == 0;
    const bool too_long = total > kMostKeyBytes && part.prefix == 0 && KeyBytes(type) > 256;
    if (!whole_text && !too_long) continue;
    if (index.unique) return "a unique index takes at most 3072 bytes; " + part.column + " can be longer";
    part.prefix = PrefixCharacters(type, index.parts.size());
  }
  return "";
}

/// Columns that PostgreSQL only stores in the leaf pages become the last parts.
void AppendIncluded(Index& index) {
  if (!index.unique) {
    for (const std::string& column : index.include) index.parts.push_back({.column = column});
  }
  index.include.clear();
}

}  // namespace

Adapted MysqlDialect::AdaptIndex(const Index& index, const Table& table) const {
  if (std::string why = WhyNot(index); !why.empty()) return Manual(std::move(why));
  Index adapted = index;
  for (IndexPart& part : adapted.parts) {
    part.nulls_first.reset();
    part.collation.clear();
    part.opclass.clear();
  }
  if (index.method == "fulltext" || index.method == "spatial") return adapted;
  adapted.method = "btree";
  adapted.deferrable = adapted.initially_deferred = false;
  AppendIncluded(adapted);
  if (std::string why = FitLength(adapted, table); !why.empty()) return Manual(std::move(why));
  return adapted;
}

}  // namespace migrateiq::mysql
