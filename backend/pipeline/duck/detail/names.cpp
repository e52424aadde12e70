#include "pipeline/duck/detail/names.hpp"

#include <algorithm>
#include <map>

#include "base/errors/plan.hpp"

namespace migrateiq::duck::detail {

namespace {

std::string Folded(std::string_view name) {
  std::string folded(name);
  for (char& letter : folded) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return folded;
}

/// How the name stands in the text at `offset`: quoted, plain, or (0) not at all.
size_t LengthAt(const std::string& sql, size_t offset, const std::string& name) {
  for (const std::string& form : {Identifier(name), name}) {
    if (sql.compare(offset, form.size(), form) == 0) return form.size();
  }
  return 0;
}

}  // namespace

std::vector<std::string> DistinctNames(const Schema& schema) {
  std::map<std::string, int> seen;
  for (const Field& field : schema.fields) ++seen[Folded(field.name)];
  std::vector<std::string> names;
  for (size_t i = 0; i < schema.fields.size(); ++i) {
    const std::string& name = schema.fields[i].name;
    names.push_back(seen[Folded(name)] == 1 && !name.empty() ? name : "miq column " + std::to_string(i));
  }
  return names;
}

Result<std::string> WithNames(std::string sql, std::vector<ColumnUse> uses, const Schema& schema,
                              const std::vector<std::string>& names, std::vector<Renamed>* renamed) {
  std::erase_if(uses, [&](const ColumnUse& use) {
    const auto index = static_cast<size_t>(use.column);
    return names[index] == schema.fields[index].name;
  });
  std::ranges::sort(uses, std::greater{}, &ColumnUse::offset);  // from the end, so that offsets stay true
  for (const ColumnUse& use : uses) {
    const size_t length = use.offset < sql.size() ? LengthAt(sql, use.offset, use.name) : 0;
    if (length == 0)
      return Fail(codes::kExprSyntax,
                  "'" + use.name + "' differs from another column in case only; it cannot be told apart here");
    const std::string name = Identifier(names[static_cast<size_t>(use.column)]);
    sql.replace(use.offset, length, name);
    if (renamed != nullptr) renamed->push_back({use.offset, length, name.size()});
  }
  return sql;
}

}  // namespace migrateiq::duck::detail
