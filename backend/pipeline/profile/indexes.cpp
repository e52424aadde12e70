#include "pipeline/profile/indexes.hpp"

namespace migrateiq {

namespace {

std::string PartText(const IndexPart& part) {
  std::string text = part.column.empty() ? part.expression : part.column;
  if (part.prefix > 0) text += "(" + std::to_string(part.prefix) + ")";
  return part.descending ? text + " DESC" : text;
}

IndexProfile Describe(const Index& index) {
  IndexProfile profile{.name = index.name,
                       .columns = {},
                       .unique = index.unique,
                       .method = index.method,
                       .include = index.include,
                       .where = index.where};
  for (const IndexPart& part : index.parts) profile.columns.push_back(PartText(part));
  return profile;
}

}  // namespace

std::vector<IndexProfile> DescribeIndexes(const Table& table) {
  std::vector<IndexProfile> indexes;
  for (const Index& index : table.indexes) indexes.push_back(Describe(index));
  return indexes;
}

}  // namespace migrateiq
