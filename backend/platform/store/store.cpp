#include "platform/store/store.hpp"

#include <charconv>

#include "base/errors/run.hpp"
#include "platform/store/postgres_store.hpp"
#include "platform/store/sqlite_store.hpp"

namespace migrateiq::store {

namespace {

template <class Number>
Number Parse(std::string_view text) {
  Number number{};
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// A sum of BIGINTs is a numeric in PostgreSQL and arrives as text.
template <class Number>
Number NumberOf(const Value& value) {
  if (const auto* integer = std::get_if<int64_t>(&value)) return static_cast<Number>(*integer);
  if (const auto* real = std::get_if<double>(&value)) return static_cast<Number>(*real);
  if (const auto* text = std::get_if<std::string>(&value)) return Parse<Number>(*text);
  return {};
}

}  // namespace

std::string Row::Text(size_t column) const {
  const Value& value = values_[column];
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* integer = std::get_if<int64_t>(&value)) return std::to_string(*integer);
  if (const auto* real = std::get_if<double>(&value)) return std::to_string(*real);
  if (const auto* bytes = std::get_if<Bytes>(&value)) return bytes->value;
  return {};
}

std::optional<std::string> Row::OptionalText(size_t column) const {
  return IsNull(column) ? std::nullopt : std::optional(Text(column));
}

int64_t Row::Integer(size_t column) const { return NumberOf<int64_t>(values_[column]); }

std::optional<int64_t> Row::OptionalInteger(size_t column) const {
  return IsNull(column) ? std::nullopt : std::optional(Integer(column));
}

double Row::Real(size_t column) const { return NumberOf<double>(values_[column]); }

std::string Row::Binary(size_t column) const { return Text(column); }

std::string_view Session::SkipLocked() const { return engine() == Engine::kPostgres ? " FOR UPDATE SKIP LOCKED" : ""; }

std::string_view Session::ForUpdate() const { return engine() == Engine::kPostgres ? " FOR UPDATE" : ""; }

Status Session::Serialise(std::string_view what) {
  if (engine() == Engine::kSqlite) return {};  // it has one writer at a time
  MIQ_TRY(Query("SELECT 1 FROM pg_advisory_xact_lock(hashtextextended($1, 0))", what));
  return {};
}

Result<std::unique_ptr<Store>> Store::Open(const std::string& url, int connections) {
  if (url.starts_with("postgresql://") || url.starts_with("postgres://")) return OpenPostgres(url, connections);
  constexpr std::string_view kSqlite = "sqlite://";
  if (url.starts_with(kSqlite)) return OpenSqlite(url.substr(kSqlite.size()), connections);
  return Fail(Error(codes::kStateOpen, "the store's URL has no known scheme")
                  .Fix("Write sqlite:///path/state.db or postgresql://user:password@host/database."));
}

}  // namespace migrateiq::store
