#pragma once

#include <algorithm>
#include <optional>

#include "base/errors/run.hpp"
#include "platform/store/store.hpp"

namespace migrateiq::store::detail {

/// What both engines' sessions have in common: refused parameters, and that a transaction ends with the first failure
/// (PostgreSQL insists on that; SQLite is held to it).
class CheckedSession : public Session {
 public:
  explicit CheckedSession(bool in_transaction) : in_transaction_(in_transaction) {}

  Result<Rows> QueryValues(std::string_view sql, const std::vector<Value>& parameters) final {
    return Checked<Rows>(parameters, [&] { return DoQuery(sql, parameters); });
  }
  Result<int64_t> ExecuteValues(std::string_view sql, const std::vector<Value>& parameters) final {
    return Checked<int64_t>(parameters, [&] { return DoExecute(sql, parameters); });
  }
  Status RunScript(const std::string& sql) final {
    return Checked<void>({}, [&] { return DoScript(sql); });
  }
  /// The first failure inside the transaction.
  const std::optional<Error>& failure() const { return failure_; }

 protected:
  virtual Result<Rows> DoQuery(std::string_view sql, const std::vector<Value>& parameters) = 0;
  virtual Result<int64_t> DoExecute(std::string_view sql, const std::vector<Value>& parameters) = 0;
  virtual Status DoScript(const std::string& sql) = 0;

 private:
  template <class T, class Work>
  Result<T> Checked(const std::vector<Value>& parameters, const Work& work) {
    if (failure_) return Fail(*failure_);
    Result<T> result = HasNul(parameters) ? Result<T>(Fail(codes::kStateQuery, "a text has a NUL byte")) : work();
    if (!result && in_transaction_) failure_ = result.error();
    return result;
  }

  static bool HasNul(const std::vector<Value>& parameters) {
    return std::ranges::any_of(parameters, [](const Value& value) {
      const auto* text = std::get_if<std::string>(&value);
      return text != nullptr && text->find('\0') != std::string::npos;
    });
  }

  const bool in_transaction_;
  std::optional<Error> failure_;
};

}  // namespace migrateiq::store::detail
