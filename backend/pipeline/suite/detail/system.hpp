#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "pipeline/connector/connector.hpp"
#include "pipeline/suite/check_suite.hpp"

namespace migrateiq::detail {

/// One system while its checks are carried out: connected when first needed, in one moment for as long as nothing
/// fails. Each question has the suite's time limit. One thread.
class System {
 public:
  System(OpenSystem open, const CheckOptions& options) : open_(std::move(open)), options_(options) {}

  /// Null when there is no such system.
  explicit operator bool() const { return static_cast<bool>(open_); }
  Result<const Catalog*> Discovered();
  /// kSchemaMissing with the nearest name. Bare names match in any schema when just one has them.
  Result<const Table*> Find(const std::string& table);
  /// Stays the same when the system is connected anew.
  const Dialect& dialect() const { return *dialect_; }

  Result<QueryRows> Query(const std::string& sql);
  using VisitBatch = std::function<Result<bool>(const Batch&)>;
  /// All rows of the request; `visit` answers whether it wants more.
  Status Read(const ReadRequest& request, const VisitBatch& visit);

 private:
  class Deadline;
  Status Connect();
  template <class T>
  Result<T> Timed(const std::function<Result<T>()>& ask);

  OpenSystem open_;
  const CheckOptions& options_;
  std::stop_source stop_;
  std::unique_ptr<Source> source_;
  const Dialect* dialect_ = nullptr;
  std::optional<Catalog> catalog_;
  std::optional<Error> unreachable_;  ///< why it could not be connected: not tried again
};

/// The column, by its exact name, or in another case where the system folds it. kSchemaMissing with the nearest name.
Result<const CatalogColumn*> FindColumn(const Table& table, const std::string& name, const Dialect& dialect);

}  // namespace migrateiq::detail
