#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace migrateiq {

/// One row of the error catalog (`base/errors/`). Every code has a fix text that tells the reader what to do next.
struct ErrorCode {
  std::string_view code;   ///< stable, e.g. "MIQ-CONN-003"
  std::string_view title;  ///< what happened, in a few words
  std::string_view fix;    ///< what to do next; never empty
};

/// Everything the outside world can cause is returned as an Error inside a Result, never thrown.
///
/// The place fields are filled by whoever knows them on the way up; empty means unknown or not applicable.
/// Errors must never contain a password; connectors redact URLs before they put them into `message`.
struct Error {
  ErrorCode code;
  std::string message;
  std::string table;  ///< qualified as the user would write it
  std::string column;
  std::string place;       ///< file:line:column, chunk bounds, or stage
  std::string fix;         ///< overrides code.fix when the situation allows better advice
  bool retryable = false;  ///< a later identical attempt may succeed (lost connection, lock timeout, deadlock)

  Error(const ErrorCode& error_code, std::string text) : code(error_code), message(std::move(text)) {}

  Error&& At(std::string where) && {
    place = std::move(where);
    return std::move(*this);
  }
  Error&& Table(std::string name) && {
    table = std::move(name);
    return std::move(*this);
  }
  Error&& Column(std::string name) && {
    column = std::move(name);
    return std::move(*this);
  }
  Error&& Fix(std::string text) && {
    fix = std::move(text);
    return std::move(*this);
  }
  Error&& Retryable() && {
    retryable = true;
    return std::move(*this);
  }

  std::string_view FixText() const { return fix.empty() ? code.fix : std::string_view(fix); }
  bool Is(const ErrorCode& other) const { return code.code == other.code; }

  /// "MIQ-CONN-003: message (table t, column c, at place). Fix: ...", one line.
  std::string ToString() const;
};

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

/// Shorthand for returning an error: `return Fail(codes::kPlanUnknownKey, "...")`, with place by `Error` setters.
inline std::unexpected<Error> Fail(Error error) { return std::unexpected<Error>(std::move(error)); }
inline std::unexpected<Error> Fail(const ErrorCode& code, std::string message) {
  return std::unexpected<Error>(Error(code, std::move(message)));
}

}  // namespace migrateiq

#define MIQ_CONCAT_INNER(a, b) a##b
#define MIQ_CONCAT(a, b) MIQ_CONCAT_INNER(a, b)

/// Returns the error of `expression` from the enclosing function, if there is one.
#define MIQ_TRY(expression)                                                      \
  do {                                                                           \
    if (auto miq_status = (expression); !miq_status) {                           \
      return std::unexpected<::migrateiq::Error>(std::move(miq_status).error()); \
    }                                                                            \
  } while (false)

/// `MIQ_ASSIGN(auto rows, Count(table))`: the value, or returns the error from the enclosing function.
#define MIQ_ASSIGN(declaration, expression) MIQ_ASSIGN_INNER(MIQ_CONCAT(miq_result_, __LINE__), declaration, expression)
#define MIQ_ASSIGN_INNER(temporary, declaration, expression)                                \
  auto temporary = (expression);                                                            \
  if (!temporary) return std::unexpected<::migrateiq::Error>(std::move(temporary).error()); \
  declaration = std::move(*temporary)
