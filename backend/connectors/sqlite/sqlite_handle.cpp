#include "connectors/sqlite/sqlite_handle.hpp"

#include <chrono>
#include <thread>

#include "connectors/sqlite/sqlite_errors.hpp"

namespace migrateiq::sqlite {

namespace {

constexpr int kProgressSteps = 20000;
constexpr int kBusyPause = 5;  // milliseconds between two tries

Error ErrorOf(sqlite3* database) { return MapError(sqlite3_extended_errcode(database), sqlite3_errmsg(database)); }

std::string ImmutableUri(const std::string& path) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  std::string uri = "file:";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                       c == '/' || c == '.' || c == '-' || c == '_';
    if (plain)
      uri += c;
    else
      uri.append({'%', kHex[byte >> 4], kHex[byte & 15]});
  }
  return uri + "?mode=ro&immutable=1";
}

int FlagsOf(Access access) {
  switch (access) {
    case Access::kReadOnly: return SQLITE_OPEN_READONLY;
    case Access::kReadWrite: return SQLITE_OPEN_READWRITE;
    case Access::kCreate: return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    case Access::kImmutable: return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
  }
  return SQLITE_OPEN_READONLY;
}

/// SQLite takes names that begin with "file:" for URIs; "./" keeps them names.
std::string PlainName(const std::string& path) { return path.starts_with("file:") ? "./" + path : path; }

}  // namespace

Result<bool> Statement::Step() {
  const int code = sqlite3_step(get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return Fail(ErrorOf(sqlite3_db_handle(get())));
}

Status Statement::Run() {
  while (true) {
    auto more = Step();
    if (!more) {
      Error error = std::move(more).error();
      Reset();
      return Fail(std::move(error));
    }
    if (!*more) break;
  }
  Reset();
  return {};
}

std::string Statement::Text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(get(), column));
  if (text == nullptr) return "";
  return {text, static_cast<size_t>(sqlite3_column_bytes(get(), column))};
}

int Database::OnBusy(void* context, int tries) {
  const auto* patience = static_cast<const Patience*>(context);
  if (patience->stop.stop_requested() || tries * kBusyPause >= patience->milliseconds) return 0;
  std::this_thread::sleep_for(std::chrono::milliseconds(kBusyPause));
  return 1;
}

int Database::OnProgress(void* context) { return static_cast<const Patience*>(context)->stop.stop_requested() ? 1 : 0; }

void Database::Install(std::stop_token stop, int busy_milliseconds) {
  patience_ = std::make_unique<Patience>(Patience{std::move(stop), busy_milliseconds});
  sqlite3_busy_handler(get(), &OnBusy, patience_.get());
  if (patience_->stop.stop_possible()) sqlite3_progress_handler(get(), kProgressSteps, &OnProgress, patience_.get());
}

Result<Database> Database::Open(const std::string& path, Access access, std::stop_token stop, int busy_milliseconds) {
  const std::string name = access == Access::kImmutable ? ImmutableUri(path) : PlainName(path);
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &raw, FlagsOf(access) | SQLITE_OPEN_NOMUTEX, nullptr);
  Database database;
  database.handle_.reset(raw);
  if (code != SQLITE_OK) return Fail(MapError(code, path + ": " + sqlite3_errstr(code)));
  sqlite3_extended_result_codes(raw, 1);
  sqlite3_limit(raw, SQLITE_LIMIT_ATTACHED, 0);  // the SQL of a plan or a view reaches no other file
  database.Install(std::move(stop), busy_milliseconds);
  return database;
}

Result<Statement> Database::Prepare(std::string_view sql) const {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v2(get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
  if (code != SQLITE_OK) return Fail(LastError());
  return Statement(raw);
}

Status Database::Run(const std::string& sql) const {
  if (sqlite3_exec(get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return Fail(LastError());
  return {};
}

Result<int64_t> Database::QueryInt(std::string_view sql) const {
  MIQ_ASSIGN(Statement statement, Prepare(sql));
  MIQ_ASSIGN(const bool found, statement.Step());
  return found ? statement.Int(0) : 0;
}

Result<std::string> Database::QueryText(std::string_view sql) const {
  MIQ_ASSIGN(Statement statement, Prepare(sql));
  MIQ_ASSIGN(const bool found, statement.Step());
  return found ? statement.Text(0) : std::string();
}

Error Database::LastError() const { return ErrorOf(get()); }

Result<std::vector<std::vector<std::optional<std::string>>>> AllTexts(Statement& statement) {
  std::vector<std::vector<std::optional<std::string>>> rows;
  while (true) {
    MIQ_ASSIGN(const bool found, statement.Step());
    if (!found) return rows;
    auto& row = rows.emplace_back();
    for (int c = 0; c < sqlite3_column_count(statement.get()); ++c)
      row.push_back(statement.IsNull(c) ? std::nullopt : std::optional(statement.Text(c)));
  }
}

}  // namespace migrateiq::sqlite
