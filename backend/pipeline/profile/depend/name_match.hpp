#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace migrateiq {

/// "CustomerID", "customer_id" and "customerId" as {"customer", "id"}; plurals as singulars.
std::vector<std::string> NameTokens(std::string_view name);

/// A name as its words, with and without those that name no thing ("id", "key", "number").
struct NameWords {
  std::vector<std::string> all, meaningful;
};
NameWords WordsOf(std::string_view name);

/// How much a column's name says that it refers to this column of this table, between 0 and 1: "customer_id" to
/// customers.id or customers.customer_id is 1, "id" to anything 0.
double ReferenceName(const NameWords& column, const NameWords& parent_table, const NameWords& parent_column);

}  // namespace migrateiq
