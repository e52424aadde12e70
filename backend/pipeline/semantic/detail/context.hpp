#pragma once

#include <string_view>
#include <vector>

#include "pipeline/semantic/detail/kinds.hpp"
#include "pipeline/semantic/detail/name_table.hpp"

namespace migrateiq::detail {

/// What the columns beside tell about a column.
class Context {
 public:
  Context(const ColumnSample& column, const NameTable& names);

  /// What it adds to a kind; `why` says it in words when it is anything.
  double Bonus(const KindRule& rule, std::string_view& why) const;

 private:
  void Count(const std::vector<NamedKind>& named);
  void Vote(std::string_view language);

  size_t about_people_ = 0;
  bool latitude_ = false;
  bool longitude_ = false;
  std::vector<std::pair<std::string_view, size_t>> languages_;
};

}  // namespace migrateiq::detail
